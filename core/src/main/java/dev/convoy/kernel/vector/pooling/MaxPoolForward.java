package dev.convoy.kernel.vector.pooling;

import dev.convoy.kernel.vector.lanes.Lanes;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/**
 * The inner loops of max pooling's forward pass: one window, all channels. The winner is kept as
 * its place in the window, a float, because comparing and blending floats needs no conversion
 * between vectors of different types.
 */
final class MaxPoolForward {
  private MaxPoolForward() {}

  /**
   * @param from where the window's first place is in {@code in}
   * @param to where the result goes in {@code out}
   * @param at where the winners go in {@code winners}
   */
  static void of(
      WindowOffsets taps,
      float[] in,
      int from,
      int channels,
      float[] out,
      int to,
      float[] winners,
      int at) {
    switch (taps.offset.length) {
      case 4 -> ofFour(taps, in, from, channels, out, to, winners, at);
      case 9 -> ofNine(taps, in, from, channels, out, to, winners, at);
      default -> ofAny(taps, in, from, channels, out, to, winners, at);
    }
  }

  private static void ofFour(
      WindowOffsets taps,
      float[] in,
      int from,
      int channels,
      float[] out,
      int to,
      float[] winners,
      int at) {
    int from0 = from + taps.offset[0];
    int from1 = from + taps.offset[1];
    int from2 = from + taps.offset[2];
    int from3 = from + taps.offset[3];
    FloatVector label0 = FloatVector.broadcast(Lanes.SPECIES, taps.label[0]);
    float label1 = taps.label[1];
    float label2 = taps.label[2];
    float label3 = taps.label[3];
    for (int c = 0; c < channels; c += Lanes.COUNT) {
      FloatVector best = FloatVector.fromArray(Lanes.SPECIES, in, from0 + c);
      FloatVector winner = label0;

      FloatVector value = FloatVector.fromArray(Lanes.SPECIES, in, from1 + c);
      VectorMask<Float> better = better(value, best);
      best = best.blend(value, better);
      winner = winner.blend(label1, better);

      value = FloatVector.fromArray(Lanes.SPECIES, in, from2 + c);
      better = better(value, best);
      best = best.blend(value, better);
      winner = winner.blend(label2, better);

      value = FloatVector.fromArray(Lanes.SPECIES, in, from3 + c);
      better = better(value, best);
      best.blend(value, better).intoArray(out, to + c);
      winner.blend(label3, better).intoArray(winners, at + c);
    }
  }

  private static VectorMask<Float> better(FloatVector value, FloatVector best) {
    return value.compare(VectorOperators.GT, best).or(value.compare(VectorOperators.NE, value));
  }

  private static void ofNine(
      WindowOffsets taps,
      float[] in,
      int from,
      int channels,
      float[] out,
      int to,
      float[] winners,
      int at) {
    int[] offset = taps.offset;
    int from0 = from + offset[0];
    int from1 = from + offset[1];
    int from2 = from + offset[2];
    int from3 = from + offset[3];
    int from4 = from + offset[4];
    int from5 = from + offset[5];
    int from6 = from + offset[6];
    int from7 = from + offset[7];
    int from8 = from + offset[8];
    float[] label = taps.label;
    FloatVector label0 = FloatVector.broadcast(Lanes.SPECIES, label[0]);
    float label1 = label[1];
    float label2 = label[2];
    float label3 = label[3];
    float label4 = label[4];
    float label5 = label[5];
    float label6 = label[6];
    float label7 = label[7];
    float label8 = label[8];
    for (int c = 0; c < channels; c += Lanes.COUNT) {
      FloatVector best = FloatVector.fromArray(Lanes.SPECIES, in, from0 + c);
      FloatVector winner = label0;

      FloatVector value = FloatVector.fromArray(Lanes.SPECIES, in, from1 + c);
      VectorMask<Float> better = better(value, best);
      best = best.blend(value, better);
      winner = winner.blend(label1, better);

      value = FloatVector.fromArray(Lanes.SPECIES, in, from2 + c);
      better = better(value, best);
      best = best.blend(value, better);
      winner = winner.blend(label2, better);

      value = FloatVector.fromArray(Lanes.SPECIES, in, from3 + c);
      better = better(value, best);
      best = best.blend(value, better);
      winner = winner.blend(label3, better);

      value = FloatVector.fromArray(Lanes.SPECIES, in, from4 + c);
      better = better(value, best);
      best = best.blend(value, better);
      winner = winner.blend(label4, better);

      value = FloatVector.fromArray(Lanes.SPECIES, in, from5 + c);
      better = better(value, best);
      best = best.blend(value, better);
      winner = winner.blend(label5, better);

      value = FloatVector.fromArray(Lanes.SPECIES, in, from6 + c);
      better = better(value, best);
      best = best.blend(value, better);
      winner = winner.blend(label6, better);

      value = FloatVector.fromArray(Lanes.SPECIES, in, from7 + c);
      better = better(value, best);
      best = best.blend(value, better);
      winner = winner.blend(label7, better);

      value = FloatVector.fromArray(Lanes.SPECIES, in, from8 + c);
      better = better(value, best);
      best.blend(value, better).intoArray(out, to + c);
      winner.blend(label8, better).intoArray(winners, at + c);
    }
  }

  private static void ofAny(
      WindowOffsets taps,
      float[] in,
      int from,
      int channels,
      float[] out,
      int to,
      float[] winners,
      int at) {
    int[] offset = taps.offset;
    float[] label = taps.label;
    for (int c = 0; c < channels; c += Lanes.COUNT) {
      FloatVector best = FloatVector.fromArray(Lanes.SPECIES, in, from + offset[0] + c);
      FloatVector winner = FloatVector.broadcast(Lanes.SPECIES, label[0]);
      for (int k = 1; k < offset.length; k++) {
        FloatVector value = FloatVector.fromArray(Lanes.SPECIES, in, from + offset[k] + c);
        VectorMask<Float> better =
            value.compare(VectorOperators.GT, best).or(value.compare(VectorOperators.NE, value));
        best = best.blend(value, better);
        winner = winner.blend(label[k], better);
      }
      best.intoArray(out, to + c);
      winner.intoArray(winners, at + c);
    }
  }
}
