package dev.convoy.kernel.vector;

import dev.convoy.tensor.Layout;
import jdk.incubator.vector.FloatVector;

/** Copies from rows that begin where a table says. */
final class Gathering {
  private Gathering() {}

  /** Copies one vector of each of {@code count} rows. */
  static void vectors(
      int count, float[] from, int at, int[] rowAt, float[] to, int toAt, int toStep) {
    for (int i = 0; i < count; i++) {
      FloatVector.fromArray(Lanes.SPECIES, from, at + rowAt[i]).intoArray(to, toAt + i * toStep);
    }
  }

  /** Copies the 16 floats of each of {@code count} rows to a panel. */
  static void panel(int count, float[] from, int at, int[] rowAt, float[] to, int toAt) {
    for (int v = 0; v < Layout.LANES; v += Lanes.COUNT) {
      vectors(count, from, at + v, rowAt, to, toAt + v, Layout.LANES);
    }
  }

  /**
   * Lines up {@code runs} runs of each of {@code count} rows, one behind the other. Whole vectors
   * are copied: what one writes too much is overwritten by the next run, and {@code toStep} leaves
   * a vector's room behind the last.
   */
  static void runs(
      int count,
      float[] from,
      int at,
      int[] rowAt,
      int runs,
      int run,
      int runStep,
      float[] to,
      int toAt,
      int toStep) {
    for (int i = 0; i < runs; i++) {
      for (int v = 0; v < run; v += Lanes.COUNT) {
        vectors(count, from, at + i * runStep + v, rowAt, to, toAt + i * run + v, toStep);
      }
    }
  }
}
