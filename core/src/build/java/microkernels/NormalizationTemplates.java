package microkernels;

import static microkernels.Unrolled.range;

import java.util.List;

/** Micro-kernels of batch normalization. */
final class NormalizationTemplates {
  /**
   * Pixels whose moments are added up at a time: a sum is loaded and stored that much less often.
   */
  private static final int MOMENTS_GROUP = 8;

  /** Pixels whose gradients are added up at a time. */
  private static final int GRADIENTS_GROUP = 4;

  private static final String FORWARD =
      """
      /**
       * One pixel of batch normalization: {@code y = fma(x, factor, offset)}, with or without a shortcut,
       * with or without ReLU.
       */
      final class NormalizationMicroKernel {
        private NormalizationMicroKernel() {}
      %s}
      """;

  private static final String FORWARD_PIXEL =
      """

        static void %1$s(NormalizationFactors of, int row, float[] x, int i, %2$sfloat[] y, int o) {
          float[] factors = of.factors();
          float[] offsets = of.offsets();
          int channels = of.channels();
          for (int c = 0; c < channels; c += Lanes.COUNT) {
            FloatVector factor = FloatVector.fromArray(Lanes.SPECIES, factors, row + c);
            FloatVector offset = FloatVector.fromArray(Lanes.SPECIES, offsets, row + c);
            FloatVector.fromArray(Lanes.SPECIES, x, i + c)
                .fma(factor, offset)
      %3$s
                .intoArray(y, o + c);
          }
        }
      """;

  private static final String ADD_SHORTCUT =
      "          .add(FloatVector.fromArray(Lanes.SPECIES, shortcut, s + c))";

  private static final String RELU = "          .max(0f)";

  private static final String GRADIENT =
      """
      /**
       * One pixel of the gradient of batch normalization's input, {@code fma(g, factor, fma(x - mean,
       * slope, shift))}, from rows of {@link VirtualNodeMoments}: written, perhaps in place of g, or
       * added; and with g as it is, or counted only where the normalized x is greater than zero.
       */
      final class NormalizationGradientMicroKernel {
        private NormalizationGradientMicroKernel() {}
      %s}
      """;

  private static final String GRADIENT_PIXEL =
      """

        static void %1$s(VirtualNodeMoments of, int row, Tensor x, Tensor g, Tensor result, int pixel) {
          float[] means = of.means;
          float[] factors = of.factors;
      %2$s
          float[] slopes = of.slopes;
          float[] shifts = of.shifts;
          float[] values = x.data();
          float[] gradients = g.data();
          float[] results = result.data();
          int i = x.pixel(pixel);
          int j = g.pixel(pixel);
          int r = result.pixel(pixel);
          int channels = of.channels;
          for (int c = 0; c < channels; c += Lanes.COUNT) {
            FloatVector value = FloatVector.fromArray(Lanes.SPECIES, values, i + c);
            FloatVector gradient = FloatVector.fromArray(Lanes.SPECIES, gradients, j + c);
            FloatVector factor = FloatVector.fromArray(Lanes.SPECIES, factors, row + c);
      %3$s
            FloatVector mean = FloatVector.fromArray(Lanes.SPECIES, means, row + c);
            FloatVector slope = FloatVector.fromArray(Lanes.SPECIES, slopes, row + c);
            FloatVector shift = FloatVector.fromArray(Lanes.SPECIES, shifts, row + c);
      %4$s
          }
        }
      """;

  private static final String MASK =
      """
            FloatVector offset = FloatVector.fromArray(Lanes.SPECIES, offsets, row + c);
            gradient = zero.blend(gradient, value.fma(factor, offset).compare(VectorOperators.GT, 0f));
      """
          .stripTrailing();

  private static final String MASK_FIELDS =
      """
          float[] offsets = of.offsets;
          FloatVector zero = FloatVector.zero(Lanes.SPECIES);
      """
          .stripTrailing();

  private static final String SUMS =
      """
      /**
       * Adds the gradients g of a few pixels, and their products with the deviations from the mean, to
       * rows of sums, each sum a chain in the order of the pixels; with g as it is, or counted only where
       * the normalized x is greater than zero.
       */
      final class GradientSumsMicroKernel {
        /** Pixels of a group. */
        static final int GROUP = %1$d;

        private GradientSumsMicroKernel() {}
      %2$s}
      """;

  private static final String SUMS_PIXELS =
      """

        /** Adds %1$d pixels, from {@code pixel} on, to the sums at {@code at}. */
        static void %2$s(VirtualNodeMoments of, int row, Tensor x, Tensor g, int pixel, int at) {
          float[] sums = of.bandSums;
          float[] products = of.bandProducts;
          float[] means = of.means;
      %3$s
          float[] values = x.data();
          float[] gradients = g.data();
          int i0 = x.pixel(pixel);
          int j0 = g.pixel(pixel);
      %4$s
          int channels = of.channels;
          for (int c = 0; c < channels; c += Lanes.COUNT) {
      %5$s
            FloatVector mean = FloatVector.fromArray(Lanes.SPECIES, means, row + c);
            FloatVector sum = FloatVector.fromArray(Lanes.SPECIES, sums, at + c);
            FloatVector product = FloatVector.fromArray(Lanes.SPECIES, products, at + c);
      %6$s
            sum.intoArray(sums, at + c);
            product.intoArray(products, at + c);
          }
        }
      """;

