package dev.convoy.benchmarks;

import dev.convoy.concurrent.Worker;
import dev.convoy.kernel.BatchNormalizationKernel;
import dev.convoy.kernel.Epilogue;
import dev.convoy.kernel.KernelChoice;
import dev.convoy.kernel.NormalizationGradients;
import dev.convoy.kernel.NormalizationParameters;
import dev.convoy.kernel.NormalizationTensors;
import dev.convoy.kernel.RowBands;
import dev.convoy.kernel.Workspace;
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
 * Batch normalization with ReLU over 16 images of 8 virtual nodes, one thread, beside a copy of the
 * same activations. The first backward benchmark is of the layer inside a block, the second of the
 * one that ends it.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 3, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
public class BatchNormalizationBenchmark {
  private static final int IMAGES = 16;
  private static final int NODES = 8;

  /** Channels x side, as in ResNet-50. */
  @Param({"64x56", "256x56", "1024x14", "2048x7"})
  public String shape;

  /** Which kernels. */
  @Param({"vector", "scalar"})
  public String kernels;

  private BatchNormalizationKernel normalization;
  private NormalizationParameters at;
  private NormalizationTensors plain;
  private NormalizationTensors residual;
  private NormalizationGradients inner;
  private NormalizationGradients last;
  private Epilogue statistics;
  private Epilogue innerSums;
  private Epilogue lastSums;
  private float[] weights;
  private int bands;

  /** Makes numbers of ordinary size. */
  @Setup
  public void prepare() {
    String[] sides = shape.split("x", -1);
    int side = Integer.parseInt(sides[1]);
    Shape of = new Shape(side, side, Integer.parseInt(sides[0]));
    Workspace workspace = Workspace.of(IMAGES);
    normalization =
        KernelChoice.of(kernels).kernels().batchNormalization(of, 1e-5f, true, workspace);
    int channels = of.channels();
    at = new NormalizationParameters(0, channels, 2 * channels, 3 * channels);
    weights = new float[4 * channels];
    Arrays.fill(weights, 1f);
    Tensor input = numbers(of, 13);
    Tensor output = numbers(of, 11);
    plain = new NormalizationTensors(input, null, output);
    residual = new NormalizationTensors(input, numbers(of, 7), output);
    Tensor gradient = numbers(of, 17);
    inner = new NormalizationGradients(gradient, gradient, false, null, false);
    last = new NormalizationGradients(gradient, numbers(of, 5), false, gradient, false);
    statistics = normalization.statistics(input);
    innerSums = normalization.gradientSums(plain, inner);
    lastSums = normalization.gradientSums(residual, last);
    bands = new RowBands(of).count(IMAGES);
    statistics.bands(0, bands);
    normalization.forward(Worker.single(), IMAGES, NODES, plain, weights, at);
  }

  private static Tensor numbers(Shape shape, int period) {
    Tensor tensor = Tensor.activations(IMAGES, shape);
    for (int i = 0; i < tensor.data().length; i++) {
      tensor.data()[i] = (i % period - period / 2) / 8f;
    }
    return tensor;
  }

  /** Copies a tensor, which is the speed of memory. */
  @Benchmark
  public float[] copy() {
    float[] from = plain.input().data();
    float[] to = plain.output().data();
    System.arraycopy(from, 0, to, 0, from.length);
    return to;
  }

  /** Takes the statistics, not in the cache. */
  @Benchmark
  public void statistics() {
    statistics.bands(0, bands);
  }

  /**
   * Takes the statistics of one band over and over, as after a convolution that has just written
   * it.
   */
  @Benchmark
  public void statisticsInTheCache() {
    for (int i = 0; i < bands; i++) {
      statistics.bands(0, 1);
    }
  }

  /** Reads one tensor and writes one. */
  @Benchmark
  public void forward() {
    normalization.forward(Worker.single(), IMAGES, NODES, plain, weights, at);
  }

  /** Reads two tensors and writes one. */
  @Benchmark
  public void forwardWithShortcut() {
    normalization.forward(Worker.single(), IMAGES, NODES, residual, weights, at);
  }

  /** Reads two tensors twice and writes one. */
  @Benchmark
  public void backward() {
    innerSums.bands(0, bands);
    normalization.backward(Worker.single(), IMAGES, NODES, plain, inner);
  }

  /** Reads three tensors, then two, and writes two. */
  @Benchmark
  public void backwardWithShortcut() {
    lastSums.bands(0, bands);
    normalization.backward(Worker.single(), IMAGES, NODES, residual, last);
  }
}
