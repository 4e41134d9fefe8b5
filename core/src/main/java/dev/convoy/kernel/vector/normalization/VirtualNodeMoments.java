package dev.convoy.kernel.vector.normalization;

import dev.convoy.concurrent.Worker;
import dev.convoy.kernel.NormalizationParameters;
import dev.convoy.kernel.RowBands;
import dev.convoy.kernel.VirtualNodeTree;
import dev.convoy.kernel.Workspace;
import dev.convoy.kernel.vector.lanes.Lanes;
import dev.convoy.tensor.Layout;
import dev.convoy.tensor.PairwiseTree;
import jdk.incubator.vector.FloatVector;

/**
 * The statistics of each virtual node's batch, as tables with a row of channels for each node, and
 * those of each band, from which they are combined.
 */
final class VirtualNodeMoments {
  private final RowBands bands;
  final int channels;
  private final float epsilon;

  /** The sum of each band's values, then that of its gradients. */
  final float[] bandSums;

  /**
   * The sum of each band's squared deviations, then that of the products of its gradients and
   * deviations.
   */
  final float[] bandProducts;

  final float[] means;
  final float[] factors;
  final float[] offsets;

  /** The factors and offsets, as the forward pass reads them. */
  final NormalizationFactors normalization;

  final float[] slopes;
  final float[] shifts;
  private final float[] scales;
  private final float[] unbiasedVariances;
  private final float[] weightGradients;
  private final float[] biasGradients;

  /** Holds as many nodes as images. */
  VirtualNodeMoments(RowBands bands, float epsilon, Workspace workspace) {
    this.bands = bands;
    this.epsilon = epsilon;
    channels = Layout.padded(bands.shape().channels());
    int nodes = Math.multiplyExact(workspace.images(), channels);
    int ofBands = Math.multiplyExact(bands.count(workspace.images()), channels);
    bandSums = workspace.keep(ofBands);
    bandProducts = workspace.keep(ofBands);
    means = workspace.keep(nodes);
    factors = workspace.keep(nodes);
    offsets = workspace.keep(nodes);
    normalization = new NormalizationFactors(factors, offsets, channels);
    slopes = workspace.keep(nodes);
    shifts = workspace.keep(nodes);
    scales = workspace.keep(nodes);
    unbiasedVariances = workspace.keep(nodes);
    weightGradients = workspace.keep(nodes);
    biasGradients = workspace.keep(nodes);
  }

  /** Combines the bands' statistics: mean, variance, factor and offset of each node. */
  void ofValues(
      Worker worker, int nodes, int nodeImages, float[] weights, NormalizationParameters at) {
    int rows = nodes * channels / Lanes.COUNT;
    for (int i = worker.from(rows); i < worker.to(rows); i++) {
      int row = i * Lanes.COUNT;
      int c = row % channels;
      int firstBand = bands.count(row / channels * nodeImages);
      ofValues(firstBand, nodeImages, c, row, weights, at);
    }
  }

  private void ofValues(
      int firstBand, int nodeImages, int c, int row, float[] weights, NormalizationParameters at) {
    int endBand = firstBand + bands.count(nodeImages);
    int count = nodeImages * bands.shape().pixels();
    FloatVector mean = FloatVector.zero(Lanes.SPECIES);
    for (int band = firstBand; band < endBand; band++) {
      mean = mean.add(FloatVector.fromArray(Lanes.SPECIES, bandSums, band * channels + c));
    }
    mean = mean.mul(1f / count);
    FloatVector squares = FloatVector.zero(Lanes.SPECIES);
    for (int band = firstBand; band < endBand; band++) {
      int pixels = bands.firstPixel(band + 1) - bands.firstPixel(band);
      FloatVector sum = FloatVector.fromArray(Lanes.SPECIES, bandSums, band * channels + c);
      FloatVector own = FloatVector.fromArray(Lanes.SPECIES, bandProducts, band * channels + c);
      FloatVector distance = sum.mul(1f / pixels).sub(mean);
      squares = distance.mul(pixels).fma(distance, squares.add(own));
    }
    mean.intoArray(means, row);
    squares.mul(1f / (count - 1)).intoArray(unbiasedVariances, row);
    FloatVector variance = squares.mul(1f / count);
    FloatVector one = FloatVector.broadcast(Lanes.SPECIES, 1f);
    FloatVector scale = one.div(variance.add(epsilon).sqrt());
    scale.intoArray(scales, row);
    FloatVector factor = FloatVector.fromArray(Lanes.SPECIES, weights, at.weight() + c).mul(scale);
    FloatVector bias = FloatVector.fromArray(Lanes.SPECIES, weights, at.bias() + c);
    factor.intoArray(factors, row);
    mean.neg().fma(factor, bias).intoArray(offsets, row);
  }

  /** Combines the bands' sums of gradients: slope and shift of each node. */
  void ofGradients(Worker worker, int nodes, int nodeImages) {
    int rows = nodes * channels / Lanes.COUNT;
    for (int i = worker.from(rows); i < worker.to(rows); i++) {
      int row = i * Lanes.COUNT;
      int c = row % channels;
      int firstBand = bands.count(row / channels * nodeImages);
      ofGradients(firstBand, nodeImages, c, row);
    }
  }

  private void ofGradients(int firstBand, int nodeImages, int c, int row) {
    int endBand = firstBand + bands.count(nodeImages);
    FloatVector bias = FloatVector.zero(Lanes.SPECIES);
    FloatVector weight = FloatVector.zero(Lanes.SPECIES);
    for (int band = firstBand; band < endBand; band++) {
      int at = band * channels + c;
      bias = bias.add(FloatVector.fromArray(Lanes.SPECIES, bandSums, at));
      weight = weight.add(FloatVector.fromArray(Lanes.SPECIES, bandProducts, at));
    }
    float reciprocal = 1f / (nodeImages * bands.shape().pixels());
    FloatVector scale = FloatVector.fromArray(Lanes.SPECIES, scales, row);
    FloatVector minus = FloatVector.fromArray(Lanes.SPECIES, factors, row).neg();
    weight = weight.mul(scale);
    bias.intoArray(biasGradients, row);
    weight.intoArray(weightGradients, row);
    minus.mul(bias.mul(reciprocal)).intoArray(shifts, row);
    minus.mul(weight.mul(scale).mul(reciprocal)).intoArray(slopes, row);
  }

  /** Adds up the nodes' gradients and statistics in the tree. */
  void parameterGradients(
      Worker worker, VirtualNodeTree tree, float[] gradients, NormalizationParameters at) {
    int groups = channels / Layout.LANES;
    int from = worker.from(groups) * Layout.LANES;
    int to = worker.to(groups) * Layout.LANES;
    for (int c = from; c < to; c++) {
      gradients[at.weight() + c] = overNodes(tree, weightGradients, c);
      gradients[at.bias() + c] = overNodes(tree, biasGradients, c);
      gradients[at.mean() + c] = overNodes(tree, means, c);
      gradients[at.variance() + c] = overNodes(tree, unbiasedVariances, c);
    }
  }

  private float overNodes(VirtualNodeTree tree, float[] table, int c) {
    int first = tree.firstImage() / tree.images();
    return PairwiseTree.sum(table, first * channels + c, channels, tree.nodes());
  }
}
