package dev.convoy.kernel.vector.dense;

import dev.convoy.kernel.vector.lanes.WorkerState;

/**
 * Copies numbers into the order in which a product broadcasts them: {@link #SLOTS} are contiguous
 * for each iteration of its loop, so that their addresses are a constant times the iteration. A
 * block has elements r in [0, SLOTS / vectors) of some vectors v, in slot {@code r * vectors + v}.
 *
 * <p>An object says where the slots are read; each worker has its own.
 */
final class Interleaving extends WorkerState {
  static final int SLOTS = 8;

  private final int[] slotAt = new int[SLOTS];
  private int rows;

  /**
   * Sets which vectors are copied.
   *
   * @param vectors 1, 2, 4 or 8
   * @param last the vectors beyond it are copies of it
   * @param stride from one vector to the next
   */
  Interleaving of(int vectors, int last, int stride) {
    rows = SLOTS / vectors;
    for (int slot = 0; slot < SLOTS; slot++) {
      slotAt[slot] = Math.min(slot % vectors, last) * stride + slot / vectors;
    }
    return this;
  }

  /**
   * Copies some blocks.
   *
   * @param at where vector 0 begins
   * @param step from one block to the next in {@code to}
   */
  void copy(int blocks, float[] from, int at, float[] to, int toAt, int step) {
    InterleavingMicroKernel.copy(slotAt, rows, blocks, from, at, to, toAt, step);
  }
}
