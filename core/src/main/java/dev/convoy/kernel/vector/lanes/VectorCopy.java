package dev.convoy.kernel.vector.lanes;

import jdk.incubator.vector.FloatVector;

/** Copies rows of vectors, the i-th of which is at {@code at + i * step}. */
public final class VectorCopy {
  private VectorCopy() {}

  /** Copies {@code count} vectors. */
  public static void copy(
      int count, float[] from, int at, int step, float[] to, int toAt, int toStep) {
    for (int i = 0; i < count; i++) {
      FloatVector.fromArray(Lanes.SPECIES, from, at + i * step).intoArray(to, toAt + i * toStep);
    }
  }

  /** Adds {@code count} vectors to those at the target. */
  public static void add(
      int count, float[] from, int at, int step, float[] to, int toAt, int toStep) {
    for (int i = 0; i < count; i++) {
      FloatVector there = FloatVector.fromArray(Lanes.SPECIES, to, toAt + i * toStep);
      there
          .add(FloatVector.fromArray(Lanes.SPECIES, from, at + i * step))
          .intoArray(to, toAt + i * toStep);
    }
  }
}
