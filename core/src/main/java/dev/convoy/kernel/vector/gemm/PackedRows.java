package dev.convoy.kernel.vector.gemm;

import dev.convoy.kernel.vector.lanes.GatherCopy;
import dev.convoy.kernel.vector.lanes.Lanes;

/**
 * The left operand of a {@link GemmMicroKernelRows}: blocks of {@link GemmMicroKernelRows#TERMS}
 * terms, each of which has these terms of all rows, one row after the other. Element (r,k) is at
 * {@code k / TERMS * blockStep + r * STEP + k % TERMS}, so that one address leads to all rows of a
 * tile.
 *
 * <p>An object packs rows whose terms lie in a few runs; each worker has its own.
 */
public final class PackedRows {
  private final GatherCopy gathering;

  /**
   * @param terms that are packed at a time
   * @param run of terms that lie together, at least
   */
  public PackedRows(int terms, int run) {
    int pieces = blocks(terms) + terms / run + 2;
    gathering = new GatherCopy(pieces + terms / Lanes.COUNT);
  }

  /** Returns the number of blocks of so many terms. */
  public static int blocks(int terms) {
    return (terms + GemmMicroKernelRows.TERMS - 1) / GemmMicroKernelRows.TERMS;
  }

  /** Returns the distance in floats from one block to the next. */
  public static int blockStep(int rows) {
    return rows * GemmMicroKernelRows.STEP;
  }

  /** Returns the length in floats of so many rows and terms. */
  public static int length(int rows, int terms) {
    return Math.multiplyExact(blocks(terms), blockStep(rows));
  }

  /** Returns the first term of a part of a sum that is cut into equal parts of whole blocks. */
  public static int partAt(int part, int parts, int terms) {
    return part == parts ? terms : blocks(terms) * part / parts * GemmMicroKernelRows.TERMS;
  }

  /**
   * Packs {@code terms} terms, from {@code firstTerm} on, of {@code rows} rows, from {@code row}
   * on. Whole vectors are read and written; lanes beyond a run are overwritten by the next run, or
   * fall into the space behind each row.
   */
  public void pack(
      RowSource source, int row, int rows, int firstTerm, int terms, float[] packed, int packedAt) {
    int run = source.run();
    gathering.clear();
    int count;
    for (int t = 0; t < terms; t += count) {
      int k = firstTerm + t;
      int inBlock = t % GemmMicroKernelRows.TERMS;
      count = Math.min(Math.min(GemmMicroKernelRows.TERMS - inBlock, run - k % run), terms - t);
      for (int v = 0; v < count; v += Lanes.COUNT) {
        int written = t / GemmMicroKernelRows.TERMS * blockStep(rows) + inBlock + v;
        gathering.add(k / run * source.runStep() + k % run + v, written);
      }
    }
    gathering
        .read(source.values(), source.at(), source.rowAt(), row)
        .copy(rows, packed, packedAt, GemmMicroKernelRows.STEP);
  }
}
