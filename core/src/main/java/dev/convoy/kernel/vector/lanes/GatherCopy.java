package dev.convoy.kernel.vector.lanes;

import jdk.incubator.vector.FloatVector;

/**
 * Copies rows of a few vectors each, whose offsets from the row's beginning are arbitrary, both
 * where they are read and where they are written. Some vectors of all rows are copied, then the
 * next ones, which are mostly a few neighbouring cache lines.
 *
 * <p>An object holds the offsets and the memory to read from; each worker has its own.
 */
public final class GatherCopy extends WorkerState {
  final int[] from;
  final int[] to;
  private int vectors;

  float[] values;
  int at;

  /** Where each row begins, relative to {@link #at}, from {@link #row} on; or null. */
  int[] rowAt;

  int row;

  /** The distance from one row to the next, if {@link #rowAt} is null. */
  int stride;

  /**
   * @param most vectors of a row
   */
  public GatherCopy(int most) {
    from = new int[most];
    to = new int[most];
  }

  /** Forgets all vectors. */
  public void clear() {
    vectors = 0;
  }

  /** Adds a vector: where it is read and where it is written. */
  public void add(int read, int written) {
    from[vectors] = read;
    to[vectors++] = written;
  }

  /** Sets the rows to read, of which the i-th begins at {@code at + rowAt[row + i]}. */
  public GatherCopy read(float[] values, int at, int[] rowAt, int row) {
    this.values = values;
    this.at = at;
    this.rowAt = rowAt;
    this.row = row;
    return this;
  }

  /** Sets the rows to read, which are {@code stride} apart. */
  public GatherCopy read(float[] values, int at, int stride) {
    this.stride = stride;
    return read(values, at, null, 0);
  }

  /** Copies rows to {@code target}, where they are {@code step} apart. */
  public void copy(int rows, float[] target, int targetAt, int step) {
    int v = 0;
    for (; v + GatherMicroKernel.VECTORS <= vectors; v += GatherMicroKernel.VECTORS) {
      if (rowAt == null) {
        GatherMicroKernel.strided4(this, v, rows, target, targetAt, step);
      } else {
        GatherMicroKernel.indexed4(this, v, rows, target, targetAt, step);
      }
    }
    for (; v < vectors; v++) {
      if (rowAt == null) {
        GatherMicroKernel.strided1(this, v, rows, target, targetAt, step);
      } else {
        GatherMicroKernel.indexed1(this, v, rows, target, targetAt, step);
      }
    }
  }

  /** Writes zeros to rows. */
  public void clear(int rows, float[] target, int targetAt, int step) {
    FloatVector zero = FloatVector.zero(Lanes.SPECIES);
    for (int v = 0; v < vectors; v++) {
      int write = targetAt + to[v];
      for (int i = 0; i < rows; i++) {
        zero.intoArray(target, write + i * step);
      }
    }
  }
}
