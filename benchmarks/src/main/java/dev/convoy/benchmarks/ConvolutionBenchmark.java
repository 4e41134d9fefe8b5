package dev.convoy.benchmarks;

import dev.convoy.kernel.Convolution;
import dev.convoy.kernel.ConvolutionGeometry;
import dev.convoy.kernel.KernelChoice;
import dev.convoy.tensor.Layout;
import dev.convoy.tensor.Shape;
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

/** The three passes of LeNet-5's convolutions over a microbatch of 16 images, one thread. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 3, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
public class ConvolutionBenchmark {
  private static final int IMAGES = 16;

  /** Which layer. */
  @Param({"conv1", "conv2"})
  public String layer;

  /** Which kernels. */
  @Param({"vector", "scalar"})
  public String kernels;

  private Convolution convolution;
  private int bias;
  private float[] input;
  private float[] inputGradient;
  private float[] weights;
  private float[] gradients;
  private float[] output;

  /** Makes numbers of ordinary size; which ones does not matter. */
  @Setup
  public void prepare() {
    ConvolutionGeometry g = geometry();
    convolution = KernelChoice.of(kernels).kernels().convolution(g, IMAGES);
    bias = g.filterLength();
    input = numbers(IMAGES * g.input().pixels() * g.inputStride());
    inputGradient = numbers(IMAGES * g.input().pixels() * g.inputGradientStride());
    weights = numbers(g.filterLength() + g.outputStride());
    gradients = new float[weights.length];
    output = numbers(IMAGES * g.output().pixels() * g.outputStride());
    convolution.prepare(weights, 0);
  }

  private ConvolutionGeometry geometry() {
    return layer.equals("conv1")
        ? new ConvolutionGeometry(new Shape(32, 32, 1), 1, 6, 5, 5, 1, 0)
        : new ConvolutionGeometry(new Shape(14, 14, 6), Layout.LANES, 16, 5, 5, 1, 0);
  }

  private static float[] numbers(int count) {
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = (i % 13 - 6) / 8f;
    }
    return numbers;
  }

  /** Forward. */
  @Benchmark
  public float[] forward() {
    convolution.forward(IMAGES, input, weights, 0, bias, output);
    return output;
  }

  /** The gradient of the input. */
  @Benchmark
  public float[] inputGradient() {
    convolution.inputGradient(IMAGES, output, inputGradient);
    return inputGradient;
  }

  /** The gradients of filter and bias. */
  @Benchmark
  public float[] weightGradient() {
    convolution.weightGradient(IMAGES, input, output, gradients, 0, bias);
    return gradients;
  }
}
