package dev.convoy.benchmarks;

import dev.convoy.concurrent.Worker;
import dev.convoy.kernel.ActivationKernel;
import dev.convoy.kernel.KernelChoice;
import dev.convoy.kernel.Kernels;
import dev.convoy.kernel.PoolingGeometry;
import dev.convoy.kernel.SubsamplingKernel;
import dev.convoy.kernel.VirtualNodeTree;
import dev.convoy.kernel.Workspace;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.Tensor;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** LeNet-5's first subsampling and its squashing, of 64 images, one thread. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 3, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
public class SubsamplingBenchmark {
  private static final int IMAGES = 64;
  private static final PoolingGeometry GEOMETRY = new PoolingGeometry(new Shape(28, 28, 6), 2, 2);
  private static final int COEFFICIENT = 0;
  private static final int BIAS = 16;

  /** Which kernels. */
  @Param({"vector", "scalar"})
  public String kernels;

  private SubsamplingKernel subsampling;
  private ActivationKernel squashing;
  private Tensor input;
  private Tensor copy;
  private Tensor output;
  private float[] weights;
  private float[] gradients;

  /** Makes the tensors. */
  @Setup
  public void prepare() {
    Kernels made = KernelChoice.of(kernels).kernels();
    subsampling = made.subsampling(GEOMETRY, Workspace.of(IMAGES));
    squashing = made.scaledTanh();
    input = Numbers.of(IMAGES, GEOMETRY.input());
    copy = Numbers.of(IMAGES, GEOMETRY.input());
    output = Numbers.of(IMAGES, GEOMETRY.output());
    weights = new float[2 * BIAS];
    gradients = new float[2 * BIAS];
  }

  /** Copies the input, which is the speed of memory. */
  @Benchmark
  public float[] copy() {
    return Numbers.copy(input, copy);
  }

  /** Runs the forward pass. */
  @Benchmark
  public float[] forward() {
    subsampling.forward(Worker.single(), IMAGES, input, weights, COEFFICIENT, BIAS, output);
    return output.data();
  }

  /** Computes the gradient of the input. */
  @Benchmark
  public float[] inputGradient() {
    subsampling.inputGradient(Worker.single(), IMAGES, output, weights, COEFFICIENT, false, copy);
    return copy.data();
  }

  /** Computes the gradients of coefficient and bias. */
  @Benchmark
  public float[] weightGradient() {
    subsampling.weightGradient(
        Worker.single(), VirtualNodeTree.single(IMAGES), output, gradients, COEFFICIENT, BIAS);
    return gradients;
  }

  /** Runs the squashing function on as many values as the input has. */
  @Benchmark
  public float[] squashing() {
    squashing.forward(copy.data(), 0, copy.data().length);
    return copy.data();
  }

  /** Computes the gradient of the squashing function. */
  @Benchmark
  public float[] squashingGradient() {
    squashing.backward(input.data(), 0, copy.data(), 0, copy.data().length);
    return copy.data();
  }
}
