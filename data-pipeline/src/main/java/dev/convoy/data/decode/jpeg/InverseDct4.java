package dev.convoy.data.decode.jpeg;

/**
 * The inverse DCT of 8 x 8 coefficients into 4 x 4 samples, each the mean of four: the even half of
 * {@link InverseDct8}'s butterflies, with what the odd ones add to the means. Factors have 13 bits
 * behind the point; these are the integers of libjpeg's reduced-size transform.
 */
final class InverseDct4 implements InverseDct {
  private static final int N = Frame.BLOCK;
  private static final int COLUMN_SHIFT = 13 - 2 + 1;
  private static final int ROW_SHIFT = 13 + 2 + 3 + 1;

  private final int[] coefficients = new int[Zigzag.COUNT];
  private final int[] between = new int[4 * N];

  @Override
  public void transform(Block block, byte[] samples, int at, int stride) {
    int[] in = coefficients;
    block.spread(in);
    int[] out = between;
    for (int c = 0; c < N; c++) {
      if (c == 4) {
        continue;
      }
      int in1 = in[c + N];
      int in2 = in[c + 2 * N];
      int in3 = in[c + 3 * N];
      int in5 = in[c + 5 * N];
      int in6 = in[c + 6 * N];
      int in7 = in[c + 7 * N];
      if ((in1 | in2 | in3 | in5 | in6 | in7) == 0) {
        int dc = 4 * in[c];
        out[c] = dc;
        out[c + N] = dc;
        out[c + 2 * N] = dc;
        out[c + 3 * N] = dc;
        continue;
      }
      int sum = (in[c] << 14) + (1 << (COLUMN_SHIFT - 1));
      int even = in2 * 15137 - in6 * 6270;
      int odd0 = odd0(in1, in3, in5, in7);
      int odd2 = odd2(in1, in3, in5, in7);
      out[c] = (sum + even + odd2) >> COLUMN_SHIFT;
      out[c + 3 * N] = (sum + even - odd2) >> COLUMN_SHIFT;
      out[c + N] = (sum - even + odd0) >> COLUMN_SHIFT;
      out[c + 2 * N] = (sum - even - odd0) >> COLUMN_SHIFT;
    }
    if (!block.tame()) {
      InverseDct.narrow(out, Block.isZero(in, 1, 2, 3, 5, 6, 7));
    }
    block.clear(in);
    for (int r = 0, to = at; r < 4 * N; r += N, to += stride) {
      int sum = (out[r] << 14) + (1 << (ROW_SHIFT - 1));
      int even = out[r + 2] * 15137 - out[r + 6] * 6270;
      int odd0 = odd0(out[r + 1], out[r + 3], out[r + 5], out[r + 7]);
      int odd2 = odd2(out[r + 1], out[r + 3], out[r + 5], out[r + 7]);
      samples[to] = InverseDct.sample((sum + even + odd2) >> ROW_SHIFT);
      samples[to + 3] = InverseDct.sample((sum + even - odd2) >> ROW_SHIFT);
      samples[to + 1] = InverseDct.sample((sum - even + odd0) >> ROW_SHIFT);
      samples[to + 2] = InverseDct.sample((sum - even - odd0) >> ROW_SHIFT);
    }
  }

  private static int odd0(int in1, int in3, int in5, int in7) {
    return in1 * 8697 - in3 * 17799 + in5 * 11893 - in7 * 1730;
  }

  private static int odd2(int in1, int in3, int in5, int in7) {
    return in1 * 20995 + in3 * 7373 - in5 * 4926 - in7 * 4176;
  }
}
