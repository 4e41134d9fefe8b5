package dev.convoy.benchmarks;

import dev.convoy.concurrent.Worker;
import dev.convoy.kernel.FullyConnectedKernel;
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
 * The three passes of fully connected layers of LeNet-5, AlexNet and VGG, one thread. Large ones
 * are bound by memory ({@code gigabytes}: the matrix, read or written once), small ones by
 * arithmetic ({@code gigaflops}); both are per second.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 3,
    jvmArgsAppend = {"--add-modules=jdk.incubator.vector", "-Xmx3g"})
public class FullyConnectedBenchmark {
  /** The memory moved and the arithmetic done. */
  @AuxCounters(AuxCounters.Type.OPERATIONS)
  @State(Scope.Thread)
  public static class Work {
    /** The bytes of the matrix. */
    public double gigabytes;

    /** A multiply-add is two. */
    public double gigaflops;

    /** Forgets the warm-up. */
    @Setup(Level.Iteration)
    public void reset() {
      gigabytes = 0;
      gigaflops = 0;
    }
  }

  /** Inputs x outputs, images. */
  @Param({"400x120 64", "120x84 64", "9216x4096 32", "25088x4096 16", "4096x4096 8", "4096x1000 8"})
  public String layer;

  /** Virtual nodes whose weight gradients are added. */
  @Param({"1", "8"})
  public int nodes;

  /** Which kernels. */
  @Param("vector")
  public String kernels;

  private FullyConnectedKernel product;
  private int images;
  private int bias;
  private Tensor input;
  private Tensor inputGradient;
  private Tensor output;
  private float[] weights;
  private float[] gradients;

  /** Makes numbers of ordinary size. */
  @Setup
  public void prepare() {
    String[] words = layer.split("[x ]", -1);
    int inputs = Layout.padded(Integer.parseInt(words[0]));
    int outputs = Integer.parseInt(words[1]);
    images = Integer.parseInt(words[2]);
    product =
        KernelChoice.of(kernels).kernels().fullyConnected(inputs, outputs, Workspace.of(images));
    bias = inputs * Layout.padded(outputs);
    input = numbers(inputs);
    inputGradient = numbers(inputs);
    output = numbers(outputs);
    weights = new float[bias + Layout.padded(outputs)];
    fill(weights);
    gradients = new float[weights.length];
  }

  private Tensor numbers(int length) {
    Tensor tensor = Tensor.activations(images, Shape.vector(length));
    fill(tensor.data());
    return tensor;
  }

  private static void fill(float[] numbers) {
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = (i % 13 - 6) / 64f;
    }
  }

  private void count(Work work) {
    work.gigabytes += bias * 4e-9;
    work.gigaflops += 2e-9 * bias * images;
  }

  /** Runs the forward pass. */
  @Benchmark
  public Tensor forward(Work work) {
    product.forward(Worker.single(), images, input, weights, 0, bias, output);
    count(work);
    return output;
  }

  /** Computes the gradient of the input. */
  @Benchmark
  public Tensor inputGradient(Work work) {
    product.inputGradient(Worker.single(), images, output, weights, 0, false, inputGradient);
    count(work);
    return inputGradient;
  }

  /** Computes the gradients of matrix and bias, summed over the nodes. */
  @Benchmark
  public float[] weightGradient(Work work) {
    VirtualNodeTree tree = new VirtualNodeTree(0, nodes, images / nodes);
    product.weightGradient(
        Worker.single(), tree, input, output, 0, input.shape().channels(), gradients, 0, bias);
    count(work);
    return gradients;
  }
}
