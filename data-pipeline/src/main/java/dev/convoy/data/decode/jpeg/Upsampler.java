package dev.convoy.data.decode.jpeg;

/**
 * Makes rows of the image of a component, which may have fewer samples. Where it has half of them,
 * in columns, rows or both, it interpolates by a triangle filter as libjpeg does ("fancy
 * upsampling"): 3/4 of the nearer sample and 1/4 of the other, with roundings up and down in turns;
 * otherwise it repeats them.
 *
 * <p>A row comes as two lines of 32-bit numbers, of the region's even and of its odd columns, since
 * interpolation makes one of each of a sample: so the JIT makes vectors of its loops, and of those
 * that convert colours. For that, loops are short and all their arrays begin at the same index.
 */
abstract class Upsampler {
  private final Plane plane;
  private final int left;
  private final int width;

  /** Columns 0, 2, 4 and so on of the row that was made last. */
  int[] even;

  /** Columns 1, 3, 5 and so on; if they are fewer, the last is undefined. */
  int[] odd;

  private Upsampler(Plane plane, int left, int right) {
    this.plane = plane;
    this.left = left;
    width = right - left;
    even = new int[(width + 1) / 2];
    odd = new int[(width + 1) / 2];
  }

  /**
   * Returns the upsampler for a plane and columns of the image.
   *
   * @param left the first column
   * @param right the column behind the last
   */
  static Upsampler of(Plane plane, int left, int right) {
    int x = plane.stretchX();
    int y = plane.stretchY();
    if (x == 1 && y == 1) {
      return new Direct(plane, left, right);
    }
    if (plane.fancy() && x == 2 && y == 1) {
      return new Columns(plane, left, right);
    }
    if (plane.fancy() && x == 1 && y == 2) {
      return new Rows(plane, left, right);
    }
    if (plane.fancy() && x == 2 && y == 2) {
      return new RowsAndColumns(plane, left, right);
    }
    return new Repeating(plane, left, right);
  }

  /** Makes a row of the image. */
  abstract void row(int y);

  /** Returns columns 0, 2, 4 and so on of the row that was made last. */
  final int[] even() {
    return even;
  }

  /** Returns columns 1, 3, 5 and so on; if they are fewer, the last is undefined. */
  final int[] odd() {
    return odd;
  }

  /** Returns the row of samples on the other side of an image's row, which it is a quarter of. */
  private static int farRow(Plane plane, int y) {
    int far = (y >> 1) + ((y & 1) == 0 ? -1 : 1);
    return Math.min(Math.max(far, 0), plane.height() - 1);
  }

  /** Samples of all columns and rows. */
  private static final class Direct extends Upsampler {
    Direct(Plane plane, int left, int right) {
      super(plane, left, right);
    }

    @Override
    void row(int y) {
      byte[] samples = super.plane.samples();
      int from = super.plane.at(y, super.left);
      int[] evens = even;
      int[] odds = odd;
      int pairs = super.width / 2;
      for (int i = 0; i < pairs; i++) {
        evens[i] = samples[from + 2 * i] & 0xff;
        odds[i] = samples[from + 2 * i + 1] & 0xff;
      }
      if (pairs < evens.length) {
        evens[pairs] = samples[from + 2 * pairs] & 0xff;
      }
    }
  }

  /** Samples again and again. */
  private static final class Repeating extends Upsampler {
    Repeating(Plane plane, int left, int right) {
      super(plane, left, right);
    }

    @Override
    void row(int y) {
      Plane plane = super.plane;
      byte[] samples = plane.samples();
      int from = plane.at(y / plane.stretchY(), 0);
      for (int i = 0; i < super.width; i++) {
        int sample = samples[from + (super.left + i) / plane.stretchX()] & 0xff;
        ((i & 1) == 0 ? even : odd)[i >> 1] = sample;
      }
    }
  }

  /** All columns, half the rows: h1v2. */
  private static final class Rows extends Upsampler {
    Rows(Plane plane, int left, int right) {
      super(plane, left, right);
    }

