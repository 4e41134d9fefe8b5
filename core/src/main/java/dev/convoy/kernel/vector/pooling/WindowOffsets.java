package dev.convoy.kernel.vector.pooling;

import dev.convoy.kernel.PoolingGeometry;

/**
 * The places of a pooling window, for one worker. A place outside of the input stands for the
 * nearest one inside: reading that twice changes neither the maximum nor its first place, so a
 * window on the border needs no loop of its own.
 */
final class WindowOffsets {
  private final PoolingGeometry g;

  /** Floats from the window's first place, which may be outside, to each of its places. */
  final int[] offset;

  /** The number of each place in the window. */
  final float[] label;

  WindowOffsets(PoolingGeometry geometry) {
    g = geometry;
    offset = new int[geometry.windowSize()];
    label = new float[geometry.windowSize()];
  }

  /**
   * Sets the offsets for the window that begins at input row {@code top} and column {@code left}.
   */
  void place(int top, int left, int pixelStride) {
    for (int ky = 0; ky < g.windowHeight(); ky++) {
      int y = inside(top + ky, g.input().height()) - top;
      for (int kx = 0; kx < g.windowWidth(); kx++) {
        int x = inside(left + kx, g.input().width()) - left;
        int k = ky * g.windowWidth() + kx;
        offset[k] = (y * g.input().width() + x) * pixelStride;
        label[k] = y * g.windowWidth() + x;
      }
    }
  }

  private static int inside(int at, int side) {
    return Math.max(0, Math.min(at, side - 1));
  }
}
