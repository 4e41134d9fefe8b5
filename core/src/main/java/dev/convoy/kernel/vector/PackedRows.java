package dev.convoy.kernel.vector;

import jdk.incubator.vector.FloatVector;

/**
 * The left operand of a {@link RowProduct}: blocks of {@link RowProduct#TERMS} terms, in each of
 * them these terms of one row after the other. Element (r,k) is at {@code k / TERMS * blockStep + r
 * * STEP + k % TERMS}, so that one address leads to all rows of a tile.
 *
 * <p>An object packs rows whose terms lie in a few runs; of one worker.
 */
final class PackedRows {
  /** Where each vector of a row is read and written, relative to the row's first term. */
  private final int[] from;

  private final int[] to;

  /**
   * @param terms that are packed at a time
   * @param run of terms that lie together, at least
   */
  PackedRows(int terms, int run) {
    int pieces = blocks(terms) + terms / run + 2;
    from = new int[pieces + terms / Lanes.COUNT];
    to = new int[from.length];
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
    int vectors = 0;
    int count;
    for (int t = 0; t < terms; t += count) {
      int k = firstTerm + t;
      int inBlock = t % RowProduct.TERMS;
      count = Math.min(Math.min(RowProduct.TERMS - inBlock, run - k % run), terms - t);
      for (int v = 0; v < count; v += Lanes.COUNT) {
        from[vectors] = k / run * runStep + k % run + v;
        to[vectors++] = t / RowProduct.TERMS * blockStep(rows) + inBlock + v;
      }
    }
    for (int r = 0; r < rows; r++) {
      copy(vectors, values, at + rowAt[row + r], packed, packedAt + r * RowProduct.STEP);
    }
  }

  private void copy(int vectors, float[] values, int at, float[] packed, int packedAt) {
    for (int i = 0; i < vectors; i++) {
      FloatVector.fromArray(Lanes.SPECIES, values, at + from[i])
          .intoArray(packed, packedAt + to[i]);
    }
  }
}
