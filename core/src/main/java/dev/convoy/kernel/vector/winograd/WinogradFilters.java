package dev.convoy.kernel.vector.winograd;

import dev.convoy.kernel.ConvolutionGeometry;
import dev.convoy.kernel.Winograd;
import dev.convoy.kernel.vector.lanes.Lanes;
import dev.convoy.tensor.Layout;

/**
 * Transforms a convolution's filters: (O/16,3,3,C,16) to 36 points of panels (O/16,C,16), as the
 * forward pass reads them; or rotated by 180 degrees with input and output channels exchanged, to
 * 36 points of panels (C/16,O,16), as the gradient of the input does. C and O of a panel are those
 * of a group. The work is cut into {@link #units}.
 */
final class WinogradFilters {
  private static final int WEIGHTS = Winograd.FILTER * Winograd.FILTER;

  /** Rows of a panel in a unit of work, so that what lies between the passes is in L1. */
  private static final int ROWS = Layout.LANES;

  private static final int BLOCK = ROWS * Layout.LANES;

  /** Floats of scratch memory that a worker needs. */
  static final int SCRATCH = (WEIGHTS + Winograd.SIDE * Winograd.FILTER) * BLOCK;

  private final ConvolutionGeometry g;
  private final boolean rotated;
  private final int panels;
  private final int rows;

  WinogradFilters(ConvolutionGeometry geometry, boolean rotated) {
    g = geometry;
    this.rotated = rotated;
    panels = (rotated ? g.inputGradientStride() : g.outputStride()) / Layout.LANES;
    rows = rotated ? g.groupOutChannels() : g.groupInChannels();
  }

  /** Floats of a panel: rows of 16. */
  int panelLength() {
    return rows * Layout.LANES;
  }

  /** Floats from one point to the next; not a power of two, or points would share cache sets. */
  int pointStep() {
    return panels * panelLength() + Layout.LANES;
  }

  /** Floats of all points. */
  int length() {
    return Math.multiplyExact(Winograd.POINTS, pointStep());
  }

  /** Pieces of work. */
  int units() {
    return panels * blocks();
  }

  private int blocks() {
    return (rows + ROWS - 1) / ROWS;
  }

  /** Does units of work. */
  void transform(
      int from,
      int to,
      float[] weights,
      int filter,
      float[] scratch,
      int scratchAt,
      float[] result,
      int resultAt) {
    for (int unit = from; unit < to; unit++) {
      int panel = unit / blocks();
      int row = unit % blocks() * ROWS;
      int count = Math.min(ROWS, rows - row);
      int at = resultAt + panel * panelLength() + row * Layout.LANES;
      int lines = scratchAt + WEIGHTS * BLOCK;
      if (rotated) {
        rotate(weights, filter, panel * Layout.LANES, row, count, scratch, scratchAt);
        block(count, scratch, scratchAt, BLOCK, scratch, lines, result, at);
      } else {
        int first = filter + g.filterIndex(row, panel * Layout.LANES);
        block(count, weights, first, panelLength(), scratch, lines, result, at);
      }
    }
  }

  private void block(
      int count,
      float[] from,
      int at,
      int tapStep,
      float[] scratch,
      int lines,
      float[] to,
      int toAt) {
    int vectors = count * Layout.LANES / Lanes.COUNT;
    WinogradTransform.filter(
        Winograd.FILTER,
        vectors,
        from,
        at,
        Winograd.FILTER * tapStep,
        tapStep,
        Lanes.COUNT,
        scratch,
        lines,
        Winograd.FILTER * BLOCK,
        BLOCK,
        Lanes.COUNT);
    WinogradTransform.filter(
        Winograd.SIDE,
        vectors,
        scratch,
        lines,
        BLOCK,
        Winograd.FILTER * BLOCK,
        Lanes.COUNT,
        to,
        toAt,
        pointStep(),
        Winograd.SIDE * pointStep(),
        Lanes.COUNT);
  }

  /**
   * {@code to[8-k][i][j]} = weight k of the filter from channel {@code c + j} to output {@code row
   * + i} of its group, zero behind the last channel.
   */
  private void rotate(
      float[] weights, int filter, int c, int row, int count, float[] to, int toAt) {
    int group = Math.min(c / g.groupInChannels(), g.groups() - 1);
    int channel = c - group * g.groupInChannels();
    int channels = Math.min(Layout.LANES, g.groupInChannels() - channel);
    int panel = g.filterIndex(channel, group * g.groupOutChannels() + row);
    for (int k = 0; k < WEIGHTS; k++) {
      int from = filter + panel + k * g.groupInChannels() * Layout.LANES;
      int into = toAt + (WEIGHTS - 1 - k) * BLOCK;
      for (int i = 0; i < count; i++) {
        transpose(channels, weights, from + i, to, into + i * Layout.LANES);
      }
    }
  }

  private static void transpose(int channels, float[] from, int at, float[] to, int toAt) {
    for (int j = 0; j < channels; j++) {
      to[toAt + j] = from[at + j * Layout.LANES];
    }
    for (int j = channels; j < Layout.LANES; j++) {
      to[toAt + j] = 0f;
    }
  }
}
