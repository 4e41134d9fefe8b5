package dev.convoy.kernel.vector;

import jdk.incubator.vector.FloatVector;

/**
 * A matrix product whose rows are gathered: {@code output[p,o] = initial[o] + sum over k of
 * input[pixelAt[p] + tapAt[k]] * filter[k,o]}, each element one chain in the order of k. Serves
 * convolution (a row is what a filter sees at a pixel) and fully connected layers (a row is an
 * image).
 *
 * <p>Micro-kernel 8x1: eight pixels by one vector of outputs; the filter's vector is loaded once
 * for eight fused multiply-adds. The initial values come as an array, for a vector that is passed
 * to a method is boxed, and with it every sum that begins with it.
 */
final class PixelProduct {
  private static final int ROWS = 8;

  private PixelProduct() {}

  /**
   * @param pixels rows of the product
   * @param pixelAt where each row begins in {@code input}
   * @param tapAt what each k adds to it
   * @param filterAt of (k,o) in {@code filter}, whose rows have {@code width} floats
   * @param initial has the {@code width} values that the sums begin with, from {@code initialAt} on
   * @param width multiple of 16; the output's rows have as many floats
   */
  static void run(
      int pixels,
      int[] pixelAt,
      int[] tapAt,
      float[] input,
      float[] filter,
      int filterAt,
      float[] initial,
      int initialAt,
      int width,
      float[] output) {
    for (int o = 0; o < width; o += Lanes.COUNT) {
      int first = initialAt + o;
      int p = 0;
      for (; p + ROWS <= pixels; p += ROWS) {
        eight(pixelAt, p, tapAt, input, filter, filterAt + o, initial, first, width, output, o);
      }
      for (; p < pixels; p++) {
        one(
            pixelAt[p],
            tapAt,
            input,
            filter,
            filterAt + o,
            initial,
            first,
            width,
            output,
            p * width + o);
      }
    }
  }

  private static void eight(
      int[] pixelAt,
      int p,
      int[] tapAt,
      float[] input,
      float[] filter,
      int filterAt,
      float[] initial,
      int initialAt,
      int width,
      float[] output,
      int o) {
    int at0 = pixelAt[p];
    int at1 = pixelAt[p + 1];
    int at2 = pixelAt[p + 2];
    int at3 = pixelAt[p + 3];
    int at4 = pixelAt[p + 4];
    int at5 = pixelAt[p + 5];
    int at6 = pixelAt[p + 6];
    int at7 = pixelAt[p + 7];
    FloatVector sum0 = FloatVector.fromArray(Lanes.SPECIES, initial, initialAt);
    FloatVector sum1 = FloatVector.fromArray(Lanes.SPECIES, initial, initialAt);
    FloatVector sum2 = FloatVector.fromArray(Lanes.SPECIES, initial, initialAt);
    FloatVector sum3 = FloatVector.fromArray(Lanes.SPECIES, initial, initialAt);
    FloatVector sum4 = FloatVector.fromArray(Lanes.SPECIES, initial, initialAt);
    FloatVector sum5 = FloatVector.fromArray(Lanes.SPECIES, initial, initialAt);
    FloatVector sum6 = FloatVector.fromArray(Lanes.SPECIES, initial, initialAt);
    FloatVector sum7 = FloatVector.fromArray(Lanes.SPECIES, initial, initialAt);
    int f = filterAt;
    for (int k = 0; k < tapAt.length; k++) {
      int tap = tapAt[k];
      FloatVector weights = FloatVector.fromArray(Lanes.SPECIES, filter, f);
      f += width;
      sum0 = weights.fma(FloatVector.broadcast(Lanes.SPECIES, input[at0 + tap]), sum0);
      sum1 = weights.fma(FloatVector.broadcast(Lanes.SPECIES, input[at1 + tap]), sum1);
      sum2 = weights.fma(FloatVector.broadcast(Lanes.SPECIES, input[at2 + tap]), sum2);
      sum3 = weights.fma(FloatVector.broadcast(Lanes.SPECIES, input[at3 + tap]), sum3);
      sum4 = weights.fma(FloatVector.broadcast(Lanes.SPECIES, input[at4 + tap]), sum4);
      sum5 = weights.fma(FloatVector.broadcast(Lanes.SPECIES, input[at5 + tap]), sum5);
      sum6 = weights.fma(FloatVector.broadcast(Lanes.SPECIES, input[at6 + tap]), sum6);
      sum7 = weights.fma(FloatVector.broadcast(Lanes.SPECIES, input[at7 + tap]), sum7);
    }
    int to = p * width + o;
    sum0.intoArray(output, to);
    sum1.intoArray(output, to + width);
    sum2.intoArray(output, to + 2 * width);
    sum3.intoArray(output, to + 3 * width);
    sum4.intoArray(output, to + 4 * width);
    sum5.intoArray(output, to + 5 * width);
    sum6.intoArray(output, to + 6 * width);
    sum7.intoArray(output, to + 7 * width);
  }

  private static void one(
      int at,
      int[] tapAt,
      float[] input,
      float[] filter,
      int filterAt,
      float[] initial,
      int initialAt,
      int width,
      float[] output,
      int to) {
    FloatVector sum = FloatVector.fromArray(Lanes.SPECIES, initial, initialAt);
    int f = filterAt;
    for (int k = 0; k < tapAt.length; k++) {
      FloatVector weights = FloatVector.fromArray(Lanes.SPECIES, filter, f);
      f += width;
      sum = weights.fma(FloatVector.broadcast(Lanes.SPECIES, input[at + tapAt[k]]), sum);
    }
    sum.intoArray(output, to);
  }
}
