package dev.convoy.collective;

import java.util.List;

/**
 * What the arrays given to a reduce-scatter must be like.
 *
 * @param count how many partial sums this rank has
 * @param bucket the part of them that is added
 * @param slice the part of the sum that this rank gets
 */
record Partials(int count, Range bucket, Range slice) {

  /** Refuses arrays that are too few or too short. */
  void check(List<float[]> partials, float[] sliceSum) {
    if (partials.size() != count) {
      throw new IllegalArgumentException(
          "this rank has " + count + " subtrees, got " + partials.size() + " partial sums");
    }
    for (int i = 0; i < partials.size(); i++) {
      requireLength("a partial sum", bucket.to(), partials.get(i).length);
    }
    requireLength("the sum's slice", slice.length(), sliceSum.length);
  }

  private static void requireLength(String what, int least, int actual) {
    if (actual < least) {
      throw new IllegalArgumentException(
          what + " has at least " + least + " floats, got an array of " + actual);
    }
  }
}
