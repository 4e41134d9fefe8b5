package dev.convoy.data.decode.jpeg;

import java.util.Arrays;

/**
 * The inverse DCT of 8 x 8 samples: one of 8 values for each column and then for each row, by the
 * algorithm of Loeffler, Ligtenberg and Moschytz ("Practical fast 1-D DCT algorithms with 11
 * multiplications", ICASSP 1989, figure 1 from right to left), in the variant of 12 multiplications
 * of which no two follow each other. Factors have 13 bits behind the point; columns leave 2 of
 * them, rows none. These are the integers of libjpeg's "islow".
 */
final class InverseDct8 implements InverseDct {
  private static final int N = Frame.BLOCK;
  private static final int COLUMN_SHIFT = 13 - 2;
  private static final int ROW_SHIFT = 13 + 2 + 3;
  private static final int COLUMN_ROUND = 1 << (COLUMN_SHIFT - 1);
  private static final int ROW_ROUND = 1 << (ROW_SHIFT - 1);

  /** Coefficients up to this one in zigzag order lie in the upper left quarter. */
  private static final int LAST_OF_QUARTER = 9;

  // Factors times 2^13; c(k) is sqrt(2) cos(k pi / 16).

  /** c(6). */
  private static final int C6 = 4433;

  /** c(2) - c(6). */
  private static final int C2_6 = 6270;

  /** c(2) + c(6). */
  private static final int C26 = 15137;

  /** c(3). */
  private static final int C3 = 9633;

  /** c(3) - c(7), c(1) + c(3), c(3) + c(5), c(3) - c(5). */
  private static final int C3_7 = 7373;

  private static final int C13 = 20995;
  private static final int C35 = 16069;
  private static final int C3_5 = 3196;

  /** Signs of c(1), c(3), c(5), c(7) as in -+++ and so on, less what the sums have. */
  private static final int IN7 = 2446;

  private static final int IN5 = 16819;
  private static final int IN3 = 25172;
  private static final int IN1 = 12299;

  private final int[] between = new int[Zigzag.COUNT];
  private final WideInverseDct8 wide = new WideInverseDct8();

  @Override
  public void transform(Block block, byte[] samples, int at, int stride) {
    if (!block.tame()) {
      wide.transform(block, samples, at, stride);
    } else if (block.last == 0) {
      constant(block.values[0], samples, at, stride);
    } else if (block.last <= LAST_OF_QUARTER) {
      quarterColumns(block.values, between);
      quarterRows(between, samples, at, stride);
    } else {
      columns(block.values, between);
      rows(between, samples, at, stride);
    }
  }

  /** Of a block without AC coefficients. */
  private static void constant(int dc, byte[] samples, int at, int stride) {
    byte sample = InverseDct.sample((4 * dc + 16) >> 5);
    for (int row = 0, to = at; row < N; row++, to += stride) {
      Arrays.fill(samples, to, to + N, sample);
    }
  }

  private static void columns(int[] in, int[] out) {
    for (int c = 0; c < N; c++) {
      int in1 = in[c + N];
      int in2 = in[c + 2 * N];
      int in3 = in[c + 3 * N];
      int in4 = in[c + 4 * N];
      int in5 = in[c + 5 * N];
      int in6 = in[c + 6 * N];
      int in7 = in[c + 7 * N];
      if ((in1 | in2 | in3 | in4 | in5 | in6 | in7) == 0) {
        int dc = 4 * in[c];
        for (int i = c; i < Zigzag.COUNT; i += N) {
          out[i] = dc;
        }
        continue;
      }
      int z1 = (in2 + in6) * C6;
      int even2 = z1 - in6 * C26;
      int even3 = z1 + in2 * C2_6;
      int sum = ((in[c] + in4) << 13) + COLUMN_ROUND;
      int difference = ((in[c] - in4) << 13) + COLUMN_ROUND;
      int e0 = sum + even3;
      int e3 = sum - even3;
      int e1 = difference + even2;
      int e2 = difference - even2;

      int z5 = (in7 + in3 + in5 + in1) * C3;
      int z3 = z5 - (in7 + in3) * C35;
      int z4 = z5 - (in5 + in1) * C3_5;
      z1 = (in7 + in1) * C3_7;
      int z2 = (in5 + in3) * C13;
      int o0 = in7 * IN7 - z1 + z3;
      int o1 = in5 * IN5 - z2 + z4;
      int o2 = in3 * IN3 - z2 + z3;
      int o3 = in1 * IN1 - z1 + z4;

      out[c] = (e0 + o3) >> COLUMN_SHIFT;
      out[c + 7 * N] = (e0 - o3) >> COLUMN_SHIFT;
      out[c + N] = (e1 + o2) >> COLUMN_SHIFT;
      out[c + 6 * N] = (e1 - o2) >> COLUMN_SHIFT;
      out[c + 2 * N] = (e2 + o1) >> COLUMN_SHIFT;
      out[c + 5 * N] = (e2 - o1) >> COLUMN_SHIFT;
      out[c + 3 * N] = (e3 + o0) >> COLUMN_SHIFT;
      out[c + 4 * N] = (e3 - o0) >> COLUMN_SHIFT;
    }
  }

