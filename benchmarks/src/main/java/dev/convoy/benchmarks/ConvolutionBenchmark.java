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
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The three passes of convolutions of the networks over 8 images in 4 virtual nodes, one thread;
 * {@code gigaflops} are those a second of the direct arithmetic, whatever the algorithm.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 3,
    jvmArgsAppend = {"--add-modules=jdk.incubator.vector", "-Xmx3g"})
public class ConvolutionBenchmark {
  private static final int NODES = 4;
  private static final int NODE_IMAGES = 2;
  private static final int IMAGES = NODES * NODE_IMAGES;

  /** The arithmetic done. */
  @State(Scope.Thread)
  @AuxCounters(AuxCounters.Type.OPERATIONS)
  public static class Work {
    /** A multiply-add is two. */
    public double gigaflops;

    /** Forgets the warm-up. */
    @Setup(Level.Iteration)
    public void reset() {
      gigaflops = 0;
    }
  }

  /**
   * Input channels x side, outputs, kernel / stride + padding, groups: of VGG; of ResNet; of
   * AlexNet; of GoogLeNet; of LeNet-5.
   */
  @Param({
    "3x224 64 3/1+1 1",
    "64x224 64 3/1+1 1",
    "256x56 256 3/1+1 1",
    "512x28 512 3/1+1 1",
    "512x14 512 3/1+1 1",
    "3x224 64 7/2+3 1",
    "256x56 64 1/1+0 1",
    "64x56 256 1/1+0 1",
    "1024x14 256 1/1+0 1",
    "2048x7 512 1/1+0 1",
    "64x56 64 3/1+1 1",
    "128x56 128 3/2+1 1",
    "256x56 512 1/2+0 1",
    "3x227 96 11/4+0 1",
    "96x27 256 5/1+2 2",
    "16x28 32 5/1+2 1",
    "480x14 208 1/1+0 1",
    "1x32 6 5/1+0 1",
    "6x14 16 5/1+0 1"
  })
  public String layer;

  /** Which algorithm. */
  @Param("DIRECT")
  public ConvolutionAlgorithm algorithm;

  /** Which kernels. */
  @Param("vector")
  public String kernels;

  private ConvolutionGeometry geometry;
  private ConvolutionKernel convolution;
  private Tensor input;
  private Tensor inputGradient;
  private Tensor output;
  private Tensor outputGradient;
  private float[] weights;
  private float[] gradients;

  /** Makes numbers of ordinary size. */
  @Setup
  public void prepare() {
    String[] numbers = layer.split("[x /+]", -1);
    int channels = Integer.parseInt(numbers[0]);
    int side = Integer.parseInt(numbers[1]);
    Shape shape = new Shape(side, side, channels);
    input =
        channels < Layout.LANES / 2 && side > Layout.LANES
            ? Tensor.images(IMAGES, shape)
            : Tensor.activations(IMAGES, shape);
    geometry =
        new ConvolutionGeometry(
            shape,
            input.stride(),
            Integer.parseInt(numbers[2]),
            Integer.parseInt(numbers[3]),
            Integer.parseInt(numbers[3]),
            Integer.parseInt(numbers[4]),
            Integer.parseInt(numbers[5]),
            Integer.parseInt(numbers[6]));
    inputGradient = Tensor.activations(IMAGES, shape);
    output = Tensor.activations(IMAGES, geometry.output());
    outputGradient = Tensor.activations(IMAGES, geometry.output());
    fill(input);
    fill(outputGradient);
    weights = new float[geometry.filterLength()];
    gradients = new float[weights.length];
    for (int k = 0; k < geometry.fanIn(); k++) {
      for (int o = 0; o < geometry.outChannels(); o++) {
        weights[geometry.filterIndex(k, o)] = number(k + o) / geometry.fanIn();
      }
    }
    convolution =
        KernelChoice.of(kernels).kernels().convolution(algorithm, geometry, Workspace.of(IMAGES));
  }

  private static void fill(Tensor tensor) {
    for (int p = 0; p < tensor.images() * tensor.shape().pixels(); p++) {
      for (int c = 0; c < tensor.shape().channels(); c++) {
        tensor.data()[tensor.pixel(p) + c] = number(p + c);
      }
    }
  }

  private static float number(int i) {
    return (i % 13 - 6) / 8f;
  }

  private void count(Work work) {
    long ofImage = 2L * geometry.output().size() * geometry.fanIn();
    work.gigaflops += IMAGES * ofImage / 1e9;
  }

  /** Runs the forward pass. */
  @Benchmark
  public Tensor forward(Work work) {
    convolution.forward(Worker.single(), IMAGES, input, weights, 0, -1, Epilogue.NONE, output);
    count(work);
    return output;
  }

  /** Computes the gradient of the input. */
  @Benchmark
  public Tensor inputGradient(Work work) {
    convolution.inputGradient(
        Worker.single(), IMAGES, outputGradient, weights, 0, false, inputGradient);
    count(work);
    return inputGradient;
  }

  /** Computes the gradient of the filter. */
  @Benchmark
  public float[] weightGradient(Work work) {
    VirtualNodeTree tree = new VirtualNodeTree(0, NODES, NODE_IMAGES);
    convolution.weightGradient(Worker.single(), tree, input, outputGradient, gradients, 0, -1);
    count(work);
    return gradients;
  }
}
