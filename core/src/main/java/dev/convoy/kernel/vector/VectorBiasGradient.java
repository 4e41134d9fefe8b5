package dev.convoy.kernel.vector;

import dev.convoy.concurrent.Worker;
import dev.convoy.kernel.Bands;
import dev.convoy.kernel.BiasGradient;
import dev.convoy.kernel.NodeTree;
import dev.convoy.tensor.Layout;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.Tensor;
import java.util.Arrays;

/** {@link BiasGradient} on vectors of channels; workers share the channels. */
final class VectorBiasGradient implements BiasGradient {
  /** Levels of the largest tree. */
  private static final int LEVELS = 32;

  private final int panels;
  private final Bands bands;

  /** For each worker the sums on their way up the tree. */
  private final float[][] levels;

  private final float[][] ofBand;

  VectorBiasGradient(Shape output, int workers) {
    panels = Layout.padded(output.channels()) / Layout.LANES;
    bands = new Bands(output);
    levels = new float[workers][LEVELS * Layout.LANES];
    ofBand = new float[workers][Layout.LANES];
  }

  @Override
  public void of(Worker me, NodeTree tree, Tensor outputGradient, float[] gradients, int bias) {
    int end = me.to(panels);
    float[] sums = levels[me.index()];
    for (int panel = me.from(panels); panel < end; panel++) {
      int channel = panel * Layout.LANES;
      int height = 0;
      for (int node = 0; node < tree.nodes(); node++) {
        int first = tree.imageOf(node);
        int top = height * Layout.LANES;
        overNode(
            outputGradient, channel, first, first + tree.images(), ofBand[me.index()], sums, top);
        height++;
        for (int i = 0; i < NodeTree.merges(node); i++) {
          height--;
          int right = height * Layout.LANES;
          PanelSum.add(sums, right - Layout.LANES, sums, right);
        }
      }
      System.arraycopy(sums, 0, gradients, bias + channel, Layout.LANES);
    }
  }

  private void overNode(
      Tensor gradient, int channel, int first, int end, float[] ofBand, float[] sums, int to) {
    Arrays.fill(sums, to, to + Layout.LANES, 0f);
    for (int band = bands.count(first); band < bands.count(end); band++) {
      int from = bands.firstPixel(band);
      int pixels = bands.firstPixel(band + 1) - from;
      int at = gradient.pixel(from) + channel;
      PanelSum.over(pixels, gradient.data(), at, gradient.stride(), ofBand);
      PanelSum.add(sums, to, ofBand, 0);
    }
  }
}
