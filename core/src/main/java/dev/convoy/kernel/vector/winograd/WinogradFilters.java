package dev.convoy.kernel.vector.winograd;

import dev.convoy.concurrent.Worker;
import dev.convoy.kernel.ConvolutionGeometry;
import dev.convoy.kernel.Winograd;
import dev.convoy.kernel.vector.lanes.Lanes;
import dev.convoy.kernel.vector.lanes.WorkerState;
import dev.convoy.tensor.Layout;
import java.util.Arrays;

/**
 * Transforms a convolution's filters: (O/16,3,3,C,16) to 36 points of panels (O/16,C,16), as the
 * forward pass reads them; or rotated by 180 degrees with input and output channels exchanged, to
 * 36 points of panels (C/16,O,16), as the gradient of the input does. C and O of a panel are those
 * of a group.
 */
final class WinogradFilters {
  private static final int WEIGHTS = Winograd.FILTER * Winograd.FILTER;

  /** Rows of a panel in a unit of work, so that the results between the passes stay in L1. */
  private static final int ROWS = Layout.LANES;

  private static final int BLOCK = ROWS * Layout.LANES;

  /** Floats of scratch memory that a worker needs. */
  static final int SCRATCH = (WEIGHTS + Winograd.SIDE * Winograd.FILTER) * BLOCK;

  private final ConvolutionGeometry g;
  private final boolean rotated;
  private final int panels;
  private final int rows;
  private final Share[] shares;

  /**
   * Plans the transforms of one direction.
   *
   * @param rotated whether for the gradient of the input
   * @param workers that share the work
   */
  WinogradFilters(ConvolutionGeometry geometry, boolean rotated, int workers) {
    g = geometry;
    shares = new Share[workers];
    Arrays.setAll(shares, i -> new Share());
    this.rotated = rotated;
    panels = (rotated ? g.inputGradientStride() : g.outputStride()) / Layout.LANES;
    rows = rotated ? g.groupOutChannels() : g.groupInChannels();
  }

  /** Returns the length of a panel in floats: rows of 16. */
  int panelLength() {
    return rows * Layout.LANES;
  }

  /**
   * Returns the distance in floats from one point to the next: no power of two, or points would
   * share cache sets.
   */
  int pointStep() {
    return panels * panelLength() + Layout.LANES;
  }

  /** Returns the length of all points in floats. */
  int length() {
    return Math.multiplyExact(Winograd.POINTS, pointStep());
  }

  private int blocks() {
    return (rows + ROWS - 1) / ROWS;
  }

  /** Transforms this worker's share of the filters. */
  void transform(
      Worker worker,
      float[] weights,
      int filter,
      float[] scratch,
      int scratchAt,
      float[] result,
      int resultAt) {
    Share share = shares[worker.index()];
    share.scratch = scratch;
    share.scratchAt = scratchAt;
    int units = panels * blocks();
    for (int unit = worker.from(units); unit < worker.to(units); unit++) {
      int panel = unit / blocks();
      int row = unit % blocks() * ROWS;
      int count = Math.min(ROWS, rows - row);
      int at = resultAt + panel * panelLength() + row * Layout.LANES;
      if (rotated) {
        rotate(weights, filter, panel * Layout.LANES, row, count, scratch, scratchAt);
        share.transform(count, scratch, scratchAt, BLOCK, result, at);
      } else {
        int first = filter + g.filterIndex(row, panel * Layout.LANES);
        share.transform(count, weights, first, panelLength(), result, at);
      }
    }
  }

  /** The computation of one worker, with its buffers. */
  private final class Share extends WorkerState {
    private final VectorLines from = new VectorLines();
    private final VectorLines to = new VectorLines();
    private float[] scratch;
    private int scratchAt;

    /** Transforms {@code count} rows of a panel, along columns and then along rows. */
    void transform(int count, float[] filters, int at, int tapStep, float[] points, int pointAt) {
      int vectors = count * Layout.LANES / Lanes.COUNT;
      int lines = scratchAt + WEIGHTS * BLOCK;
      from.of(filters, at, Winograd.FILTER * tapStep, tapStep, Lanes.COUNT);
      to.of(scratch, lines, Winograd.FILTER * BLOCK, BLOCK, Lanes.COUNT);
      WinogradTransform.filter(Winograd.FILTER, vectors, from, to);
      from.of(scratch, lines, BLOCK, Winograd.FILTER * BLOCK, Lanes.COUNT);
      to.of(points, pointAt, pointStep(), Winograd.SIDE * pointStep(), Lanes.COUNT);
      WinogradTransform.filter(Winograd.SIDE, vectors, from, to);
    }
  }

  /**
   * Copies filters rotated: {@code to[8-k][i][j]} is weight k of the filter from channel {@code c +
   * j} to output {@code row + i} of its group, and zero behind the last channel.
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
