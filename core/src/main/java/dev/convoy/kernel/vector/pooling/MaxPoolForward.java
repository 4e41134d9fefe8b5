package dev.convoy.kernel.vector.pooling;

import dev.convoy.kernel.vector.lanes.Lanes;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/**
 * Max pooling's forward pass over one window of any size, all channels; the sizes that networks use
 * most are unrolled.
 */
final class MaxPoolForward {
  private MaxPoolForward() {}

  /**
   * @param from where the window's first place is in {@code in}
   * @param to where the result goes in {@code out}
   * @param at where the places of the maxima go in {@code argmax}
   */
  static void of(
      WindowOffsets window,
      float[] in,
      int from,
      int channels,
      float[] out,
      int to,
      float[] argmax,
      int at) {
    switch (window.offset.length) {
      case 4 -> MaxPoolMicroKernel.window4(window, in, from, channels, out, to, argmax, at);
      case 9 -> MaxPoolMicroKernel.window9(window, in, from, channels, out, to, argmax, at);
      default -> ofAny(window, in, from, channels, out, to, argmax, at);
    }
  }

  private static void ofAny(
      WindowOffsets window,
      float[] in,
      int from,
      int channels,
      float[] out,
      int to,
      float[] argmax,
      int at) {
    int[] offset = window.offset;
    float[] label = window.label;
    for (int c = 0; c < channels; c += Lanes.COUNT) {
      FloatVector best = FloatVector.fromArray(Lanes.SPECIES, in, from + offset[0] + c);
      FloatVector place = FloatVector.broadcast(Lanes.SPECIES, label[0]);
      for (int k = 1; k < offset.length; k++) {
        FloatVector value = FloatVector.fromArray(Lanes.SPECIES, in, from + offset[k] + c);
        VectorMask<Float> better = MaxPoolMicroKernel.better(value, best);
        best = best.blend(value, better);
        place = place.blend(label[k], better);
      }
      best.intoArray(out, to + c);
      place.intoArray(argmax, at + c);
    }
  }
}
