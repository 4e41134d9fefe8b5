package dev.convoy.data;

import java.util.Arrays;

/**
 * Collects the sums of {@link PixelSums} over images, grey ones and coloured ones: a grey pixel
 * among coloured ones counts as red, green and blue alike, as it is decoded then. Not thread-safe.
 */
public final class PixelStatistics {
  /** So many pixels that neither half of a sum of {@link #VALUE_AND_SQUARE} overflows. */
  private static final int CHUNK = 1 << 16;

  /** Each value itself, and from bit 32 on its square: one addition makes both sums. */
  private static final long[] VALUE_AND_SQUARE = new long[256];

  static {
    for (int value = 0; value < VALUE_AND_SQUARE.length; value++) {
      VALUE_AND_SQUARE[value] = (((long) value * value) << Integer.SIZE) | value;
    }
  }

  private long pixels;
  private long[] sum = new long[1];
  private long[] sumOfSquares = new long[1];

  /** Adds an image. */
  public void add(Pixels image) {
    int channels = image.channels();
    byte[] values = image.values();
    int chunk = CHUNK * channels;
    long[] its = new long[channels];
    long[] itsSquares = new long[channels];
    for (int from = 0; from < image.elements(); from += chunk) {
      int to = from + Math.min(chunk, image.elements() - from);
      for (int c = 0; c < channels; c++) {
        long both = 0;
        for (int i = from + c; i < to; i += channels) {
          both += VALUE_AND_SQUARE[values[i] & 0xff];
        }
        its[c] += both & 0xffff_ffffL;
        itsSquares[c] += both >>> Integer.SIZE;
      }
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

  /** Returns the sums over all images so far. */
  public PixelSums sums() {
    return pixels == 0
        ? PixelSums.UNKNOWN
        : new PixelSums(
            pixels,
            Arrays.stream(sum).boxed().toList(),
            Arrays.stream(sumOfSquares).boxed().toList());
  }
}
