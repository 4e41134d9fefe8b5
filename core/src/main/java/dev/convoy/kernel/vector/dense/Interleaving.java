package dev.convoy.kernel.vector.dense;

/**
 * Copies numbers into the order in which a product broadcasts them: {@link #SLOTS} are contiguous
 * for each iteration of its loop, so that their addresses are a constant times the iteration.
 */
final class Interleaving {
  static final int SLOTS = 8;

  private Interleaving() {}

  /**
   * Copies {@code to[toAt + b*toStride + r*vectors + v] = from[at + min(v,last)*stride + b*rows +
   * r]} for {@code rows = SLOTS / vectors} elements r of each of the vectors v, and for all blocks
   * b.
   *
   * @param at where vector 0 begins
   * @param stride from one vector to the next
   * @param vectors 1, 2, 4 or 8
   * @param last the vectors beyond it are copies of it
   * @param blocks of {@code rows} elements
   * @param toStride from one block to the next
   */
  static void copy(
      float[] from,
      int at,
      int stride,
      int vectors,
      int last,
      int blocks,
      float[] to,
      int toAt,
      int toStride) {
    int rows = SLOTS / vectors;
    int at0 = at;
    int at1 = at + slot(1, vectors, last, stride);
    int at2 = at + slot(2, vectors, last, stride);
    int at3 = at + slot(3, vectors, last, stride);
    int at4 = at + slot(4, vectors, last, stride);
    int at5 = at + slot(5, vectors, last, stride);
    int at6 = at + slot(6, vectors, last, stride);
    int at7 = at + slot(7, vectors, last, stride);
    for (int b = 0; b < blocks; b++) {
      int i = b * rows;
      int o = toAt + b * toStride;
      to[o] = from[at0 + i];
      to[o + 1] = from[at1 + i];
      to[o + 2] = from[at2 + i];
      to[o + 3] = from[at3 + i];
      to[o + 4] = from[at4 + i];
      to[o + 5] = from[at5 + i];
      to[o + 6] = from[at6 + i];
      to[o + 7] = from[at7 + i];
    }
  }

  private static int slot(int slot, int vectors, int last, int stride) {
    return Math.min(slot % vectors, last) * stride + slot / vectors;
  }
}
