package dev.convoy.benchmarks;

import dev.convoy.concurrent.Worker;
import dev.convoy.kernel.ConvolutionAlgorithm;
import dev.convoy.kernel.ConvolutionGeometry;
import dev.convoy.kernel.ConvolutionKernel;
import dev.convoy.kernel.Epilogue;
import dev.convoy.kernel.KernelChoice;
import dev.convoy.kernel.VirtualNodeTree;
import dev.convoy.kernel.Workspace;
import dev.convoy.tensor.Layout;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.Tensor;
import java.util.Arrays;
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

/**
 * The three passes of 3x3 convolutions with stride 1 and padding 1, by Winograd's tiles and
 * directly: 8 virtual nodes of one image, one thread. {@code -p layer=C:O:side} measures others.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 1)
@Fork(value = 3, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
public class WinogradBenchmark {
  private static final int NODES = 8;

  /** Input channels, output channels, side. */
  @Param({
    "64:64:224", "128:128:112", "256:256:56", "512:512:28", "512:512:14", "64:64:56", "128:128:28",
    "256:256:14", "512:512:7", "96:128:28", "192:384:13", "16:16:32", "32:32:16", "64:64:8"
  })
  public String layer;

  /** Which algorithm in all passes. */
  @Param({"WINOGRAD", "DIRECT"})
  public ConvolutionAlgorithm algorithm;

  private final Worker worker = Worker.single();
  private ConvolutionKernel convolution;
  private int bias;
  private Tensor input;
  private Tensor inputGradient;
  private Tensor output;
  private Tensor outputGradient;
  private float[] weights;
  private float[] gradients;

  /** Makes numbers of ordinary size. */
  @Setup
  public void prepare() {
    int[] sizes = Arrays.stream(layer.split(":", -1)).mapToInt(Integer::parseInt).toArray();
    Shape shape = new Shape(sizes[2], sizes[2], sizes[0]);
    var g = new ConvolutionGeometry(shape, Layout.padded(sizes[0]), sizes[1], 3, 3, 1, 1);
    convolution =
        KernelChoice.of("vector").kernels().convolution(algorithm, g, Workspace.of(NODES));
    bias = g.filterLength();
    input = numbers(g.input());
    inputGradient = numbers(g.input());
    output = numbers(g.output());
    outputGradient = numbers(g.output());
    weights = new float[g.filterLength() + g.outputStride()];
    fill(weights);
    gradients = new float[weights.length];
  }

  private static Tensor numbers(Shape shape) {
    Tensor tensor = Tensor.activations(NODES, shape);
    fill(tensor.data());
    return tensor;
  }

  private static void fill(float[] numbers) {
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = (i % 13 - 6) / 8f;
    }
  }

  /** Runs the forward pass. */
  @Benchmark
  public Tensor forward() {
    convolution.forward(worker, NODES, input, weights, 0, bias, Epilogue.NONE, output);
    return output;
  }

  /** Computes the gradient of the input. */
  @Benchmark
  public Tensor inputGradient() {
    convolution.inputGradient(worker, NODES, outputGradient, weights, 0, false, inputGradient);
    return inputGradient;
  }

  /** Computes the gradient of the filter. */
  @Benchmark
  public float[] weightGradient() {
    VirtualNodeTree tree = new VirtualNodeTree(0, NODES, 1);
    convolution.weightGradient(worker, tree, input, outputGradient, gradients, 0, -1);
    return gradients;
  }
}
