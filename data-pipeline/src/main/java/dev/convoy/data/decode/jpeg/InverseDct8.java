package dev.convoy.data.decode.jpeg;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The inverse DCT of 8 x 8 samples: one of 8 values for each column and then for each row, by the
 * algorithm of Loeffler, Ligtenberg and Moschytz ("Practical fast 1-D DCT algorithms with 11
 * multiplications", ICASSP 1989, figure 1 from right to left). Factors have 13 bits behind the
 * point; columns leave 2 of them, rows none. These are the integers of libjpeg's "islow", whose
 * rotations of the odd part are multiplied out: that changes no bit, since only shifts round.
 *
 * <p>Blocks are collected, and many are transformed at a time: a lane each, so that the JIT makes
 * vectors of the loops. For that, loops are short; JDK 17 gives up on longer ones.
 */
final class InverseDct8 implements InverseDct {
  private static final int N = Frame.BLOCK;
  private static final int LANES = 128;
  private static final int COLUMN_SHIFT = 13 - 2;
  private static final int ROW_SHIFT = 13 + 2 + 3;
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  /** Coefficients of each place, a block a lane, and in the end samples. */
  private final int[][] coefficients = new int[Zigzag.COUNT][LANES];

  /** What the columns leave, and in the end four samples a number. */
  private final int[][] between = new int[Zigzag.COUNT][LANES];

  private final int[] sum = new int[LANES];
  private final int[] difference = new int[LANES];
  private final int[][] even = new int[4][LANES];
  private final int[] odd = new int[LANES];

  private final byte[][] samples = new byte[LANES][];
  private final int[] places = new int[LANES];
  private final int[] strides = new int[LANES];
  private int count;

  private final WideInverseDct8 wide = new WideInverseDct8();

  @Override
  public void transform(Block block, byte[] into, int at, int stride) {
    if (!block.tame()) {
      wide.transform(block, into, at, stride);
    } else if (block.isConstant()) {
      constant(block.values[0], into, at, stride);
    } else {
      samples[count] = into;
      places[count] = at;
      strides[count] = stride;
      for (int i = 0; i < block.count; i++) {
        coefficients[block.places[i]][count] = block.values[i];
      }
      count++;
      if (count == LANES) {
        finish();
      }
    }
  }

  /** Transforms a block without AC coefficients. */
  private static void constant(int dc, byte[] into, int at, int stride) {
    byte sample = InverseDct.sample((4 * dc + 16) >> 5);
    for (int row = 0, to = at; row < N; row++, to += stride) {
      Arrays.fill(into, to, to + N, sample);
    }
  }

  @Override
  public void finish() {
    if (count == 0) {
      return;
    }
    for (int c = 0; c < N; c++) {
      parts(coefficients, c, N, 1 << (COLUMN_SHIFT - 1));
      for (int i = 0; i < 4; i++) {
        odd(coefficients, c, N, i);
        column(even[i], odd, between[c + N * i], between[c + N * (7 - i)], count);
      }
    }
    for (int r = 0; r < Zigzag.COUNT; r += N) {
      parts(between, r, 1, 1 << (ROW_SHIFT - 1));
      for (int i = 0; i < 4; i++) {
        odd(between, r, 1, i);
        row(even[i], odd, coefficients[r + i], coefficients[r + 7 - i], count);
      }
    }
    for (int i = 0; i < Zigzag.COUNT; i += 4) {
      int[][] four = coefficients;
      pack(four[i], four[i + 1], four[i + 2], four[i + 3], between[i / 4], count);
    }
    store();
    discard();
  }

  @Override
  public void discard() {
    for (int[] lanes : coefficients) {
      Arrays.fill(lanes, 0, count, 0);
    }
    Arrays.fill(samples, null);
    count = 0;
  }

  private void store() {
    for (int lane = 0; lane < count; lane++) {
      byte[] into = samples[lane];
      int at = places[lane];
      for (int i = 0; i < 2 * N; i += 2, at += strides[lane]) {
        INT.set(into, at, between[i][lane]);
        INT.set(into, at + 4, between[i + 1][lane]);
      }
    }
  }

  /** Computes the even parts of a transform of 8 values that lie {@code step} apart. */
  private void parts(int[][] in, int at, int step, int round) {
    sums(in[at], in[at + 4 * step], round, sum, difference, count);
    rotate(in[at + 2 * step], in[at + 6 * step], 10_703, 4433, sum, even[0], even[3], count);
    rotate(
        in[at + 2 * step], in[at + 6 * step], 4433, -10_704, difference, even[1], even[2], count);
  }

  /** Computes the odd part that goes with an even one. */
  private void odd(int[][] in, int at, int step, int part) {
    int[] in1 = in[at + step];
    int[] in3 = in[at + 3 * step];
    int[] in5 = in[at + 5 * step];
    int[] in7 = in[at + 7 * step];
    switch (part) {
      case 0 -> odd(in1, in3, in5, in7, 11_363, 9633, 6437, 2260, odd, count);
      case 1 -> odd(in1, in3, in5, in7, 9633, -2259, -11_362, -6436, odd, count);
      case 2 -> odd(in1, in3, in5, in7, 6437, -11_362, 2261, 9633, odd, count);
      default -> odd(in1, in3, in5, in7, 2260, -6436, 9633, -11_363, odd, count);
    }
  }

  private static void sums(
      int[] in0, int[] in4, int round, int[] sum, int[] difference, int count) {
    for (int i = 0; i < count; i++) {
      int a = (in0[i] << 13) + round;
      int b = in4[i] << 13;
      sum[i] = a + b;
      difference[i] = a - b;
    }
  }

  private static void rotate(
      int[] in2, int[] in6, int f2, int f6, int[] base, int[] plus, int[] minus, int count) {
    for (int i = 0; i < count; i++) {
      int a = base[i];
      int b = in2[i] * f2 + in6[i] * f6;
      plus[i] = a + b;
      minus[i] = a - b;
    }
  }

  private static void odd(
      int[] in1,
      int[] in3,
      int[] in5,
      int[] in7,
      int f1,
      int f3,
      int f5,
      int f7,
      int[] out,
      int count) {
    for (int i = 0; i < count; i++) {
      out[i] = in1[i] * f1 + in3[i] * f3 + in5[i] * f5 + in7[i] * f7;
    }
  }

  private static void column(int[] even, int[] odd, int[] first, int[] last, int count) {
    for (int i = 0; i < count; i++) {
      int a = even[i];
      int b = odd[i];
      first[i] = (a + b) >> COLUMN_SHIFT;
      last[i] = (a - b) >> COLUMN_SHIFT;
    }
  }

  private static void row(int[] even, int[] odd, int[] first, int[] last, int count) {
    for (int i = 0; i < count; i++) {
      int a = even[i];
      int b = odd[i];
      first[i] = (a + b) >> ROW_SHIFT;
      last[i] = (a - b) >> ROW_SHIFT;
    }
  }

  private static void pack(int[] a, int[] b, int[] c, int[] d, int[] out, int count) {
    for (int i = 0; i < count; i++) {
      out[i] = sample(a[i]) | sample(b[i]) << 8 | sample(c[i]) << 16 | sample(d[i]) << 24;
    }
  }

  /**
   * Returns a sample of a value around 0, by masks of signs: of Math.min and max JDK 17 makes no
   * vectors.
   */
  private static int sample(int value) {
    int positive = value + 128;
    int left = 255 - (positive & ~(positive >> 31));
    return 255 - (left & ~(left >> 31));
  }
}
