package dev.convoy.data.decode.jpeg;

/**
 * Estimates low frequencies that no scan of a progressive file has brought (yet) from the means of
 * the 5 x 5 blocks around (after ITU-T T.81, K.8, and as libjpeg-turbo does it since 2.1): without
 * it, an image of which the first scans alone are there is a mosaic. Where not even one of those
 * frequencies is known, the mean is smoothed as well.
 */
final class BlockSmoothing {
  private static final int WINDOW = 5;

  /** Coefficients that are estimated, in zigzag order; the last four only if none is known. */
  private static final int ESTIMATED = 9;

  private static final int ESTIMATED_IF_KNOWN = 5;

  /** Weights of the window's means for coefficients 1 to 9 if no frequency is known. */
  private static final int[][] WEIGHTS = {
    {-1, -1, 0, 1, 1, -3, 13, 0, -13, 3, -3, 38, 0, -38, 3, -3, 13, 0, -13, 3, -1, -1, 0, 1, 1},
    {-1, -3, -3, -3, -1, -1, 13, 38, 13, -1, 0, 0, 0, 0, 0, 1, -13, -38, -13, 1, 1, 3, 3, 3, 1},
    {0, 0, 1, 0, 0, 0, 2, 7, 2, 0, 0, -5, -14, -5, 0, 0, 2, 7, 2, 0, 0, 0, 1, 0, 0},
    {-1, 0, 0, 0, 1, 0, 9, 0, -9, 0, 0, 0, 0, 0, 0, 0, -9, 0, 9, 0, 1, 0, 0, 0, -1},
    {0, 0, 0, 0, 0, 0, 2, -5, 2, 0, 1, 7, -14, 7, 1, 0, 2, -5, 2, 0, 0, 0, 0, 0, 0},
    {0, 0, 0, 0, 0, 0, 1, 0, -1, 0, 0, 2, 0, -2, 0, 0, 1, 0, -1, 0, 0, 0, 0, 0, 0},
    {0, 0, 0, 0, 0, 0, 1, -3, 1, 0, 0, 0, 0, 0, 0, 0, -1, 3, -1, 0, 0, 0, 0, 0, 0},
    {0, 0, 0, 0, 0, 0, 1, 0, -1, 0, 0, -3, 0, 3, 0, 0, 1, 0, -1, 0, 0, 0, 0, 0, 0},
    {0, 0, 0, 0, 0, 0, 1, 2, 1, 0, 0, 0, 0, 0, 0, 0, -1, -2, -1, 0, 0, 0, 0, 0, 0}
  };

  /** The same for coefficients 1 to 5 if some frequency is known. */
  private static final int[][] WEIGHTS_IF_KNOWN = {
    {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -7, 50, 0, -50, 7, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0},
    {0, 0, -7, 0, 0, 0, 0, 50, 0, 0, 0, 0, 0, 0, 0, 0, 0, -50, 0, 0, 0, 0, 7, 0, 0},
    {0, 0, -1, 0, 0, 0, 0, 13, 0, 0, 0, 0, -24, 0, 0, 0, 0, 13, 0, 0, 0, 0, -1, 0, 0},
    {0, -1, 0, 1, 0, -1, 10, 0, -10, 1, 0, 0, 0, 0, 0, 1, -10, 0, 10, -1, 0, 1, 0, -1, 0},
    {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, 13, -24, 13, -1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0}
  };

  /** Weights of the means for the mean. */
  private static final int[] MEAN = {
    -2, -6, -8, -6, -2, -6, 6, 42, 6, -6, -8, 42, 152, 42, -8, -6, 6, 42, 6, -6, -2, -6, -8, -6, -2
  };

  private final Frame frame;
  private final Progression progression;

  /** The last row of interleaved MCUs that the last scan had data for. */
  private final int lastGoodRow;

  private final int[] window = new int[WINDOW * WINDOW];
  private final short[] smoothed = new short[Zigzag.COUNT];

