package dev.convoy.kernel.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/**
 * The inner loops of max pooling's backward pass: what one input pixel gets of one window, or of
 * two, all channels.
 */
final class GradientOfWinners {
  private GradientOfWinners() {}

  /**
   * Of the window whose gradients are at {@code from} and winners at {@code won}, in which the
   * pixel is number {@code label}.
   */
  static void ofOne(
      float[] gradients,
      int from,
      float[] winners,
      int won,
      float label,
      int channels,
      boolean add,
      float[] out,
      int to) {
    FloatVector zero = FloatVector.zero(Lanes.SPECIES);
    for (int c = 0; c < channels; c += Lanes.COUNT) {
      FloatVector sum = add ? FloatVector.fromArray(Lanes.SPECIES, out, to + c) : zero;
      FloatVector gradient = FloatVector.fromArray(Lanes.SPECIES, gradients, from + c);
      FloatVector winner = FloatVector.fromArray(Lanes.SPECIES, winners, won + c);
      sum = sum.add(zero.blend(gradient, winner.compare(VectorOperators.EQ, label)));
      sum.intoArray(out, to + c);
    }
  }

  /** Of two windows, one after the other. */
  static void ofTwo(
      float[] gradients,
      int from0,
      int from1,
      float[] winners,
      int won0,
      int won1,
      float label0,
      float label1,
      int channels,
      boolean add,
      float[] out,
      int to) {
    FloatVector zero = FloatVector.zero(Lanes.SPECIES);
    for (int c = 0; c < channels; c += Lanes.COUNT) {
      FloatVector sum = add ? FloatVector.fromArray(Lanes.SPECIES, out, to + c) : zero;
      FloatVector gradient = FloatVector.fromArray(Lanes.SPECIES, gradients, from0 + c);
      FloatVector winner = FloatVector.fromArray(Lanes.SPECIES, winners, won0 + c);
      sum = sum.add(zero.blend(gradient, winner.compare(VectorOperators.EQ, label0)));
      gradient = FloatVector.fromArray(Lanes.SPECIES, gradients, from1 + c);
      winner = FloatVector.fromArray(Lanes.SPECIES, winners, won1 + c);
      sum = sum.add(zero.blend(gradient, winner.compare(VectorOperators.EQ, label1)));
      sum.intoArray(out, to + c);
    }
  }
}
