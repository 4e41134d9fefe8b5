package dev.convoy.kernel.vector;

import jdk.incubator.vector.FloatVector;

/**
 * One tap of a convolution's input gradient: {@code inputGradient[pixelAt[p] + offset + c] += sum
 * over o of outputGradient[p,o] * filter[o,c]}, each element one chain in the order of o that goes
 * on from the value it finds.
 *
 * <p>Micro-kernel 8x1: eight pixels by one vector of input channels.
 */
final class ScatterProduct {
  private static final int ROWS = 8;

  private ScatterProduct() {}

  /**
   * @param pixels of the output
   * @param outputs terms of each sum
   * @param width floats from one pixel of {@code outputGradient} to the next
   * @param filterAt of (o,c) in {@code filter}, whose rows have {@code channels} floats
   * @param channels multiple of 16
   * @param pixelAt where in {@code inputGradient} each output pixel's window begins; the tap's
   *     {@code offset} is added
   */
  static void tap(
      int pixels,
      int outputs,
      float[] outputGradient,
      int width,
      float[] filter,
      int filterAt,
      int channels,
      float[] inputGradient,
      int[] pixelAt,
      int offset) {
    for (int c = 0; c < channels; c += Lanes.COUNT) {
      int f = filterAt + c;
      int to = offset + c;
      int p = 0;
      for (; p + ROWS <= pixels; p += ROWS) {
        eight(outputs, outputGradient, p, width, filter, f, channels, inputGradient, pixelAt, to);
      }
      for (; p < pixels; p++) {
        one(
            outputs,
            outputGradient,
            p * width,
            filter,
            f,
            channels,
            inputGradient,
            pixelAt[p] + to);
      }
    }
  }

  private static void eight(
      int outputs,
      float[] outputGradient,
      int p,
      int width,
      float[] filter,
      int filterAt,
      int channels,
      float[] inputGradient,
      int[] pixelAt,
      int offset) {
    int from = p * width;
    int at0 = from;
    int at1 = from + width;
    int at2 = from + 2 * width;
    int at3 = from + 3 * width;
    int at4 = from + 4 * width;
    int at5 = from + 5 * width;
    int at6 = from + 6 * width;
    int at7 = from + 7 * width;
    int to0 = pixelAt[p] + offset;
    int to1 = pixelAt[p + 1] + offset;
    int to2 = pixelAt[p + 2] + offset;
    int to3 = pixelAt[p + 3] + offset;
    int to4 = pixelAt[p + 4] + offset;
    int to5 = pixelAt[p + 5] + offset;
    int to6 = pixelAt[p + 6] + offset;
    int to7 = pixelAt[p + 7] + offset;
    FloatVector sum0 = FloatVector.fromArray(Lanes.SPECIES, inputGradient, to0);
    FloatVector sum1 = FloatVector.fromArray(Lanes.SPECIES, inputGradient, to1);
    FloatVector sum2 = FloatVector.fromArray(Lanes.SPECIES, inputGradient, to2);
    FloatVector sum3 = FloatVector.fromArray(Lanes.SPECIES, inputGradient, to3);
    FloatVector sum4 = FloatVector.fromArray(Lanes.SPECIES, inputGradient, to4);
    FloatVector sum5 = FloatVector.fromArray(Lanes.SPECIES, inputGradient, to5);
    FloatVector sum6 = FloatVector.fromArray(Lanes.SPECIES, inputGradient, to6);
    FloatVector sum7 = FloatVector.fromArray(Lanes.SPECIES, inputGradient, to7);
    int f = filterAt;
    for (int o = 0; o < outputs; o++) {
      FloatVector weights = FloatVector.fromArray(Lanes.SPECIES, filter, f);
      f += channels;
      sum0 = weights.fma(FloatVector.broadcast(Lanes.SPECIES, outputGradient[at0 + o]), sum0);
      sum1 = weights.fma(FloatVector.broadcast(Lanes.SPECIES, outputGradient[at1 + o]), sum1);
      sum2 = weights.fma(FloatVector.broadcast(Lanes.SPECIES, outputGradient[at2 + o]), sum2);
      sum3 = weights.fma(FloatVector.broadcast(Lanes.SPECIES, outputGradient[at3 + o]), sum3);
      sum4 = weights.fma(FloatVector.broadcast(Lanes.SPECIES, outputGradient[at4 + o]), sum4);
      sum5 = weights.fma(FloatVector.broadcast(Lanes.SPECIES, outputGradient[at5 + o]), sum5);
      sum6 = weights.fma(FloatVector.broadcast(Lanes.SPECIES, outputGradient[at6 + o]), sum6);
      sum7 = weights.fma(FloatVector.broadcast(Lanes.SPECIES, outputGradient[at7 + o]), sum7);
    }
    sum0.intoArray(inputGradient, to0);
    sum1.intoArray(inputGradient, to1);
    sum2.intoArray(inputGradient, to2);
    sum3.intoArray(inputGradient, to3);
    sum4.intoArray(inputGradient, to4);
    sum5.intoArray(inputGradient, to5);
    sum6.intoArray(inputGradient, to6);
    sum7.intoArray(inputGradient, to7);
  }

  private static void one(
      int outputs,
      float[] outputGradient,
      int from,
      float[] filter,
      int filterAt,
      int channels,
      float[] inputGradient,
      int to) {
    FloatVector sum = FloatVector.fromArray(Lanes.SPECIES, inputGradient, to);
    int f = filterAt;
    for (int o = 0; o < outputs; o++) {
      FloatVector weights = FloatVector.fromArray(Lanes.SPECIES, filter, f);
      f += channels;
      sum = weights.fma(FloatVector.broadcast(Lanes.SPECIES, outputGradient[from + o]), sum);
    }
    sum.intoArray(inputGradient, to);
  }
}