    @Override
    void row(int y) {
      Plane plane = super.plane;
      byte[] samples = plane.samples();
      int near = plane.at(y >> 1, super.left);
      int far = plane.at(farRow(plane, y), super.left);
      int round = 1 + (y & 1);
      for (int i = 0; i < super.width; i++) {
        int sum = 3 * (samples[near + i] & 0xff) + (samples[far + i] & 0xff);
        ((i & 1) == 0 ? even : odd)[i >> 1] = (sum + round) >> 2;
      }
    }
  }

  /** Interpolates columns: each sample makes one on its left and one on its right. */
  private abstract static class Triangle extends Upsampler {
    /** The sample of the region's first column, and how many there are. */
    final int first;

    final int count;

    /** Whether the region begins with a sample's right column. */
    private final boolean shifted;

    private final int[] before;
    private final int[] middle;
    private final int[] after;
    private final int[] lefts;
    private final int[] rights;

    Triangle(Plane plane, int left, int right) {
      super(plane, left, right);
      first = left / 2;
      count = (right - 1) / 2 + 1 - first;
      shifted = left % 2 == 1;
      before = new int[count];
      middle = new int[count];
      after = new int[count];
      lefts = new int[count];
      rights = new int[count];
      even = shifted ? rights : lefts;
      odd = shifted ? odd : rights;
    }

    /** Fetches samples of a row, and those beside them: an edge's neighbour is the edge itself. */
    final void fetch(int row, int[] to) {
      Plane plane = super.plane;
      byte[] samples = plane.samples();
      int from = plane.at(row, first) - 1;
      boolean leftEdge = first == 0;
      boolean rightEdge = first + count == plane.width();
      int end = rightEdge ? count + 1 : count + 2;
      for (int i = leftEdge ? 1 : 0; i < end; i++) {
        to[i] = samples[from + i] & 0xff;
      }
      if (leftEdge) {
        to[0] = to[1];
      }
      if (rightEdge) {
        to[count + 1] = to[count];
      }
    }

    /**
     * Interpolates.
     *
     * @param in values and their neighbours
     * @param both whether rows have been interpolated before, so that values are four times samples
     */
    final void interpolate(int[] in, boolean both) {
      System.arraycopy(in, 0, before, 0, count);
      System.arraycopy(in, 1, middle, 0, count);
      System.arraycopy(in, 2, after, 0, count);
      if (both) {
        sixteenths(middle, before, 8, lefts);
        sixteenths(middle, after, 7, rights);
      } else {
        quarters(middle, before, 1, lefts);
        quarters(middle, after, 2, rights);
      }
      if (shifted) {
        System.arraycopy(lefts, 1, odd, 0, count - 1);
      }
    }

    private static void sixteenths(int[] near, int[] far, int round, int[] out) {
      for (int i = 0; i < out.length; i++) {
        out[i] = (3 * near[i] + far[i] + round) >> 4;
      }
    }

    private static void quarters(int[] near, int[] far, int round, int[] out) {
      for (int i = 0; i < out.length; i++) {
        out[i] = (3 * near[i] + far[i] + round) >> 2;
      }
    }
  }

  /** Half the columns, all rows: h2v1. */
  private static final class Columns extends Triangle {
    private final int[] fetched = new int[count + 2];

    Columns(Plane plane, int left, int right) {
      super(plane, left, right);
    }

    @Override
    void row(int y) {
      fetch(y, fetched);
      interpolate(fetched, false);
    }
  }

  /** Half the columns and half the rows: h2v2. */
  private static final class RowsAndColumns extends Triangle {
    private final Plane plane;
    private final int[][] fetched = new int[2][count + 2];
    private final int[] fetchedRows = {-1, -1};
    private final int[] sums = new int[count + 2];

    RowsAndColumns(Plane plane, int left, int right) {
      super(plane, left, right);
      this.plane = plane;
    }

    @Override
    void row(int y) {
      sum(fetched(y >> 1), fetched(farRow(plane, y)), sums);
      interpolate(sums, true);
    }

    /** Returns a row of samples; each is used for four of the image. */
    private int[] fetched(int row) {
      int slot = row & 1;
      if (fetchedRows[slot] != row) {
        fetchedRows[slot] = row;
        fetch(row, fetched[slot]);
      }
      return fetched[slot];
    }

    private static void sum(int[] near, int[] far, int[] out) {
      for (int i = 0; i < out.length; i++) {
        out[i] = 3 * near[i] + far[i];
      }
    }
  }
}
