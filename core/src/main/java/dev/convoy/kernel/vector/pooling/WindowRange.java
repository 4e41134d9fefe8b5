package dev.convoy.kernel.vector.pooling;

import dev.convoy.kernel.PoolingGeometry;

/**
 * The windows that contain a row, or a column, of the input: those of output rows, or columns,
 * {@code first[y]} to {@code end[y]}, exclusive.
 */
final class WindowRange {
  final int[] first;
  final int[] end;

  private WindowRange(int side, int window, int outputs, PoolingGeometry g) {
    first = new int[side];
    end = new int[side];
    for (int at = 0; at < side; at++) {
      first[at] = Math.max(0, Math.floorDiv(at + g.padding() - window, g.stride()) + 1);
      end[at] = Math.min((at + g.padding()) / g.stride() + 1, outputs);
    }
  }

  static WindowRange ofRows(PoolingGeometry g) {
    return new WindowRange(g.input().height(), g.windowHeight(), g.output().height(), g);
  }

  static WindowRange ofColumns(PoolingGeometry g) {
    return new WindowRange(g.input().width(), g.windowWidth(), g.output().width(), g);
  }
}
