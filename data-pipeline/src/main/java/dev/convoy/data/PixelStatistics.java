package dev.convoy.data;

import java.util.Arrays;

/**
 * Collects the sums of {@link PixelSums} over images, grey ones and coloured ones: a grey pixel
 * among coloured ones counts as red, green and blue alike, as it is decoded then. Not thread-safe.
 */
public final class PixelStatistics {
  private long pixels;
  private long[] sum = new long[1];
  private long[] sumOfSquares = new long[1];

  /** Adds an image. */
  public void add(Pixels image) {
    int channels = image.channels();
    byte[] values = image.values();
    int elements = image.elements();
    long[] its = new long[channels];
    long[] itsSquares = new long[channels];
    for (int c = 0; c < channels; c++) {
      long total = 0;
      long squares = 0;
      for (int i = c; i < elements; i += channels) {
        int value = values[i] & 0xff;
        total += value;
        squares += (long) value * value;
      }
      its[c] = total;
      itsSquares[c] = squares;
    }
    add((long) image.height() * image.width(), its, itsSquares);
  }

  /** Adds what others have collected. */
  public void add(PixelSums other) {
    if (other.known()) {
      add(
          other.pixels(),
          other.sum().stream().mapToLong(Long::longValue).toArray(),
          other.sumOfSquares().stream().mapToLong(Long::longValue).toArray());
    }
  }

  private void add(long count, long[] its, long[] itsSquares) {
    int channels = Math.max(sum.length, its.length);
    sum = inChannels(sum, channels);
    sumOfSquares = inChannels(sumOfSquares, channels);
    long[] more = inChannels(its, channels);
    long[] moreSquares = inChannels(itsSquares, channels);
    for (int c = 0; c < channels; c++) {
      sum[c] += more[c];
      sumOfSquares[c] += moreSquares[c];
    }
    pixels += count;
  }

  private static long[] inChannels(long[] sums, int channels) {
    if (sums.length == channels) {
      return sums;
    }
    if (sums.length != 1) {
      throw new IllegalArgumentException(
          "pixels of " + sums.length + " channels cannot be counted as " + channels);
    }
    long[] repeated = new long[channels];
    Arrays.fill(repeated, sums[0]);
    return repeated;
  }

  /** The sums over all images so far. */
  public PixelSums sums() {
    return pixels == 0
        ? PixelSums.UNKNOWN
        : new PixelSums(
            pixels,
            Arrays.stream(sum).boxed().toList(),
            Arrays.stream(sumOfSquares).boxed().toList());
  }
}
