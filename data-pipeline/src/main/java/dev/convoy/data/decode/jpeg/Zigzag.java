package dev.convoy.data.decode.jpeg;

import java.util.Arrays;

/** The order of coefficients in a file (ITU-T T.81, figure A.6). */
final class Zigzag {
  /** Coefficients of a block. */
  static final int COUNT = 64;

  /** The last coefficient. */
  static final int LAST = 63;

  /**
   * The place of each coefficient in a block of rows of 8. Runs of corrupt data lead beyond the
   * last; as in libjpeg they end there.
   */
  static final int[] PLACES = places();

  private Zigzag() {}

  private static int[] places() {
    int[] places = new int[COUNT + 16];
    Arrays.fill(places, LAST);
    int at = 0;
    for (int diagonal = 0; diagonal < 15; diagonal++) {
      for (int i = Math.max(0, diagonal - 7); i <= Math.min(7, diagonal); i++) {
        int row = diagonal % 2 == 0 ? diagonal - i : i;
        places[at++] = 8 * row + diagonal - row;
      }
    }
    return places;
  }
}