  BlockSmoothing(Frame frame, Progression progression, int lastGoodRow) {
    this.frame = frame;
    this.progression = progression;
    this.lastGoodRow = lastGoodRow;
  }

  /**
   * Returns whether smoothing would change anything and can be done.
   *
   * @param quantization of each component, in zigzag order; null for one without a scan
   */
  static boolean useful(Frame frame, Progression progression, int[][] quantization) {
    boolean useful = false;
    for (Component component : frame.components()) {
      int[] factors = quantization[component.index()];
      int[] bits = progression.lowest(component);
      if (factors == null || bits[0] < 0) {
        return false;
      }
      for (int k = 0; k <= ESTIMATED; k++) {
        if (factors[k] == 0) {
          return false;
        }
        useful |= k > 0 && bits[k] != 0;
      }
    }
    return frame.progressive() && useful;
  }

  /**
   * Estimates what is missing of a block.
   *
   * @return its coefficients, in rows of 8
   */
  short[] smooth(
      Component component, Coefficients coefficients, int[] factors, int row, int column) {
    System.arraycopy(
        coefficients.values(), coefficients.at(row, column), smoothed, 0, Zigzag.COUNT);
    int mcuRow = row / component.v();
    int[] bits =
        mcuRow > lastGoodRow ? progression.before(component) : progression.lowest(component);
    boolean unknown = true;
    for (int k = 1; k <= ESTIMATED; k++) {
      unknown &= bits[k] == -1;
    }
    look(component, coefficients, row, column);
    int[][] weights = unknown ? WEIGHTS : WEIGHTS_IF_KNOWN;
    int count = unknown ? ESTIMATED : ESTIMATED_IF_KNOWN;
    for (int k = 1; k <= count; k++) {
      int place = Zigzag.PLACES[k];
      if (bits[k] != 0 && smoothed[place] == 0) {
        int estimate = estimate(weights[k - 1], factors[0], factors[k]);
        if (bits[k] > 0) {
          int most = (1 << bits[k]) - 1;
          estimate = Math.min(Math.max(estimate, -most), most);
        }
        smoothed[place] = (short) estimate;
      }
    }
    if (unknown) {
      smoothed[0] = (short) estimate(MEAN, factors[0], factors[0]);
    }
    return smoothed;
  }

  private int estimate(int[] weights, int meanFactor, int factor) {
    long sum = 0;
    for (int i = 0; i < weights.length; i++) {
      sum += (long) weights[i] * window[i];
    }
    sum *= meanFactor;
    long divisor = (long) factor << 8;
    long half = (long) factor << 7;
    return (int) (sum >= 0 ? (half + sum) / divisor : -((half - sum) / divisor));
  }

  /** Fetches the means of the window; beyond an edge the nearest is taken. */
  private void look(Component component, Coefficients coefficients, int row, int column) {
    // Rows are counted as libjpeg-turbo counts them, by those of the last MCU row if it is partial.
    int mcuRow = row / component.v();
    int rows = component.v();
    if (mcuRow == frame.mcusDown() - 1 && component.down() % component.v() > 0) {
      rows = component.down() % component.v();
    }
    int counted = mcuRow * rows + row % component.v();
    int countedRows = rows * frame.mcusDown();
    int above = counted > 0 ? row - 1 : row;
    int farAbove = counted > 1 ? row - 2 : above;
    int below = counted < countedRows - 1 ? row + 1 : row;
    int farBelow = counted < countedRows - 2 ? row + 2 : below;
    int[] windowRows = {farAbove, above, row, below, farBelow};
    for (int y = 0; y < WINDOW; y++) {
      for (int x = 0; x < WINDOW; x++) {
        int near = Math.min(Math.max(column + x - 2, 0), component.across() - 1);
        window[WINDOW * y + x] = coefficients.values()[coefficients.at(windowRows[y], near)];
      }
    }
  }
}
