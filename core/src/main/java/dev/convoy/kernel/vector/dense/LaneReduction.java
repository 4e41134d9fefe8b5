package dev.convoy.kernel.vector.dense;

import dev.convoy.kernel.vector.lanes.Lanes;
import dev.convoy.tensor.Layout;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/**
 * Adds up groups of 16 numbers, each in the balanced binary tree: (((0+1)+(2+3))+((4+5)+(6+7)))+….
 *
 * <p>Adding a row of 16 numbers to itself, shifted by one, gives the sums of neighbours in every
 * second lane; the other lanes take those of another row. So each of four levels halves the number
 * of rows, and after the last one lane l of a row is the sum of what was row l of 16:
 *
 * <pre>
 *   a0+a1  b0+b1  a2+a3  b2+b3 …        c0+c2  c1+c3  d0+d2  d1+d3 …
 * </pre>
 *
 * The shift is a load at another address, for no JDK up to 25 shuffles vectors as fast.
 */
final class LaneReduction {
  private static final float[] ODD = new float[5 * Layout.LANES];

  static {
    for (int i = 0; i < ODD.length; i++) {
      int shift = i / Layout.LANES;
      ODD[i] = i >> shift & 1;
    }
  }

  private LaneReduction() {}

  /**
   * Replaces the first {@code blocks} rows at {@code at} by the sums of {@code blocks} times 16
   * rows there.
   */
  static void add(float[] rows, int at, int blocks) {
    int pairs = blocks * Layout.LANES / 2;
    for (int level = 0; level < 4; level++) {
      if (1 << level < Lanes.COUNT) {
        for (int lane = 0; lane < Layout.LANES; lane += Lanes.COUNT) {
          blend(rows, at + lane, pairs, level);
        }
      } else {
        select(rows, at, pairs, 1 << level);
      }
      pairs /= 2;
    }
  }

  private static void blend(float[] rows, int at, int pairs, int level) {
    int shift = 1 << level;
    VectorMask<Float> odd =
        FloatVector.fromArray(Lanes.SPECIES, ODD, level * Layout.LANES)
            .compare(VectorOperators.GT, 0f);
    for (int pair = 0; pair < pairs; pair++) {
      int a = at + pair * 2 * Layout.LANES;
      int b = a + Layout.LANES;
      FloatVector left =
          FloatVector.fromArray(Lanes.SPECIES, rows, a)
              .add(FloatVector.fromArray(Lanes.SPECIES, rows, a + shift));
      FloatVector right =
          FloatVector.fromArray(Lanes.SPECIES, rows, b - shift)
              .add(FloatVector.fromArray(Lanes.SPECIES, rows, b));
      left.blend(right, odd).intoArray(rows, at + pair * Layout.LANES);
    }
  }

  /** Does the same where a vector lies wholly in one half. */
  private static void select(float[] rows, int at, int pairs, int shift) {
    for (int pair = 0; pair < pairs; pair++) {
      int from = at + pair * 2 * Layout.LANES;
      int to = at + pair * Layout.LANES;
      for (int lane = 0; lane < Layout.LANES; lane += Lanes.COUNT) {
        int a = from + lane + ((lane & shift) == 0 ? 0 : Layout.LANES - shift);
        FloatVector.fromArray(Lanes.SPECIES, rows, a)
            .add(FloatVector.fromArray(Lanes.SPECIES, rows, a + shift))
            .intoArray(rows, to + lane);
      }
    }
  }
}
