package dev.convoy.kernel.vector;

import jdk.incubator.vector.FloatVector;

/**
 * One tap of a convolution's input gradient along a row: {@code inputGradient[to + i * step, c] +=
 * sum over o of outputGradient[from + i * width, o] * filter[o,c]}, each element one chain in the
 * order of o that goes on from the value it finds.
 *
 * <p>Micro-kernel 8x1: eight pixels by one vector of input channels.
 */
final class ScatterProduct {
  private static final int ROWS = 8;

  private ScatterProduct() {}

  /**
   * @param pixels of the row
   * @param outputs terms of each sum
   * @param from of the first pixel in {@code outputGradient}
   * @param width floats from one pixel of {@code outputGradient} to the next
   * @param filterAt of (o,c) in {@code filter}, whose rows have {@code channels} floats
   * @param channels multiple of 16
   * @param to of the first pixel in {@code inputGradient}
   * @param step floats from one written pixel to the next
   */
  static void row(
      int pixels,
      int outputs,
      float[] outputGradient,
      int from,
      int width,
      float[] filter,
      int filterAt,
      int channels,
      float[] inputGradient,
      int to,
      int step) {
    for (int c = 0; c < channels; c += Lanes.COUNT) {
      int i = 0;
      for (; i + ROWS <= pixels; i += ROWS) {
        eight(
            outputs,
            outputGradient,
            from + i * width,
            width,
            filter,
            filterAt + c,
            channels,
            inputGradient,
            to + i * step + c,
            step);
      }
      for (; i < pixels; i++) {
        one(
            outputs,
            outputGradient,
            from + i * width,
            filter,
            filterAt + c,
            channels,
            inputGradient,
            to + i * step + c);
      }
    }
  }

  private static void eight(
      int outputs,
      float[] outputGradient,
      int from,
      int width,
      float[] filter,
      int filterAt,
      int channels,
      float[] inputGradient,
      int to,
      int step) {
    int at0 = from;
    int at1 = from + width;
    int at2 = from + 2 * width;
    int at3 = from + 3 * width;
    int at4 = from + 4 * width;
    int at5 = from + 5 * width;
    int at6 = from + 6 * width;
    int at7 = from + 7 * width;
    FloatVector sum0 = FloatVector.fromArray(Lanes.SPECIES, inputGradient, to);
    FloatVector sum1 = FloatVector.fromArray(Lanes.SPECIES, inputGradient, to + step);
    FloatVector sum2 = FloatVector.fromArray(Lanes.SPECIES, inputGradient, to + 2 * step);
    FloatVector sum3 = FloatVector.fromArray(Lanes.SPECIES, inputGradient, to + 3 * step);
    FloatVector sum4 = FloatVector.fromArray(Lanes.SPECIES, inputGradient, to + 4 * step);
    FloatVector sum5 = FloatVector.fromArray(Lanes.SPECIES, inputGradient, to + 5 * step);
    FloatVector sum6 = FloatVector.fromArray(Lanes.SPECIES, inputGradient, to + 6 * step);
    FloatVector sum7 = FloatVector.fromArray(Lanes.SPECIES, inputGradient, to + 7 * step);
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
    sum0.intoArray(inputGradient, to);
    sum1.intoArray(inputGradient, to + step);
    sum2.intoArray(inputGradient, to + 2 * step);
    sum3.intoArray(inputGradient, to + 3 * step);
    sum4.intoArray(inputGradient, to + 4 * step);
    sum5.intoArray(inputGradient, to + 5 * step);
    sum6.intoArray(inputGradient, to + 6 * step);
    sum7.intoArray(inputGradient, to + 7 * step);
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
