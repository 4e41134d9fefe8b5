package dev.convoy.train;

import dev.convoy.collective.Range;

/**
 * A part of the optimizer's state that one executor contributes to a checkpoint.
 *
 * @param range of the flat vector
 * @param values of the range, from element 0 on
 */
@SuppressWarnings("ArrayRecordComponent") // A view of arrays; never compared.
public record StateSlice(Range range, float[] values) {
  /** Returns a slice of zeros. */
  public static StateSlice zeros(Range range) {
    return new StateSlice(range, new float[range.length()]);
  }

  /**
   * Copies what this slice has of another range.
   *
   * @param from of the flat vector
   * @param source has the values of that range from {@code at} on
   * @return how many were copied; 0 if the ranges do not overlap
   */
  public int copyFrom(Range from, float[] source, int at) {
    Range both = range.intersection(from);
    if (both.length() > 0) {
      int begin = at + both.from() - from.from();
      System.arraycopy(source, begin, values, both.from() - range.from(), both.length());
    }
    return both.length();
  }
}
