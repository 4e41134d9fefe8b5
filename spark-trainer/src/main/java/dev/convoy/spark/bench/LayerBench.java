package dev.convoy.spark.bench;

import dev.convoy.concurrent.ThreadTeam;
import dev.convoy.concurrent.Worker;
import dev.convoy.kernel.ConvolutionAlgorithm;
import dev.convoy.kernel.ConvolutionGeometry;
import dev.convoy.kernel.ConvolutionKernel;
import dev.convoy.kernel.Epilogue;
import dev.convoy.kernel.Kernels;
import dev.convoy.kernel.VirtualNodeTree;
import dev.convoy.kernel.Workspace;
import dev.convoy.random.CounterRandom;
import dev.convoy.random.RandomStream;
import dev.convoy.tensor.Layout;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;

/** Times the three passes of one convolution, as a replica with so many virtual nodes runs them. */
final class LayerBench {
  private final LayerShape shape;
  private final int images;
  private final VirtualNodeTree tree;
  private final ThreadTeam team;
  private final ConvolutionKernel convolution;
  private final Tensor input;
  private final Tensor output;
  private final Tensor inputGradient;
  private final Tensor outputGradient;
  private final float[] weights;
  private final float[] gradients;

  LayerBench(
      LayerShape shape,
      ConvolutionAlgorithm algorithm,
      Kernels kernels,
      BenchPlan.Size size,
      ThreadTeam team) {
    this.shape = shape;
    images = size.batch();
    this.team = team;
    tree = new VirtualNodeTree(0, size.virtualNodes(), size.microbatch());
    ConvolutionGeometry geometry = shape.geometry();
    Workspace workspace = new Workspace(images, team.count(), false);
    convolution = kernels.convolution(algorithm, geometry, workspace);
    input = tensor(geometry.input(), geometry.inputStride());
    inputGradient = tensor(geometry.input(), geometry.inputGradientStride());
    output = tensor(geometry.output(), geometry.outputStride());
    outputGradient = tensor(geometry.output(), geometry.outputStride());
    weights = new float[Layout.ALIGNMENT + geometry.filterLength()];
    gradients = new float[Layout.ALIGNMENT + geometry.filterLength()];
    fill(1, input.data());
    fill(2, outputGradient.data());
    fill(3, weights);
  }

  /** Begins at a cache line, as in a replica. */
  private Tensor tensor(Shape shape, int stride) {
    float[] data = new float[Layout.ALIGNMENT + images * shape.pixels() * stride];
    return new Tensor(data, Layout.ALIGNMENT, images, shape, stride);
  }

  private static void fill(int part, float[] values) {
    long key = CounterRandom.derive(CounterRandom.key(1, RandomStream.SHUFFLE), part);
    for (int i = 0; i < values.length; i++) {
      values[i] = 2 * CounterRandom.uniform(key, i) - 1;
    }
  }

  /**
   * Returns the median, slowest and fastest GFLOP/s of direct arithmetic, by PyTorch's name of the
   * pass.
   */
  Map<String, Map<String, Double>> run(Span warmUp, Span timed) throws Exception {
    Map<String, Map<String, Double>> rates = new LinkedHashMap<>();
    rates.put("forward", rates(warmUp, timed, this::forward));
    rates.put("backward_data", rates(warmUp, timed, this::inputGradient));
    rates.put("backward_weights", rates(warmUp, timed, this::weightGradient));
    return rates;
  }

  private Map<String, Double> rates(Span warmUp, Span timed, ThreadTeam.Program pass)
      throws Exception {
    double gigaOperations = 2e-9 * shape.multiplyAdds() * images;
    return Timing.of(warmUp, timed, step -> team.run(pass)).perSecond(gigaOperations);
  }

  private void forward(Worker worker) {
    convolution.forward(
        worker, images, input, weights, Layout.ALIGNMENT, -1, Epilogue.NONE, output);
  }

  private void inputGradient(Worker worker) {
    convolution.inputGradient(
        worker, images, outputGradient, weights, Layout.ALIGNMENT, false, inputGradient);
  }

  private void weightGradient(Worker worker) {
    convolution.weightGradient(
        worker, tree, input, outputGradient, gradients, Layout.ALIGNMENT, -1);
  }
}
