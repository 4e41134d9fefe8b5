package dev.convoy.benchmarks;

import dev.convoy.concurrent.Worker;
import dev.convoy.kernel.AveragePoolingKernel;
import dev.convoy.kernel.KernelChoice;
import dev.convoy.kernel.PoolingGeometry;
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

/** Average pooling of 16 images, one thread, beside a copy of its input. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 3, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
public class AveragePoolingBenchmark {
  private static final int IMAGES = 16;

  /** ResNet-50's global one, and that of GoogLeNet's first auxiliary classifier. */
  @Param({"resnet", "auxiliary"})
  public String layer;

  /** Which kernels. */
  @Param({"vector", "scalar"})
  public String kernels;

  private AveragePoolingKernel pooling;
  private Tensor input;
  private Tensor copy;
  private Tensor output;

  /** Makes the tensors. */
  @Setup
  public void prepare() {
    PoolingGeometry g =
        layer.equals("resnet")
            ? PoolingGeometry.global(new Shape(7, 7, 2048))
            : new PoolingGeometry(new Shape(14, 14, 512), 5, 3);
    pooling = KernelChoice.of(kernels).kernels().averagePooling(g, Workspace.of(IMAGES));
    input = Numbers.of(IMAGES, g.input());
    copy = Numbers.of(IMAGES, g.input());
    output = Numbers.of(IMAGES, g.output());
  }

  /** Copies the input, which is the speed of memory. */
  @Benchmark
  public float[] copy() {
    return Numbers.copy(input, copy);
  }

  /** Runs the forward pass. */
  @Benchmark
  public float[] forward() {
    pooling.forward(Worker.single(), IMAGES, input, output);
    return output.data();
  }

  /** Computes the gradient of the input. */
  @Benchmark
  public float[] backward() {
    pooling.backward(Worker.single(), IMAGES, output, false, copy);
    return copy.data();
  }
}
