package dev.convoy.kernel.vector.elementwise;

import dev.convoy.concurrent.Worker;
import dev.convoy.kernel.BiasGradientKernel;
import dev.convoy.kernel.RowBands;
import dev.convoy.kernel.VirtualNodeTree;
import dev.convoy.tensor.Layout;
import dev.convoy.tensor.PairwiseTree;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.Tensor;
import java.util.Arrays;

/** {@link BiasGradientKernel} on vectors of channels; workers share the channels. */
public final class VectorBiasGradient implements BiasGradientKernel {
  /** Levels of the largest tree. */
  private static final int LEVELS = 32;

  private final int panels;
  private final RowBands bands;

  /** For each worker, the partial sums on each level of the tree. */
  private final float[][] levels;

  private final float[][] ofBand;

  public VectorBiasGradient(Shape output, int workers) {
    panels = Layout.padded(output.channels()) / Layout.LANES;
    bands = new RowBands(output);
    levels = new float[workers][LEVELS * PanelSum.CHANNELS];
    ofBand = new float[workers][PanelSum.CHANNELS];
  }

  @Override
  public void of(
      Worker worker, VirtualNodeTree tree, Tensor outputGradient, float[] gradients, int bias) {
    int end = worker.to(panels) * Layout.LANES;
    int channel = worker.from(panels) * Layout.LANES;
    for (int channels; channel < end; channel += channels) {
      channels = Math.min(PanelSum.CHANNELS, end - channel);
      overTree(
          tree, outputGradient, channel, channels, levels[worker.index()], ofBand[worker.index()]);
      System.arraycopy(levels[worker.index()], 0, gradients, bias + channel, channels);
    }
  }

  private void overTree(
      VirtualNodeTree tree,
      Tensor gradient,
      int channel,
      int channels,
      float[] sums,
      float[] ofBand) {
    int top = 0;
    for (int node = 0; node < tree.nodes(); node++) {
      int first = tree.imageOf(node);
      Arrays.fill(sums, top, top + channels, 0f);
      for (int band = bands.count(first); band < bands.count(first + tree.images()); band++) {
        int from = bands.firstPixel(band);
        int pixels = bands.firstPixel(band + 1) - from;
        int at = gradient.pixel(from) + channel;
        PanelSum.over(pixels, channels, gradient.data(), at, gradient.stride(), ofBand);
        PanelSum.add(channels, sums, top, ofBand, 0);
      }
      for (int i = 0; i < PairwiseTree.merges(node); i++) {
        PanelSum.add(channels, sums, top - PanelSum.CHANNELS, sums, top);
        top -= PanelSum.CHANNELS;
      }
      top += PanelSum.CHANNELS;
    }
  }
}
