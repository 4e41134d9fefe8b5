package dev.convoy.data.decode.jpeg;

/**
 * {@link InverseDct8} for blocks whose values exceed what images have, from corrupt data or extreme
 * noise: there it matters that libjpeg-turbo adds in 16 bits, which wrap around, and leaves 16 bits
 * between its passes, which saturate. Each product is the sum of two, as its vector code has it.
 */
final class WideInverseDct8 implements InverseDct {
  private static final int N = Frame.BLOCK;

  private final int[] coefficients = new int[Zigzag.COUNT];
  private final int[] between = new int[Zigzag.COUNT];
  private final int[] line = new int[N];

  @Override
  public void transform(Block block, byte[] samples, int at, int stride) {
    block.spread(coefficients);
    boolean constant = Block.isZero(coefficients, 1, 2, 3, 4, 5, 6, 7);
    for (int c = 0; c < N; c++) {
      if (!constant) {
        line(coefficients, c, N, 13 - 2);
      }
      for (int i = 0; i < N; i++) {
        between[c + i * N] = constant ? (short) (4 * coefficients[c]) : line[i];
      }
    }
    block.clear(coefficients);
    for (int r = 0; r < N; r++) {
      line(between, r * N, 1, 13 + 2 + 3);
      for (int i = 0; i < N; i++) {
        samples[at + r * stride + i] = InverseDct.sample(line[i]);
      }
    }
  }

  /** Computes the transform of 8 values that lie {@code step} apart. */
  private void line(int[] in, int at, int step, int shift) {
    int in0 = in[at];
    int in1 = in[at + step];
    int in2 = in[at + 2 * step];
    int in3 = in[at + 3 * step];
    int in4 = in[at + 4 * step];
    int in5 = in[at + 5 * step];
    int in6 = in[at + 6 * step];
    int in7 = in[at + 7 * step];
    int even3 = in2 * (4433 + 6270) + in6 * 4433;
    int even2 = in2 * 4433 + in6 * (4433 - 15137);
    int sum = (short) (in0 + in4) << 13;
    int difference = (short) (in0 - in4) << 13;

    int sum73 = (short) (in7 + in3);
    int sum51 = (short) (in5 + in1);
    int z3 = sum73 * (9633 - 16069) + sum51 * 9633;
    int z4 = sum73 * 9633 + sum51 * (9633 - 3196);
    int o0 = in7 * (2446 - 7373) - in1 * 7373 + z3;
    int o1 = in5 * (16819 - 20995) - in3 * 20995 + z4;
    int o2 = in3 * (25172 - 20995) - in5 * 20995 + z3;
    int o3 = in1 * (12299 - 7373) - in7 * 7373 + z4;

    int round = 1 << (shift - 1);
    put(0, sum + even3 + round, o3, shift);
    put(1, difference + even2 + round, o2, shift);
    put(2, difference - even2 + round, o1, shift);
    put(3, sum - even3 + round, o0, shift);
  }

  private void put(int i, int even, int odd, int shift) {
    line[i] = InverseDct.saturated((even + odd) >> shift);
    line[N - 1 - i] = InverseDct.saturated((even - odd) >> shift);
  }
}
