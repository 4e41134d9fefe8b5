package dev.convoy.kernel.vector.pooling;

import dev.convoy.kernel.vector.lanes.Lanes;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/**
 * The inner loops of max pooling's backward pass: what one input pixel gets of some windows, one
 * after the other, all channels. Three integers of {@code windows} tell of each window where its
 * gradients are, where its argmax is, and which place in it the pixel has.
 */
final class MaxPoolBackward {
  private MaxPoolBackward() {}

  /**
   * Sums, for one input pixel, the gradients of the windows whose largest value it is.
   *
   * @param count of integers in {@code windows}
   * @param add whether to what is at {@code out[to..]}, or to zero
   */
  static void of(
      int[] windows,
      int count,
      float[] gradients,
      float[] argmax,
      int channels,
      boolean add,
      float[] out,
      int to) {
    boolean adds = add;
    int i = 0;
    for (; i + 12 <= count; i += 12) {
      ofFour(windows, i, gradients, argmax, channels, adds, out, to);
      adds = true;
    }
    if (i + 6 <= count) {
      ofTwo(windows, i, gradients, argmax, channels, adds, out, to);
      adds = true;
      i += 6;
    }
    if (i < count) {
      ofOne(windows, i, gradients, argmax, channels, adds, out, to);
    }
  }

  private static void ofOne(
      int[] windows,
      int first,
      float[] gradients,
      float[] argmax,
      int channels,
      boolean add,
      float[] out,
      int to) {
    int from0 = windows[first];
    int won0 = windows[first + 1];
    float place0 = windows[first + 2];
    FloatVector zero = FloatVector.zero(Lanes.SPECIES);
    for (int c = 0; c < channels; c += Lanes.COUNT) {
      FloatVector sum = add ? FloatVector.fromArray(Lanes.SPECIES, out, to + c) : zero;
      FloatVector gradient = FloatVector.fromArray(Lanes.SPECIES, gradients, from0 + c);
      FloatVector greatest = FloatVector.fromArray(Lanes.SPECIES, argmax, won0 + c);
      sum = sum.add(zero.blend(gradient, greatest.compare(VectorOperators.EQ, place0)));
      sum.intoArray(out, to + c);
    }
  }

  private static void ofTwo(
      int[] windows,
      int first,
      float[] gradients,
      float[] argmax,
      int channels,
      boolean add,
      float[] out,
      int to) {
    int from0 = windows[first];
    int won0 = windows[first + 1];
    float place0 = windows[first + 2];
    int from1 = windows[first + 3];
    int won1 = windows[first + 4];
    float place1 = windows[first + 5];
    FloatVector zero = FloatVector.zero(Lanes.SPECIES);
    for (int c = 0; c < channels; c += Lanes.COUNT) {
      FloatVector sum = add ? FloatVector.fromArray(Lanes.SPECIES, out, to + c) : zero;
      FloatVector gradient = FloatVector.fromArray(Lanes.SPECIES, gradients, from0 + c);
      FloatVector greatest = FloatVector.fromArray(Lanes.SPECIES, argmax, won0 + c);
      sum = sum.add(zero.blend(gradient, greatest.compare(VectorOperators.EQ, place0)));
      gradient = FloatVector.fromArray(Lanes.SPECIES, gradients, from1 + c);
      greatest = FloatVector.fromArray(Lanes.SPECIES, argmax, won1 + c);
      sum = sum.add(zero.blend(gradient, greatest.compare(VectorOperators.EQ, place1)));
      sum.intoArray(out, to + c);
    }
  }

  private static void ofFour(
      int[] windows,
      int first,
      float[] gradients,
      float[] argmax,
      int channels,
      boolean add,
      float[] out,
      int to) {
    int from0 = windows[first];
    int won0 = windows[first + 1];
    float place0 = windows[first + 2];
    int from1 = windows[first + 3];
    int won1 = windows[first + 4];
    float place1 = windows[first + 5];
    int from2 = windows[first + 6];
    int won2 = windows[first + 7];
    float place2 = windows[first + 8];
    int from3 = windows[first + 9];
    int won3 = windows[first + 10];
    float place3 = windows[first + 11];
    FloatVector zero = FloatVector.zero(Lanes.SPECIES);
    for (int c = 0; c < channels; c += Lanes.COUNT) {
      FloatVector sum = add ? FloatVector.fromArray(Lanes.SPECIES, out, to + c) : zero;
      FloatVector gradient = FloatVector.fromArray(Lanes.SPECIES, gradients, from0 + c);
      FloatVector greatest = FloatVector.fromArray(Lanes.SPECIES, argmax, won0 + c);
      sum = sum.add(zero.blend(gradient, greatest.compare(VectorOperators.EQ, place0)));
      gradient = FloatVector.fromArray(Lanes.SPECIES, gradients, from1 + c);
      greatest = FloatVector.fromArray(Lanes.SPECIES, argmax, won1 + c);
      sum = sum.add(zero.blend(gradient, greatest.compare(VectorOperators.EQ, place1)));
      gradient = FloatVector.fromArray(Lanes.SPECIES, gradients, from2 + c);
      greatest = FloatVector.fromArray(Lanes.SPECIES, argmax, won2 + c);
      sum = sum.add(zero.blend(gradient, greatest.compare(VectorOperators.EQ, place2)));
      gradient = FloatVector.fromArray(Lanes.SPECIES, gradients, from3 + c);
      greatest = FloatVector.fromArray(Lanes.SPECIES, argmax, won3 + c);
      sum = sum.add(zero.blend(gradient, greatest.compare(VectorOperators.EQ, place3)));
      sum.intoArray(out, to + c);
    }
  }

  /**
   * What two neighbouring pixels get of the one window of two columns that has both.
   *
   * @param place of the first pixel; the second has the next
   */
  static void toPair(
      float[] gradients,
      int from,
      float[] argmax,
      int won,
      float place,
      int channels,
      boolean add,
      float[] out,
      int to,
      int next) {
    FloatVector zero = FloatVector.zero(Lanes.SPECIES);
    for (int c = 0; c < channels; c += Lanes.COUNT) {
      FloatVector gradient = FloatVector.fromArray(Lanes.SPECIES, gradients, from + c);
      FloatVector greatest = FloatVector.fromArray(Lanes.SPECIES, argmax, won + c);
      FloatVector sum = add ? FloatVector.fromArray(Lanes.SPECIES, out, to + c) : zero;
      sum.add(zero.blend(gradient, greatest.compare(VectorOperators.EQ, place)))
          .intoArray(out, to + c);
      sum = add ? FloatVector.fromArray(Lanes.SPECIES, out, next + c) : zero;
      sum.add(zero.blend(gradient, greatest.compare(VectorOperators.EQ, place + 1f)))
          .intoArray(out, next + c);
    }
  }
}
