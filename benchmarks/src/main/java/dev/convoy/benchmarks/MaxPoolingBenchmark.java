package dev.convoy.benchmarks;

import dev.convoy.concurrent.Worker;
import dev.convoy.kernel.Epilogue;
import dev.convoy.kernel.KernelChoice;
import dev.convoy.kernel.MaxPoolingKernel;
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

/** Max pooling of 16 images, one thread, beside a copy of its input. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 3, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
public class MaxPoolingBenchmark {
  private static final int IMAGES = 16;

  /** VGG's first, AlexNet's first, ResNet's, and one inside an inception module of GoogLeNet. */
  @Param({"vgg", "alexnet", "resnet", "inception"})
  public String layer;

  /** Which kernels. */
  @Param({"vector", "scalar"})
  public String kernels;

  private MaxPoolingKernel pooling;
  private Tensor input;
  private Tensor copy;
  private Tensor output;

  /** Makes the tensors. */
  @Setup
  public void prepare() {
    PoolingGeometry g = geometry();
    pooling = KernelChoice.of(kernels).kernels().maxPooling(g, Workspace.of(IMAGES));
    input = Numbers.of(IMAGES, g.input());
    copy = Numbers.of(IMAGES, g.input());
    output = Numbers.of(IMAGES, g.output());
    forward();
  }

  private PoolingGeometry geometry() {
    return switch (layer) {
      case "vgg" -> new PoolingGeometry(new Shape(224, 224, 64), 2, 2);
      case "alexnet" -> new PoolingGeometry(new Shape(55, 55, 96), 3, 2);
      case "resnet" -> new PoolingGeometry(new Shape(112, 112, 64), 3, 3, 2, 1, false);
      case "inception" -> new PoolingGeometry(new Shape(14, 14, 480), 3, 3, 1, 1, false);
      default -> throw new IllegalArgumentException(layer);
    };
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
    pooling.backward(Worker.single(), IMAGES, output, false, Epilogue.NONE, copy);
    return copy.data();
  }
}
