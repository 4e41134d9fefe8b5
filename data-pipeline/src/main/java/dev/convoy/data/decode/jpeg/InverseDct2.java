package dev.convoy.data.decode.jpeg;

/**
 * The inverse DCT of 8 x 8 coefficients into 2 x 2 samples, each the mean of sixteen, for which
 * even coefficients but the first do not count. The integers are libjpeg's.
 */
final class InverseDct2 implements InverseDct {
  private static final int N = Frame.BLOCK;
  private static final int COLUMN_SHIFT = 13 - 2 + 2;
  private static final int ROW_SHIFT = 13 + 2 + 3 + 2;

  private final int[] coefficients = new int[Zigzag.COUNT];
  private final int[] between = new int[2 * N];

  @Override
  public void transform(Block block, byte[] samples, int at, int stride) {
    int[] in = coefficients;
    block.spread(in);
    int[] out = between;
    for (int c = 0; c < N; c = c == 0 ? 1 : c + 2) {
      int sum = (in[c] << 15) + (1 << (COLUMN_SHIFT - 1));
      int odd = odd(in[c + N], in[c + 3 * N], in[c + 5 * N], in[c + 7 * N]);
      out[c] = (sum + odd) >> COLUMN_SHIFT;
      out[c + N] = (sum - odd) >> COLUMN_SHIFT;
    }
    if (!block.tame()) {
      InverseDct.narrow(out, Block.isZero(in, 1, 3, 5, 7));
    }
    block.clear(in);
    for (int r = 0, to = at; r < 2 * N; r += N, to += stride) {
      int sum = (out[r] << 15) + (1 << (ROW_SHIFT - 1));
      int odd = odd(out[r + 1], out[r + 3], out[r + 5], out[r + 7]);
      samples[to] = InverseDct.sample((sum + odd) >> ROW_SHIFT);
      samples[to + 1] = InverseDct.sample((sum - odd) >> ROW_SHIFT);
    }
  }

  private static int odd(int in1, int in3, int in5, int in7) {
    return in1 * 29692 - in3 * 10426 + in5 * 6967 - in7 * 5906;
  }
}
