package dev.convoy.benchmarks;

import dev.convoy.concurrent.Worker;
import dev.convoy.kernel.KernelChoice;
import dev.convoy.kernel.ResponseNormalizationKernel;
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

/** Local response normalization of 16 images, one thread, beside a copy of its input. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 3, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
public class ResponseNormalizationBenchmark {
  private static final int IMAGES = 16;

  /** Channels x side: AlexNet's first, GoogLeNet's second. */
  @Param({"96x55", "192x56"})
  public String shape;

  /** Which kernels. */
  @Param({"vector", "scalar"})
  public String kernels;

  private ResponseNormalizationKernel normalization;
  private Tensor input;
  private Tensor output;
  private Tensor gradient;

  /** Makes the tensors. */
  @Setup
  public void prepare() {
    String[] sides = shape.split("x", -1);
    int side = Integer.parseInt(sides[1]);
    Shape of = new Shape(side, side, Integer.parseInt(sides[0]));
    normalization =
        KernelChoice.of(kernels)
            .kernels()
            .responseNormalization(
                of, new ResponseNormalizationKernel.Constants(5, 2f, 1e-4f), Workspace.of(IMAGES));
    input = Numbers.of(IMAGES, of);
    output = Numbers.of(IMAGES, of);
    gradient = Numbers.of(IMAGES, of);
  }

  /** Copies the input, which is the speed of memory. */
  @Benchmark
  public float[] copy() {
    return Numbers.copy(input, gradient);
  }

  /** Runs the forward pass. */
  @Benchmark
  public float[] forward() {
    normalization.forward(Worker.single(), IMAGES, input, output);
    return output.data();
  }

  /** Computes the gradient of the input; reads two tensors and writes one. */
  @Benchmark
  public float[] backward() {
    normalization.backward(Worker.single(), IMAGES, input, output, false, gradient);
    return gradient.data();
  }
}
