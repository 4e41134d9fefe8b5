package dev.convoy.data.decode.jpeg;

/**
 * Makes rows of the image of a component that has fewer samples. Where it has half of them, in
 * columns, rows or both, it interpolates by a triangle filter as libjpeg does ("fancy upsampling"):
 * 3/4 of the nearer sample and 1/4 of the other, with roundings up and down in turns; otherwise it
 * repeats them.
 */
abstract class Upsampler {
  final Plane plane;

  /** The first column of the region. */
  final int left;

  /** The column behind the region. */
  final int right;

  private Upsampler(Plane plane, int left, int right) {
    this.plane = plane;
    this.left = left;
    this.right = right;
  }

  /** The upsampler for a plane and these columns of the image. */
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

  /** Where the row that was made last is. */
  abstract byte[] samples();

  /** Where in the array the region's first column is. */
  abstract int at();

  /** The row of samples on the other side of an image's row, which it is a quarter of. */
  private static int farRow(int y, Plane plane) {
    int far = (y >> 1) + ((y & 1) == 0 ? -1 : 1);
    return Math.min(Math.max(far, 0), plane.height() - 1);
  }

  /** As many samples as the image has. */
  private static final class Direct extends Upsampler {
    private int at;

    Direct(Plane plane, int left, int right) {
      super(plane, left, right);
    }

    @Override
    void row(int y) {
      at = plane.at(y, left);
    }

    @Override
    byte[] samples() {
      return plane.samples();
    }

    @Override
    int at() {
      return at;
    }
  }

  /** A row of its own, which begins at a sample's first column. */
  private abstract static class Line extends Upsampler {
    final byte[] line;

    /** The sample of the region's first column. */
    final int first;

    /** The sample of the region's last column. */
    final int last;

    private final int at;

    Line(Plane plane, int left, int right) {
      super(plane, left, right);
      int stretch = plane.stretchX();
      first = left / stretch;
      last = (right - 1) / stretch;
      at = left - first * stretch;
      line = new byte[(last - first + 1) * stretch];
    }

    @Override
    final byte[] samples() {
      return line;
    }

    @Override
    final int at() {
      return at;
    }
  }

  /** Samples again and again. */
  private static final class Repeating extends Line {
    Repeating(Plane plane, int left, int right) {
      super(plane, left, right);
    }

    @Override
    void row(int y) {
      byte[] samples = plane.samples();
      int from = plane.at(y / plane.stretchY(), first);
      int stretch = plane.stretchX();
      for (int i = 0, to = 0; i <= last - first; i++) {
        for (int x = 0; x < stretch; x++) {
          line[to++] = samples[from + i];
        }
      }
    }
  }

  /** Half the columns, all rows: h2v1. */
  private static final class Columns extends Line {
    Columns(Plane plane, int left, int right) {
      super(plane, left, right);
    }

    @Override
    void row(int y) {
      byte[] samples = plane.samples();
      int edge = plane.width() - 1;
      int from = plane.at(y, first);
      for (int c = first, to = 0; c <= last; c++, from++) {
        int sample = samples[from] & 0xff;
        int before = c == 0 ? sample : samples[from - 1] & 0xff;
        int after = c == edge ? sample : samples[from + 1] & 0xff;
        line[to++] = (byte) ((3 * sample + before + 1) >> 2);
        line[to++] = (byte) ((3 * sample + after + 2) >> 2);
      }
    }
  }

  /** All columns, half the rows: h1v2. */
  private static final class Rows extends Line {
    Rows(Plane plane, int left, int right) {
      super(plane, left, right);
    }

    @Override
    void row(int y) {
      byte[] samples = plane.samples();
      int near = plane.at(y >> 1, first);
      int far = plane.at(farRow(y, plane), first);
      int round = 1 + (y & 1);
      for (int i = 0; i < line.length; i++) {
        line[i] =
            (byte) ((3 * (samples[near + i] & 0xff) + (samples[far + i] & 0xff) + round) >> 2);
      }
    }
  }

  /** Half the columns and half the rows: h2v2. */
  private static final class RowsAndColumns extends Line {
    private final int[] sums;

    RowsAndColumns(Plane plane, int left, int right) {
      super(plane, left, right);
      sums = new int[last - first + 3];
    }

    @Override
    void row(int y) {
      byte[] samples = plane.samples();
      int near = plane.at(y >> 1, first);
      int far = plane.at(farRow(y, plane), first);
      int[] sum = sums;
      int count = sum.length - 2;
      int from = first == 0 ? 1 : 0;
      int to = last == plane.width() - 1 ? count + 1 : count + 2;
      for (int i = from; i < to; i++) {
        sum[i] = 3 * (samples[near + i - 1] & 0xff) + (samples[far + i - 1] & 0xff);
      }
      if (from == 1) {
        sum[0] = sum[1];
      }
      if (to == count + 1) {
        sum[to] = sum[count];
      }
      byte[] out = line;
      for (int i = 0; i < count; i++) {
        int middle = 3 * sum[i + 1];
        out[2 * i] = (byte) ((middle + sum[i] + 8) >> 4);
        out[2 * i + 1] = (byte) ((middle + sum[i + 2] + 7) >> 4);
      }
    }
  }
}
