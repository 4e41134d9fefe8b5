package microkernels;

import static microkernels.Unrolled.each;
import static microkernels.Unrolled.lines;
import static microkernels.Unrolled.products;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Micro-kernels of direct convolutions. */
final class DirectTemplates {
  /**
   * The most channels that products of planes compute: eight sums of two rows fill half of 32
   * registers.
   */
  private static final int PLANE_CHANNELS = 8;

  private static final String PLANE_PRODUCT =
      """
      /**
       * Sums of products of planes' values with weights, for a vector of columns of two rows: {@code
       * s[r,v] = initial[r,v] + sum over k of weights[k,r] * planes[at + termAt[k] + v * next]}, each
       * element one chain of fused multiply-adds in the order of k.
       *
       * <p>Everything lies in {@code memory}: weights as (k,%1$d), initial values and sums as (r,row,
       * vector).
       */
      final class FewChannelMicroKernel {
        /** The most channels that it computes. */
        static final int CHANNELS = %1$d;

        private FewChannelMicroKernel() {}

        /** Computes the sums for 1 to %1$d channels. */
        static void multiply(
            int channels,
            int[] termAt,
            float[] memory,
            int weights,
            int at,
            int next,
            int initial,
            int sums) {
          switch (channels) {
      %2$s
            default -> throw new AssertionError(channels);
          }
        }
      %3$s}
      """;

  private static final String PLANE_TILE =
      """

        private static void sum%1$d(
            int[] termAt, float[] memory, int weights, int at, int next, int initial, int sums) {
      %2$s
          for (int k = 0; k < termAt.length; k++) {
      %3$s
          }
      %4$s
        }
      """;

  /** Output channels of a product along taps: enough independent sums, and few unused ones. */
  private static final int TAP_OUT_CHANNELS = 4;

  /** Vectors of taps of the widest product: with four channels they nearly fill 32 registers. */
  private static final int TAP_VECTORS = 6;

  private static final String TAP_PRODUCT =
      """
      /**
       * The parts of %1$d output channels' weight gradients from some pixels, for a few vectors of taps: {@code s[o,v] = s[o,v]
       * + sum over i of gradient[i,o] * patch i[tapAt[v]]}, each element one chain of
       * fused multiply-adds in the order of i.
       *
       * <p>Gradients of pixel i lie at {@code gAt + i * stride + o}, an output's sums of all taps
       * together, those of the first tap here at {@code sAt}.
       */
      final class FilterTapMicroKernel {
        /** Output channels of a product. */
        static final int OUT_CHANNELS = %1$d;

        /** The most vectors of taps. */
        static final int VECTORS = %2$d;

        private FilterTapMicroKernel() {}

        /** Computes {@code vectors} vectors of sums, from number {@code first} on. */
        static void multiply(
            int vectors,
            Im2col patches,
            int[] tapAt,
            int first,
            Tensor gradient,
            int gAt,
            float[] sums,
            int sAt) {
          switch (vectors) {
      %3$s
            default -> throw new AssertionError(vectors);
          }
        }
      %4$s}
      """;

  private static final String TAP_TILE =
      """

        private static void along%1$d(
            Im2col patches, int[] tapAt, int first, Tensor gradient, int gAt, float[] sums, int sAt) {
          int pixels = patches.pixels();
          float[] values = patches.values();
          int at = patches.at();
          int[] rowAt = patches.rowAt();
          float[] gradients = gradient.data();
          int gStep = gradient.stride();
          int sStep = tapAt.length * Lanes.COUNT;
      %2$s
          for (int i = 0; i < pixels; i++) {
            int row = rowAt[i];
            int g = gAt + i * gStep;
      %3$s
          }
      %4$s
        }
      """;

  private DirectTemplates() {}

  static List<MicroKernel> all() {
    return List.of(
        new MicroKernel("direct", "FewChannelMicroKernel", planeProduct()),
        new MicroKernel("direct", "FilterTapMicroKernel", tapProduct()));
  }

  private static String planeProduct() {
    String cases =
        lines(
            PLANE_CHANNELS,
            r ->
                "      case %1$d -> sum%1$d(termAt, memory, weights, at, next, initial, sums);"
                    .formatted(r + 1));
    String tiles =
        IntStream.rangeClosed(1, PLANE_CHANNELS)
            .mapToObj(DirectTemplates::planeTile)
            .collect(Collectors.joining());
    return PLANE_PRODUCT.formatted(PLANE_CHANNELS, cases, tiles);
  }

  private static String planeTile(int channels) {
    String load = "      FloatVector b%d = FloatVector.fromArray(Lanes.SPECIES, memory, %s);\n";
    return PLANE_TILE.formatted(
        channels,
        each(
            channels,
            2,
            "    FloatVector s%1$d_%2$d = FloatVector.fromArray(Lanes.SPECIES, memory, initial + (2"
                + " * %1$d + %2$d) * Lanes.COUNT);"),
        "      int b = at + termAt[k];\n"
            + load.formatted(0, "b")
            + load.formatted(1, "b + next")
            + products(
                channels, 2, r -> "memory[weights + k * %d + %d]".formatted(PLANE_CHANNELS, r)),
        each(
            channels,
            2,
            "    s%1$d_%2$d.intoArray(memory, sums + (2 * %1$d + %2$d) * Lanes.COUNT);"));
  }

  private static String tapProduct() {
    String cases =
        lines(
            TAP_VECTORS,
            v ->
                "      case %1$d -> along%1$d(patches, tapAt, first, gradient, gAt, sums, sAt);"
                    .formatted(v + 1));
    String tiles =
        IntStream.rangeClosed(1, TAP_VECTORS)
            .mapToObj(DirectTemplates::tapTile)
            .collect(Collectors.joining());
    return TAP_PRODUCT.formatted(TAP_OUT_CHANNELS, TAP_VECTORS, cases, tiles);
  }

  private static String tapTile(int vectors) {
    String sum = "sums, sAt + %1$d * sStep + %2$d * Lanes.COUNT);";
    return TAP_TILE.formatted(
        vectors,
        lines(vectors, v -> "    int a%1$d = at + tapAt[first + %1$d];".formatted(v))
            + "\n"
            + each(
                TAP_OUT_CHANNELS,
                vectors,
                "    FloatVector s%1$d_%2$d = FloatVector.fromArray(Lanes.SPECIES, " + sum),
        lines(
                vectors,
                v ->
                    "      FloatVector b%1$d = FloatVector.fromArray(Lanes.SPECIES, values, a%1$d + row);"
                        .formatted(v))
            + "\n"
            + products(TAP_OUT_CHANNELS, vectors, r -> "gradients[g + %d]".formatted(r)),
        each(TAP_OUT_CHANNELS, vectors, "    s%1$d_%2$d.intoArray(" + sum));
  }
}
