package dev.convoy.kernel.vector.direct;

import dev.convoy.kernel.ConvolutionGeometry;
import dev.convoy.tensor.Layout;

/**
 * A convolution's filter as the gradient of its input reads it: (C/16,taps,O,16), with input and
 * output channels exchanged, C padded to 16, and O the output channels of a group; the taps are in
 * the order of their {@link Phase}, then of (ky,kx). The work is cut into {@link #units}.
 */
final class RotatedFilters {
  private final ConvolutionGeometry g;
  private final int panels;

  /** The number ky * KW + kx of each tap, in the new order. */
  private final int[] taps;

  RotatedFilters(ConvolutionGeometry geometry) {
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

  /** Returns the length in floats of a panel of 16 input channels. */
  int panelLength() {
    return taps.length * g.groupOutChannels() * Layout.LANES;
  }

  /** Returns the length of all panels in floats. */
  int length() {
    return Math.multiplyExact(panels, panelLength());
  }

  /** Returns the number of units of work. */
  int units() {
    return panels * taps.length;
  }

  /** Rotates one piece. */
  void rotate(int unit, float[] weights, int filter, float[] to, int toAt) {
    int c = unit / taps.length * Layout.LANES;
    int group = c / (Layout.LANES * panels / g.groups());
    int channel = c - group * g.groupInChannels();
    int channels = Math.min(Layout.LANES, g.groupInChannels() - channel);
    int tap = taps[unit % taps.length] * g.groupInChannels() + channel;
    int into = toAt + unit * g.groupOutChannels() * Layout.LANES;
    for (int o = 0; o < g.groupOutChannels(); o += Layout.LANES) {
      int from = filter + g.filterIndex(tap, group * g.groupOutChannels() + o);
      int outChannels = Math.min(Layout.LANES, g.groupOutChannels() - o);
      transpose(channels, outChannels, weights, from, to, into + o * Layout.LANES);
    }
  }

  private static void transpose(
      int channels, int outChannels, float[] from, int at, float[] to, int toAt) {
    for (int o = 0; o < outChannels; o++) {
      int into = toAt + o * Layout.LANES;
      if (channels == Layout.LANES) {
        column(from, at + o, to, into);
      } else {
        column(channels, from, at + o, to, into);
      }
    }
  }

  /** Copies a whole column; unrolled, because a loop would take twice the time. */
  private static void column(float[] from, int at, float[] to, int toAt) {
    to[toAt] = from[at];
    to[toAt + 1] = from[at + 16];
    to[toAt + 2] = from[at + 32];
    to[toAt + 3] = from[at + 48];
    to[toAt + 4] = from[at + 64];
    to[toAt + 5] = from[at + 80];
    to[toAt + 6] = from[at + 96];
    to[toAt + 7] = from[at + 112];
    to[toAt + 8] = from[at + 128];
    to[toAt + 9] = from[at + 144];
    to[toAt + 10] = from[at + 160];
    to[toAt + 11] = from[at + 176];
    to[toAt + 12] = from[at + 192];
    to[toAt + 13] = from[at + 208];
    to[toAt + 14] = from[at + 224];
    to[toAt + 15] = from[at + 240];
  }

  private static void column(int channels, float[] from, int at, float[] to, int toAt) {
    for (int c = 0; c < Layout.LANES; c++) {
      to[toAt + c] = c < channels ? from[at + c * Layout.LANES] : 0f;
    }
  }
}
