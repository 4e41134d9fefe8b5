package dev.convoy.kernel.vector;

import dev.convoy.kernel.ConvolutionGeometry;
import dev.convoy.tensor.Layout;
import java.util.Arrays;

/**
 * A convolution's filter as the gradient of its input reads it: (C/16,taps,O,16), inputs and
 * outputs exchanged, C padded to 16, O those of a group; the taps in the order of their {@link
 * Phase}, then (ky,kx). The work is cut into {@link #units}.
 */
final class TurnedFilters {
  private final ConvolutionGeometry g;
  private final int panels;

  /** ky * KW + kx of each tap in its new order. */
  private final int[] taps;

  TurnedFilters(ConvolutionGeometry geometry) {
    g = geometry;
    panels = g.inputGradientStride() / Layout.LANES;
    taps = new int[g.kernelHeight() * g.kernelWidth()];
    int i = 0;
    for (Phase phase : Phase.of(g)) {
      for (int ky = phase.row(); ky < g.kernelHeight(); ky += g.stride()) {
        for (int kx = phase.column(); kx < g.kernelWidth(); kx += g.stride()) {
          taps[i++] = ky * g.kernelWidth() + kx;
        }
      }
    }
  }

  /** Floats of a panel of 16 inputs. */
  int panelLength() {
    return taps.length * g.groupOutputs() * Layout.LANES;
  }

  /** Floats of all. */
  int length() {
    return Math.multiplyExact(panels, panelLength());
  }

  /** Pieces of work. */
  int units() {
    return panels * taps.length;
  }

  /** Turns one piece. */
  void turn(int unit, float[] weights, int filter, float[] to, int toAt) {
    int c = unit / taps.length * Layout.LANES;
    int group = c / (Layout.LANES * panels / g.groups());
    int channel = c - group * g.groupInputs();
    int channels = Math.min(Layout.LANES, g.groupInputs() - channel);
    int tap = taps[unit % taps.length] * g.groupInputs() + channel;
    int into = toAt + unit * g.groupOutputs() * Layout.LANES;
    for (int o = 0; o < g.groupOutputs(); o += Layout.LANES) {
      int from = filter + g.filterIndex(tap, group * g.groupOutputs() + o);
      int outputs = Math.min(Layout.LANES, g.groupOutputs() - o);
      transpose(channels, outputs, weights, from, to, into + o * Layout.LANES);
    }
  }

  private static void transpose(
      int channels, int outputs, float[] from, int at, float[] to, int toAt) {
    if (channels < Layout.LANES) {
      Arrays.fill(to, toAt, toAt + outputs * Layout.LANES, 0f);
    }
    for (int c = 0; c < channels; c++) {
      for (int o = 0; o < outputs; o++) {
        to[toAt + o * Layout.LANES + c] = from[at + c * Layout.LANES + o];
      }
    }
  }
}
