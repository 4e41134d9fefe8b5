package dev.convoy.data.decode.jpeg;

/** An inverse DCT that makes a square of samples of a block. */
interface InverseDct {
  /**
   * Transforms a block.
   *
   * @param samples receives the square, 0 to 255, by {@link #finish} at the latest
   * @param at where its first row begins
   * @param stride from each row to the next
   */
  void transform(Block block, byte[] samples, int at, int stride);

  /** Makes sure that the samples of all blocks so far are there. */
  default void finish() {}

  /** Forgets blocks of an image that was given up, whose samples are not there yet. */
  default void discard() {}

  /** Returns the transform that makes squares of that size: 8, 4, 2 or 1. */
  static InverseDct of(int size) {
    return switch (size) {
      case 8 -> new InverseDct8();
      case 4 -> new InverseDct4();
      case 2 -> new InverseDct2();
      default -> new InverseDct1();
    };
  }

  /**
   * Leaves 16 bits between the passes over a block that is not tame, as libjpeg-turbo does.
   *
   * @param wraps whether values wrap around, for it shifts columns of a single coefficient; else
   *     they saturate
   */
  static void narrow(int[] between, boolean wraps) {
    for (int i = 0; i < between.length; i++) {
      between[i] = wraps ? (short) between[i] : saturated(between[i]);
    }
  }

  /** Returns the nearest value of 16 bits. */
  static int saturated(int value) {
    return Math.min(Math.max(value, Short.MIN_VALUE), Short.MAX_VALUE);
  }

  /** Returns a sample of a value around 0. */
  static byte sample(int value) {
    return (byte) Math.min(Math.max(value + 128, 0), 255);
  }
}
