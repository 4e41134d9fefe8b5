package dev.convoy.collective;

/**
 * Consecutive indices, {@code from} inclusive to {@code to} exclusive; may be empty.
 *
 * @param from first index, 0 or more
 * @param to one past the last index, {@code from} or more
 */
public record Range(int from, int to) {

  public Range {
    if (from < 0 || to < from) {
      throw new IllegalArgumentException(
          "a range goes from 0 or more upwards, got " + from + " to " + to);
    }
  }

  /** Returns the number of indices. */
  public int length() {
    return to - from;
  }

  /** Returns the indices that both have; an empty range within this one if there are none. */
  public Range intersection(Range other) {
    int begin = Math.min(to, Math.max(from, other.from));
    return new Range(begin, Math.max(begin, Math.min(to, other.to)));
  }

  /**
   * Returns part {@code index} of {@code total} items cut into {@code parts} contiguous parts whose
   * sizes differ by at most one; the first parts are the larger ones.
   */
  static Range share(int total, int parts, int index) {
    int size = total / parts;
    int larger = total % parts;
    int from = index * size + Math.min(index, larger);
    return new Range(from, from + size + (index < larger ? 1 : 0));
  }
}
