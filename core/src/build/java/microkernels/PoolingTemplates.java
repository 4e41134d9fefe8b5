package microkernels;

import static microkernels.Unrolled.lines;
import static microkernels.Unrolled.range;

import java.util.List;

/** Micro-kernels of pooling. */
final class PoolingTemplates {
  private static final String MAX_POOL =
      """
      /**
       * Max pooling's forward pass over one window of 2x2 or 3x3, all channels. The argmax is kept as a
       * place in the window, a float, because comparing and blending floats needs no conversion between
       * vectors of different types.
       */
      final class MaxPoolMicroKernel {
        private MaxPoolMicroKernel() {}

        /** Returns whether {@code value} replaces {@code best}: it is greater, or NaN. */
        static VectorMask<Float> better(FloatVector value, FloatVector best) {
          return value.compare(VectorOperators.GT, best).or(value.compare(VectorOperators.NE, value));
        }
      %s}
      """;

  private static final String MAX_POOL_WINDOW =
      """

        static void window%1$d(
            WindowOffsets window,
            float[] in,
            int from,
            int channels,
            float[] out,
            int to,
            float[] argmax,
            int at) {
          int[] offset = window.offset;
      %2$s
          float[] label = window.label;
          FloatVector label0 = FloatVector.broadcast(Lanes.SPECIES, label[0]);
      %3$s
          for (int c = 0; c < channels; c += Lanes.COUNT) {
            FloatVector best = FloatVector.fromArray(Lanes.SPECIES, in, from0 + c);
            FloatVector place = label0;
      %4$s
            best.intoArray(out, to + c);
            place.intoArray(argmax, at + c);
          }
        }
      """;

  private static final String MAX_POOL_BACKWARD =
      """
      /**
       * Max pooling's backward pass: the gradient of an input pixel from some windows, all channels. For each window there are three integers in {@code windows}: where its gradients are, where its argmax is, and which place in it the pixel has.
       */
      final class MaxPoolGradientMicroKernel {
        private MaxPoolGradientMicroKernel() {}
      %s}
      """;

  private static final String MAX_POOL_GRADIENTS =
      """

        static void windows%1$d(
            int[] windows,
            int first,
            float[] gradients,
            float[] argmax,
            int channels,
            boolean add,
            float[] out,
            int to) {
      %2$s
          FloatVector zero = FloatVector.zero(Lanes.SPECIES);
          for (int c = 0; c < channels; c += Lanes.COUNT) {
            FloatVector sum = add ? FloatVector.fromArray(Lanes.SPECIES, out, to + c) : zero;
      %3$s
            sum.intoArray(out, to + c);
          }
        }
      """;

  private PoolingTemplates() {}

  static List<MicroKernel> all() {
    String windows = maxPoolWindow(4) + maxPoolWindow(9);
    String gradients = maxPoolGradients(1) + maxPoolGradients(2) + maxPoolGradients(4);
    return List.of(
        new MicroKernel("pooling", "MaxPoolMicroKernel", MAX_POOL.formatted(windows)),
        new MicroKernel(
            "pooling", "MaxPoolGradientMicroKernel", MAX_POOL_BACKWARD.formatted(gradients)));
  }

  private static String maxPoolWindow(int places) {
    String step =
        """

              FloatVector value%1$d = FloatVector.fromArray(Lanes.SPECIES, in, from%1$d + c);
              VectorMask<Float> better%1$d = better(value%1$d, best);
              best = best.blend(value%1$d, better%1$d);
              place = place.blend(label%1$d, better%1$d);
        """
            .stripTrailing();
    return MAX_POOL_WINDOW.formatted(
        places,
        lines(places, k -> "    int from%1$d = from + offset[%1$d];".formatted(k)),
        range(1, places, "    float label%1$d = label[%1$d];"),
        range(1, places, step));
  }

  private static String maxPoolGradients(int windows) {
    String places =
        """
            int from%1$d = windows[first + 3 * %1$d];
            int argmax%1$d = windows[first + 3 * %1$d + 1];
            float place%1$d = windows[first + 3 * %1$d + 2];
        """
            .stripTrailing();
    String step =
        """
              FloatVector gradient%1$d = FloatVector.fromArray(Lanes.SPECIES, gradients, from%1$d + c);
              FloatVector best%1$d = FloatVector.fromArray(Lanes.SPECIES, argmax, argmax%1$d + c);
              sum = sum.add(zero.blend(gradient%1$d, best%1$d.compare(VectorOperators.EQ, place%1$d)));
        """
            .stripTrailing();
    return MAX_POOL_GRADIENTS.formatted(
        windows, range(0, windows, places), range(0, windows, step));
  }
}
