package dev.convoy.kernel.vector;

/**
 * The left operand of a {@link RowProduct}: blocks of {@link RowProduct#TERMS} terms, in each of
 * them these terms of one row after the other. Element (r,k) is at {@code k / TERMS * blockStep + r
 * * STEP + k % TERMS}, so that one address leads to all rows of a tile.
 *
 * <p>An object packs rows whose terms lie in a few runs; of one worker.
 */
final class PackedRows {
  private final Gathering gathering;

  /**
   * @param terms that are packed at a time
   * @param run of terms that lie together, at least
   */
  PackedRows(int terms, int run) {
    int pieces = blocks(terms) + terms / run + 2;
    gathering = new Gathering(pieces + terms / Lanes.COUNT);
  }

  /** Blocks of so many terms. */
  static int blocks(int terms) {
    return (terms + RowProduct.TERMS - 1) / RowProduct.TERMS;
  }

  /** From one block to the next. */
  static int blockStep(int rows) {
    return rows * RowProduct.STEP;
  }

  /** Floats of so many rows and terms. */
  static int length(int rows, int terms) {
    return Math.multiplyExact(blocks(terms), blockStep(rows));
  }

  /** The first term of a part of a sum that is cut into equal parts of whole blocks. */
  static int partAt(int part, int parts, int terms) {
    return part == parts ? terms : blocks(terms) * part / parts * RowProduct.TERMS;
  }

  /**
   * Packs some terms of rows: term k of row r is at {@code at + rowAt[row + r] + k / run * runStep
   * + k % run}. Whole vectors are read and written; what is too much is overwritten by the next
   * run, or goes to the vector's room behind each row.
   */
  void pack(
      int rows,
      float[] values,
      int at,
      int[] rowAt,
      int row,
      int run,
      int runStep,
      int firstTerm,
      int terms,
      float[] packed,
      int packedAt) {
    gathering.clear();
    int count;
    for (int t = 0; t < terms; t += count) {
      int k = firstTerm + t;
      int inBlock = t % RowProduct.TERMS;
      count = Math.min(Math.min(RowProduct.TERMS - inBlock, run - k % run), terms - t);
      for (int v = 0; v < count; v += Lanes.COUNT) {
        int written = t / RowProduct.TERMS * blockStep(rows) + inBlock + v;
        gathering.add(k / run * runStep + k % run + v, written);
      }
    }
    gathering.copy(rows, values, at, rowAt, row, packed, packedAt, RowProduct.STEP);
  }
}
