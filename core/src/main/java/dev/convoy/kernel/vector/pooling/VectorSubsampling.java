package dev.convoy.kernel.vector.pooling;

import dev.convoy.concurrent.Worker;
import dev.convoy.kernel.PoolingGeometry;
import dev.convoy.kernel.SubsamplingKernel;
import dev.convoy.kernel.VirtualNodeTree;
import dev.convoy.kernel.Workspace;
import dev.convoy.kernel.vector.lanes.Lanes;
import dev.convoy.tensor.Layout;
import dev.convoy.tensor.PairwiseTree;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.Tensor;
import jdk.incubator.vector.FloatVector;

/**
 * Trainable subsampling over vectors of channels. Workers share the pixels of the output, the rows
 * of the input's gradient, and the channels of the parameters' gradients.
 */
public final class VectorSubsampling implements SubsamplingKernel {
  private final Shape out;
  private final int channels;
  private final float reciprocal;
  private final AveragePoolForward sum;
  private final AveragePoolBackward shares;
  private final float[] means;
  private final Workspace workspace;
  private final int levels;

  public VectorSubsampling(PoolingGeometry geometry, Workspace workspace) {
    out = geometry.output();
    channels = Layout.padded(out.channels());
    reciprocal = 1f / geometry.windowSize();
    sum = new AveragePoolForward(geometry, channels);
    shares = new AveragePoolBackward(geometry, channels);
    means = workspace.keep(workspace.images() * out.pixels() * channels);
    this.workspace = workspace;
    levels = PairwiseTree.buffers(workspace.images());
    workspace.reserve(workspace.workers() * levels * 2 * Lanes.COUNT);
  }

  @Override
  public void forward(
      Worker worker,
      int images,
      Tensor input,
      float[] weights,
      int coefficient,
      int bias,
      Tensor output) {
    int pixels = images * out.pixels();
    for (int p = worker.from(pixels); p < worker.to(pixels); p++) {
      sum.of(input, p, means, p * channels);
      scale(p * channels, weights, coefficient, bias, output.data(), output.pixel(p));
    }
  }

  private void scale(int mean, float[] weights, int coefficient, int bias, float[] output, int to) {
    for (int c = 0; c < channels; c += Lanes.COUNT) {
      FloatVector value = FloatVector.fromArray(Lanes.SPECIES, means, mean + c).mul(reciprocal);
      value.intoArray(means, mean + c);
      value
          .fma(
              FloatVector.fromArray(Lanes.SPECIES, weights, coefficient + c),
              FloatVector.fromArray(Lanes.SPECIES, weights, bias + c))
          .intoArray(output, to + c);
    }
  }

  @Override
  public void inputGradient(
      Worker worker,
      int images,
      Tensor outputGradient,
      float[] weights,
      int coefficient,
      boolean add,
      Tensor inputGradient) {
    shares.give(worker, images, outputGradient, weights, coefficient, add, inputGradient);
  }

  @Override
  public void weightGradient(
      Worker worker,
      VirtualNodeTree tree,
      Tensor outputGradient,
      float[] gradients,
      int coefficient,
      int bias) {
    int groups = channels / Lanes.COUNT;
    float[] scratch = workspace.scratch();
    int mine = worker.index() * levels * 2 * Lanes.COUNT;
    for (int group = worker.from(groups); group < worker.to(groups); group++) {
      int c = group * Lanes.COUNT;
      int top = mine;
      for (int node = 0; node < tree.nodes(); node++) {
        int first = tree.imageOf(node) * out.pixels();
        ofNode(outputGradient, first, first + tree.images() * out.pixels(), c, scratch, top);
        top += 2 * Lanes.COUNT;
        for (int i = PairwiseTree.merges(node); i > 0; i--) {
          top -= 2 * Lanes.COUNT;
          merge(scratch, top - 2 * Lanes.COUNT);
        }
      }
      FloatVector.fromArray(Lanes.SPECIES, scratch, mine).intoArray(gradients, coefficient + c);
      FloatVector.fromArray(Lanes.SPECIES, scratch, mine + Lanes.COUNT)
          .intoArray(gradients, bias + c);
    }
  }

  /** Computes one virtual node's two sums, side by side. */
  private void ofNode(
      Tensor outputGradient, int firstPixel, int endPixel, int c, float[] sums, int to) {
    float[] data = outputGradient.data();
    int stride = outputGradient.stride();
    int from = outputGradient.pixel(firstPixel) + c;
    int mean = firstPixel * channels + c;
    FloatVector ofCoefficient = FloatVector.zero(Lanes.SPECIES);
    FloatVector ofBias = FloatVector.zero(Lanes.SPECIES);
    for (int i = 0; i < endPixel - firstPixel; i++) {
      FloatVector gradient = FloatVector.fromArray(Lanes.SPECIES, data, from + i * stride);
      FloatVector value = FloatVector.fromArray(Lanes.SPECIES, means, mean + i * channels);
      ofCoefficient = gradient.fma(value, ofCoefficient);
      ofBias = ofBias.add(gradient);
    }
    ofCoefficient.intoArray(sums, to);
    ofBias.intoArray(sums, to + Lanes.COUNT);
  }

  /** Adds the pair of sums behind the pair at {@code left}. */
  private static void merge(float[] sums, int left) {
    for (int i = left; i < left + 2 * Lanes.COUNT; i += Lanes.COUNT) {
      FloatVector.fromArray(Lanes.SPECIES, sums, i)
          .add(FloatVector.fromArray(Lanes.SPECIES, sums, i + 2 * Lanes.COUNT))
          .intoArray(sums, i);
    }
  }
}