  private static void rows(int[] in, byte[] samples, int at, int stride) {
    for (int r = 0, to = at; r < Zigzag.COUNT; r += N, to += stride) {
      int in1 = in[r + 1];
      int in2 = in[r + 2];
      int in3 = in[r + 3];
      int in5 = in[r + 5];
      int in6 = in[r + 6];
      int in7 = in[r + 7];
      int z1 = (in2 + in6) * C6;
      int even2 = z1 - in6 * C26;
      int even3 = z1 + in2 * C2_6;
      int sum = ((in[r] + in[r + 4]) << 13) + ROW_ROUND;
      int difference = ((in[r] - in[r + 4]) << 13) + ROW_ROUND;
      int e0 = sum + even3;
      int e3 = sum - even3;
      int e1 = difference + even2;
      int e2 = difference - even2;

      int z5 = (in7 + in3 + in5 + in1) * C3;
      int z3 = z5 - (in7 + in3) * C35;
      int z4 = z5 - (in5 + in1) * C3_5;
      z1 = (in7 + in1) * C3_7;
      int z2 = (in5 + in3) * C13;
      int o0 = in7 * IN7 - z1 + z3;
      int o1 = in5 * IN5 - z2 + z4;
      int o2 = in3 * IN3 - z2 + z3;
      int o3 = in1 * IN1 - z1 + z4;

      store(e0, o3, samples, to, to + 7);
      store(e1, o2, samples, to + 1, to + 6);
      store(e2, o1, samples, to + 2, to + 5);
      store(e3, o0, samples, to + 3, to + 4);
    }
  }

  /** Of a block whose coefficients lie in the upper left 4 x 4. */
  private static void quarterColumns(int[] in, int[] out) {
    for (int c = 0; c < 4; c++) {
      int in1 = in[c + N];
      int in2 = in[c + 2 * N];
      int in3 = in[c + 3 * N];
      int even2 = in2 * C6;
      int even3 = in2 * (C6 + C2_6);
      int sum = (in[c] << 13) + COLUMN_ROUND;
      int e0 = sum + even3;
      int e3 = sum - even3;
      int e1 = sum + even2;
      int e2 = sum - even2;

      int z5 = (in3 + in1) * C3;
      int z3 = z5 - in3 * C35;
      int z4 = z5 - in1 * C3_5;
      int o0 = z3 - in1 * C3_7;
      int o1 = z4 - in3 * C13;
      int o2 = z3 + in3 * (IN3 - C13);
      int o3 = z4 + in1 * (IN1 - C3_7);

      out[c] = (e0 + o3) >> COLUMN_SHIFT;
      out[c + 7 * N] = (e0 - o3) >> COLUMN_SHIFT;
      out[c + N] = (e1 + o2) >> COLUMN_SHIFT;
      out[c + 6 * N] = (e1 - o2) >> COLUMN_SHIFT;
      out[c + 2 * N] = (e2 + o1) >> COLUMN_SHIFT;
      out[c + 5 * N] = (e2 - o1) >> COLUMN_SHIFT;
      out[c + 3 * N] = (e3 + o0) >> COLUMN_SHIFT;
      out[c + 4 * N] = (e3 - o0) >> COLUMN_SHIFT;
    }
  }

  private static void quarterRows(int[] in, byte[] samples, int at, int stride) {
    for (int r = 0, to = at; r < Zigzag.COUNT; r += N, to += stride) {
      int in1 = in[r + 1];
      int in2 = in[r + 2];
      int in3 = in[r + 3];
      int even2 = in2 * C6;
      int even3 = in2 * (C6 + C2_6);
      int sum = (in[r] << 13) + ROW_ROUND;

      int z5 = (in3 + in1) * C3;
      int z3 = z5 - in3 * C35;
      int z4 = z5 - in1 * C3_5;
      int o0 = z3 - in1 * C3_7;
      int o1 = z4 - in3 * C13;
      int o2 = z3 + in3 * (IN3 - C13);
      int o3 = z4 + in1 * (IN1 - C3_7);

      store(sum + even3, o3, samples, to, to + 7);
      store(sum + even2, o2, samples, to + 1, to + 6);
      store(sum - even2, o1, samples, to + 2, to + 5);
      store(sum - even3, o0, samples, to + 3, to + 4);
    }
  }

  private static void store(int even, int odd, byte[] samples, int first, int last) {
    samples[first] = InverseDct.sample((even + odd) >> ROW_SHIFT);
    samples[last] = InverseDct.sample((even - odd) >> ROW_SHIFT);
  }
}