  private static final String MOMENTS =
      """
      /**
       * Adds a few pixels, or their squared deviations from the mean, to a row of sums, each sum a chain
       * in the order of the pixels.
       */
      final class BandMomentsMicroKernel {
        /** Pixels of a group. */
        static final int GROUP = %1$d;

        private BandMomentsMicroKernel() {}
      %2$s}
      """;

  private static final String MOMENTS_PIXELS =
      """

        static void add%1$d(float[] x, int i0, int stride, int channels, float[] sums, int at) {
      %2$s
          for (int c = 0; c < channels; c += Lanes.COUNT) {
            FloatVector sum = FloatVector.fromArray(Lanes.SPECIES, sums, at + c);
      %3$s
            sum.intoArray(sums, at + c);
          }
        }

        /** The mean is {@code reciprocal} times what is in {@code sums}. */
        static void square%1$d(
            float[] x,
            int i0,
            int stride,
            int channels,
            float[] sums,
            float reciprocal,
            float[] squares,
            int at) {
      %2$s
          for (int c = 0; c < channels; c += Lanes.COUNT) {
            FloatVector mean = FloatVector.fromArray(Lanes.SPECIES, sums, at + c).mul(reciprocal);
            FloatVector sum = FloatVector.fromArray(Lanes.SPECIES, squares, at + c);
      %4$s
            sum.intoArray(squares, at + c);
          }
        }
      """;

  private NormalizationTemplates() {}

  static List<MicroKernel> all() {
    return List.of(
        new MicroKernel("normalization", "NormalizationMicroKernel", forward()),
        new MicroKernel("normalization", "NormalizationGradientMicroKernel", gradient()),
        new MicroKernel("normalization", "GradientSumsMicroKernel", sums()),
        new MicroKernel("normalization", "BandMomentsMicroKernel", moments()));
  }

  private static String forward() {
    String shortcut = "float[] shortcut, int s, ";
    return FORWARD.formatted(
        FORWARD_PIXEL.formatted("plain", "", "")
            + FORWARD_PIXEL.formatted("relu", "", RELU)
            + FORWARD_PIXEL.formatted("added", shortcut, ADD_SHORTCUT)
            + FORWARD_PIXEL.formatted("addedRelu", shortcut, ADD_SHORTCUT + "\n" + RELU));
  }

  private static String gradient() {
    String value = "gradient.fma(factor, value.sub(mean).fma(slope, shift))";
    String write = "      " + value + ".intoArray(results, r + c);";
    String add =
        """
              FloatVector there = FloatVector.fromArray(Lanes.SPECIES, results, r + c);
              there.add(%s).intoArray(results, r + c);
        """
            .stripTrailing()
            .formatted(value);
    return GRADIENT.formatted(
        GRADIENT_PIXEL.formatted("write", "", "", write)
            + GRADIENT_PIXEL.formatted("add", "", "", add)
            + GRADIENT_PIXEL.formatted("writeRelu", MASK_FIELDS, MASK, write)
            + GRADIENT_PIXEL.formatted("addRelu", MASK_FIELDS, MASK, add));
  }

  private static String sums() {
    return SUMS.formatted(
        GRADIENTS_GROUP,
        sums("pixel", 1, false)
            + sums("group", GRADIENTS_GROUP, false)
            + sums("reluPixel", 1, true)
            + sums("reluGroup", GRADIENTS_GROUP, true));
  }

  private static String sums(String name, int pixels, boolean relu) {
    String places =
        """
            int i%1$d = i0 + %1$d * x.stride();
            int j%1$d = j0 + %1$d * g.stride();
        """
            .stripTrailing();
    String loads =
        """
              FloatVector x%1$d = FloatVector.fromArray(Lanes.SPECIES, values, i%1$d + c);
              FloatVector g%1$d = FloatVector.fromArray(Lanes.SPECIES, gradients, j%1$d + c);
        """
            .stripTrailing();
    String factors =
        """
              FloatVector factor = FloatVector.fromArray(Lanes.SPECIES, factors, row + c);
              FloatVector offset = FloatVector.fromArray(Lanes.SPECIES, offsets, row + c);
        """
            .stripTrailing();
    String mask =
        "      g%1$d = zero.blend(g%1$d, x%1$d.fma(factor, offset).compare(VectorOperators.GT, 0f));";
    return SUMS_PIXELS.formatted(
        pixels,
        name,
        relu ? "    float[] factors = of.factors;\n" + MASK_FIELDS : "",
        range(1, pixels, places),
        range(0, pixels, loads) + (relu ? "\n" + factors + "\n" + range(0, pixels, mask) : ""),
        range(0, pixels, "      sum = sum.add(g%1$d);")
            + "\n"
            + range(0, pixels, "      product = g%1$d.fma(x%1$d.sub(mean), product);"));
  }

  private static String moments() {
    return MOMENTS.formatted(MOMENTS_GROUP, moments(1) + moments(MOMENTS_GROUP));
  }

  private static String moments(int pixels) {
    String square =
        """
              FloatVector d%1$d = FloatVector.fromArray(Lanes.SPECIES, x, i%1$d + c).sub(mean);
              sum = d%1$d.fma(d%1$d, sum);
        """
            .stripTrailing();
    return MOMENTS_PIXELS.formatted(
        pixels,
        range(1, pixels, "    int i%1$d = i0 + %1$d * stride;"),
        range(
            0, pixels, "      sum = sum.add(FloatVector.fromArray(Lanes.SPECIES, x, i%1$d + c));"),
        range(0, pixels, square));
  }
}
