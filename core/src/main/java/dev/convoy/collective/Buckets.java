package dev.convoy.collective;

import dev.convoy.tensor.Layout;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/**
 * A vector cut into contiguous buckets, each of which is summed and gathered on its own, so that
 * the gradient of one bucket travels while the next one is computed. No result depends on how the
 * vector is cut.
 *
 * <p>Backward completes the vector from its end, so buckets are cut from there. {@link #of} cuts it
 * evenly, at multiples of {@link Slices#ALIGNMENT}, as an optimizer that needs norms has to have
 * it. {@link #ofParts} cuts it where the parts of backward end, so that nothing of a part must be
 * kept until the next one is complete.
 *
 * @param length floats in the vector
 * @param ranges of the buckets, in the order of the vector; together they are all of it
 */
public record Buckets(int length, List<Range> ranges) {

  public Buckets {
    ranges = List.copyOf(ranges);
    int end = 0;
    for (Range range : ranges) {
      if (range.from() != end || range.from() % Layout.LANES != 0) {
        throw new IllegalArgumentException(
            "a bucket must begin at "
                + end
                + ", where the one before it ends, and at a multiple of "
                + Layout.LANES
                + " floats; got "
                + range.from());
      }
      end = range.to();
    }
    if (end != length) {
      throw new IllegalArgumentException(
          "the buckets end at " + end + ", but the vector has " + length + " floats");
    }
  }

  /** Returns the whole vector as one bucket. */
  public static Buckets single(int length) {
    return new Buckets(length, List.of(new Range(0, length)));
  }

  /**
   * Cuts a vector.
   *
   * @param size floats of a bucket, at least 1; rounded up to a multiple of {@link
   *     Slices#ALIGNMENT}
   */
  public static Buckets of(int length, int size) {
    if (size < 1) {
      throw new IllegalArgumentException("a bucket has at least 1 float, got " + size);
    }
    long lines = ((long) size + Slices.ALIGNMENT - 1) / Slices.ALIGNMENT;
    long step = lines * Slices.ALIGNMENT;
    List<Range> ranges = new ArrayList<>();
    int end = length;
    // The vector's end need not be a multiple of the alignment; all other ends are.
    long from = roundUp(length) - step;
    while (end > 0) {
      int begin = (int) Math.max(0, from);
      ranges.add(new Range(begin, end));
      end = begin;
      from -= step;
    }
    if (ranges.isEmpty()) {
      ranges.add(new Range(0, 0));
    }
    Collections.reverse(ranges);
    return new Buckets(length, ranges);
  }

  /**
   * Cuts a vector where parts of it end. Neighbours share a bucket until they have its size; one
   * that is longer is cut into equal buckets of about that size.
   *
   * @param starts where the parts begin, ascending from 0; multiples of 16
   * @param length where the last part ends
   * @param size floats of a bucket, at least 1; rounded up to a multiple of {@link
   *     Slices#ALIGNMENT}
   */
  public static Buckets ofParts(List<Integer> starts, int length, int size) {
    if (size < 1) {
      throw new IllegalArgumentException("a bucket has at least 1 float, got " + size);
    }
    long least = roundUp(size);
    List<Range> ranges = new ArrayList<>();
    int end = length;
    for (int part = starts.size() - 1; part >= 0; part--) {
      int from = starts.get(part);
      if (part == 0 || end - from >= least) {
        int buckets = (int) Math.max(1, (end - from + least / 2) / least);
        int each = (int) roundUp((end - from + buckets - 1) / buckets);
        for (int last = (end - from - 1) / each; last >= 0; last--) {
          ranges.add(new Range(from + last * each, Math.min(end, from + (last + 1) * each)));
        }
        end = from;
      }
    }
    Collections.reverse(ranges);
    return ranges.isEmpty() ? single(length) : new Buckets(length, ranges);
  }

  private static long roundUp(int length) {
    return ((long) length + Slices.ALIGNMENT - 1) / Slices.ALIGNMENT * Slices.ALIGNMENT;
  }

  /** Returns the sizes, in the words in which ranks compare them. */
  String sizes() {
    int largest = ranges.stream().mapToInt(Range::length).max().orElse(0);
    return String.format(
        Locale.ROOT, "%,d floats in %,d buckets of up to %,d", length, count(), largest);
  }

  /** Returns the number of buckets. */
  public int count() {
    return ranges.size();
  }

  /** Returns a bucket, counted from the vector's beginning. */
  public Range range(int bucket) {
    return ranges.get(bucket);
  }
}
