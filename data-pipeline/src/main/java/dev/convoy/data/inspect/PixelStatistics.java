package dev.convoy.data.inspect;

import dev.convoy.data.Pixels;

/**
 * Mean and standard deviation of each channel over all pixels, from exact sums of whole numbers, so
 * that the order of the images does not matter.
 */
public final class PixelStatistics {
  private static final double WHITE = 255;

  private final long[] sum;
  private final long[] sumOfSquares;
  private long pixels;

  /** Of no pixel yet. */
  PixelStatistics(int channels) {
    sum = new long[channels];
    sumOfSquares = new long[channels];
  }

  void add(Pixels image) {
    byte[] values = image.values();
    int channels = sum.length;
    for (int i = 0; i < image.elements(); i++) {
      int value = values[i] & 0xff;
      sum[i % channels] += value;
      sumOfSquares[i % channels] += (long) value * value;
    }
    pixels += (long) image.height() * image.width();
  }

  void add(PixelStatistics other) {
    for (int c = 0; c < sum.length; c++) {
      sum[c] += other.sum[c];
      sumOfSquares[c] += other.sumOfSquares[c];
    }
    pixels += other.pixels;
  }

  /** How many channels there are. */
  public int channels() {
    return sum.length;
  }

  /** The mean of a channel, pixels from 0 to 1. */
  public double mean(int channel) {
    return sum[channel] / (WHITE * pixels);
  }

  /** The standard deviation of a channel over all pixels, from 0 to 1. */
  public double deviation(int channel) {
    double mean = mean(channel);
    double meanSquare = sumOfSquares[channel] / (WHITE * WHITE * pixels);
    return Math.sqrt(Math.max(0, meanSquare - mean * mean));
  }
}
