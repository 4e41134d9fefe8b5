package dev.convoy.kernel.vector.lanes;

import jdk.incubator.vector.FloatVector;

/**
 * Copies rows, each of which is a few vectors that lie anywhere, relative to the row's begin, both
 * where they are read and where they are written. Four vectors of all rows are copied, then the
 * next four: mostly a few cache lines that lie together.
 *
 * <p>Of one worker.
 */
public final class GatherCopy {
  private final int[] from;
  private final int[] to;
  private int vectors;

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

  /** Copies rows of which the i-th is read at {@code at + rowAt[row + i]}. */
  public void copy(
      int rows,
      float[] values,
      int at,
      int[] rowAt,
      int row,
      float[] target,
      int targetAt,
      int toStep) {
    int v = 0;
    for (; v + 4 <= vectors; v += 4) {
      four(v, rows, values, at, rowAt, row, target, targetAt, toStep);
    }
    for (; v < vectors; v++) {
      int write = targetAt + to[v];
      one(rows, values, at + from[v], rowAt, row, target, write, toStep);
    }
  }

  private void four(
      int v,
      int rows,
      float[] values,
      int at,
      int[] rowAt,
      int row,
      float[] target,
      int targetAt,
      int step) {
    int from0 = at + from[v];
    int from1 = at + from[v + 1];
    int from2 = at + from[v + 2];
    int from3 = at + from[v + 3];
    int to0 = targetAt + to[v];
    int to1 = targetAt + to[v + 1];
    int to2 = targetAt + to[v + 2];
    int to3 = targetAt + to[v + 3];
    for (int i = 0; i < rows; i++) {
      int read = rowAt[row + i];
      int write = i * step;
      FloatVector.fromArray(Lanes.SPECIES, values, from0 + read).intoArray(target, to0 + write);
      FloatVector.fromArray(Lanes.SPECIES, values, from1 + read).intoArray(target, to1 + write);
      FloatVector.fromArray(Lanes.SPECIES, values, from2 + read).intoArray(target, to2 + write);
      FloatVector.fromArray(Lanes.SPECIES, values, from3 + read).intoArray(target, to3 + write);
    }
  }

  private static void one(
      int rows, float[] values, int at, int[] rowAt, int row, float[] target, int to, int step) {
    for (int i = 0; i < rows; i++) {
      FloatVector.fromArray(Lanes.SPECIES, values, at + rowAt[row + i])
          .intoArray(target, to + i * step);
    }
  }

  /** Copies rows that are {@code step} apart. */
  public void copy(
      int rows, float[] values, int at, int step, float[] target, int targetAt, int toStep) {
    int v = 0;
    for (; v + 4 <= vectors; v += 4) {
      four(v, rows, values, at, step, target, targetAt, toStep);
    }
    for (; v < vectors; v++) {
      int write = targetAt + to[v];
      VectorCopy.copy(rows, values, at + from[v], step, target, write, toStep);
    }
  }

  private void four(
      int v, int rows, float[] values, int at, int step, float[] target, int targetAt, int toStep) {
    int from0 = at + from[v];
    int from1 = at + from[v + 1];
    int from2 = at + from[v + 2];
    int from3 = at + from[v + 3];
    int to0 = targetAt + to[v];
    int to1 = targetAt + to[v + 1];
    int to2 = targetAt + to[v + 2];
    int to3 = targetAt + to[v + 3];
    for (int i = 0; i < rows; i++) {
      int read = i * step;
      int write = i * toStep;
      FloatVector.fromArray(Lanes.SPECIES, values, from0 + read).intoArray(target, to0 + write);
      FloatVector.fromArray(Lanes.SPECIES, values, from1 + read).intoArray(target, to1 + write);
      FloatVector.fromArray(Lanes.SPECIES, values, from2 + read).intoArray(target, to2 + write);
      FloatVector.fromArray(Lanes.SPECIES, values, from3 + read).intoArray(target, to3 + write);
    }
  }

  /** Writes zeros to rows. */
  public void clear(int rows, float[] target, int targetAt, int toStep) {
    FloatVector zero = FloatVector.zero(Lanes.SPECIES);
    for (int v = 0; v < vectors; v++) {
      int write = targetAt + to[v];
      for (int i = 0; i < rows; i++) {
        zero.intoArray(target, write + i * toStep);
      }
    }
  }
}
