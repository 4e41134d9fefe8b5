package dev.convoy.collective;

import java.util.List;
import java.util.stream.IntStream;

/**
 * A bucket of a vector cut into one contiguous slice per rank, which owns it. Slices begin at
 * multiples of {@value #ALIGNMENT} floats behind the bucket's beginning, so slices of short buckets
 * may be empty.
 *
 * @param bucket the part of the vector that is cut
 * @param ranks number of slices
 */
public record Slices(Range bucket, int ranks) {

  /**
   * Slices begin at multiples of this many floats, counted from the beginning of their bucket: the
   * block in which optimizers add up squares. If buckets begin at multiples of it, too, no block is
   * split between ranks.
   */
  public static final int ALIGNMENT = 1024;

  public Slices {
    if (ranks < 1) {
      throw new IllegalArgumentException("there must be at least 1 rank, got " + ranks);
    }
  }

  /** Returns the slice that {@code rank} owns. */
  public Range slice(int rank) {
    if (rank < 0 || rank >= ranks) {
      throw new IllegalArgumentException(
          "ranks are numbered 0 to " + (ranks - 1) + ", got " + rank);
    }
    int length = bucket.length();
    int lines = length / ALIGNMENT + (length % ALIGNMENT == 0 ? 0 : 1);
    Range share = Range.share(lines, ranks, rank);
    return new Range(cut(share.from()), cut(share.to()));
  }

  /** Returns the slices of all ranks, in rank order. */
  public List<Range> all() {
    return IntStream.range(0, ranks).mapToObj(this::slice).toList();
  }

  private int cut(int line) {
    return bucket.from() + (int) Math.min(bucket.length(), (long) line * ALIGNMENT);
  }
}
