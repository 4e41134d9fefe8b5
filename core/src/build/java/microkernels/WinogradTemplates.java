package microkernels;

import static microkernels.Unrolled.range;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One-dimensional transforms of Winograd's algorithm. */
final class WinogradTemplates {
  private static final String TRANSFORMS =
      """
      /**
       * One-dimensional transforms of {@link dev.convoy.kernel.Winograd}, of {@code outer} times {@code
       * inner} {@link VectorLines}. Memory is read and written once; all else is in registers. One short
       * method each, which {@link dev.convoy.kernel.RecommendedJvmOptions} keeps from being compiled into
       * others: within long ones vectors are sometimes boxed.
       */
      final class WinogradTransform {
        private static final float P1 = Winograd.FIFTEENTH;
        private static final float P4 = 4 * Winograd.FIFTEENTH;
        private static final float M2 = -2 * Winograd.FIFTEENTH;
        private static final float M4 = -4 * Winograd.FIFTEENTH;
        private static final float M8 = -8 * Winograd.FIFTEENTH;
        private static final float M16 = -16 * Winograd.FIFTEENTH;

        private WinogradTransform() {}
      %s}
      """;

  private static final String TRANSFORM =
      """

        /** %2$s. */
        static void %1$s(int outer, int inner, VectorLines from, VectorLines to%3$s) {
          float[] source = from.values;
          int step = from.step;
          int innerStep = from.innerStep;
          float[] target = to.values;
          int toStep = to.step;
          int toInnerStep = to.innerStep;
          for (int i = 0; i < outer; i++) {
            int a = from.at + i * from.outerStep;
            int b = to.at + i * to.outerStep;
            for (int j = 0; j < inner; j++) {
      %4$s
              a += innerStep;
              b += toInnerStep;
            }
          }
        }
      """;

  private static final String INPUT =
      """
      FloatVector e = x4.sub(x2);
      FloatVector f = x3.sub(x1);
      FloatVector y0 = all(-2f).fma(x2, all(1.5f).fma(f, x0.add(x4)));
      FloatVector y1 = all(2.5f).fma(x3, all(0.5f).fma(x2, x4.sub(x1)));
      FloatVector y2 = all(0.5f).fma(x3, all(-2.5f).fma(x2, x4.add(x1)));
      FloatVector y3 = all(2f).fma(f, e);
      FloatVector y4 = all(-0.5f).fma(f, e);
      FloatVector y5 = all(-2f).fma(x3, all(1.5f).fma(e, x1.add(x5)));
      """;

  private static final String FILTER =
      """
      FloatVector s = x0.add(x2);
      FloatVector y0 = x0;
      FloatVector y1 = s.add(x1).mul(all(THIRD));
      FloatVector y2 = x1.sub(s).mul(all(THIRD));
      FloatVector y3 = all(M4).fma(x2, all(M8).fma(x1, x0.mul(all(M16))));
      FloatVector y4 = all(P4).fma(x2, all(M2).fma(x1, x0.mul(all(P1))));
      FloatVector y5 = x2;
      """;

  private static final String OUTPUT =
      """
      FloatVector s = x1.add(x2);
      FloatVector d = x1.sub(x2);
      FloatVector y0 = x0.add(s).add(x3.add(x4));
      FloatVector y1 = all(-2f).fma(x4, all(0.5f).fma(x3, d));
      FloatVector y2 = all(4f).fma(x4, all(0.25f).fma(x3, s));
      FloatVector y3 = all(-8f).fma(x4, all(0.125f).fma(x3, d.add(x5)));
      """;

  private static final String OUTPUT_GRADIENT =
      """
      FloatVector s = x0.add(x2);
      FloatVector d = x1.add(x3);
      FloatVector half = all(0.5f);
      FloatVector minusTwo = all(-2f);
      FloatVector y0 = x0;
      FloatVector y1 = s.add(d);
      FloatVector y2 = s.sub(d);
      FloatVector y3 = half.fma(half.fma(half.fma(x3, x2), x1), x0);
      FloatVector y4 = minusTwo.fma(minusTwo.fma(minusTwo.fma(x3, x2), x1), x0);
      FloatVector y5 = x3;
      """;

  private static final String FILTER_GRADIENT =
      """
      FloatVector s = x1.add(x2).mul(all(THIRD));
      FloatVector d = x1.sub(x2).mul(all(THIRD));
      FloatVector y0 = all(P1).fma(x4, all(M16).fma(x3, x0.add(d)));
      FloatVector y1 = all(M2).fma(x4, all(M8).fma(x3, s));
      FloatVector y2 = all(P4).fma(x4, all(M4).fma(x3, d.add(x5)));
      """;

  private static final String STORE = "y%1$d.intoArray(target, b + %1$d * toStep);";
  private static final String STORE_BIASED =
      "y%1$d.add(last).intoArray(target, b + %1$d * toStep);";
  private static final String STORE_ADDED =
      "Lanes.load(target, b + %1$d * toStep).add(y%1$d.add(last)).intoArray(target, b + %1$d *"
          + " toStep);";

  private WinogradTemplates() {}

  static List<MicroKernel> all() {
    String transforms =
        Stream.of(
                transform("input", "6 to 6", "", 6, INPUT, 6, STORE),
                transform("filter", "3 to 6", "", 3, FILTER, 6, STORE),
                transform("output", "6 to 4", "", 6, OUTPUT, 4, STORE),
                transform(
                    "biasedOutput",
                    "6 to 4, plus a bias, the same for every outer line",
                    ", float[] bias, int biasAt",
                    6,
                    "FloatVector last = Lanes.load(bias, biasAt + j * Lanes.COUNT);\n" + OUTPUT,
                    4,
                    STORE_BIASED),
                transform(
                    "addedOutput",
                    "6 to 4, plus 0, added to what is there",
                    "",
                    6,
                    "FloatVector last = all(0f);\n" + OUTPUT,
                    4,
                    STORE_ADDED),
                transform("outputGradient", "4 to 6", "", 4, OUTPUT_GRADIENT, 6, STORE),
                transform("filterGradient", "6 to 3", "", 6, FILTER_GRADIENT, 3, STORE))
            .collect(Collectors.joining());
    return List.of(
        new MicroKernel("winograd", "WinogradTransform", TRANSFORMS.formatted(transforms)));
  }

  /** A method that turns {@code values} numbers x of a line into {@code results} numbers y. */
  private static String transform(
      String name,
      String told,
      String parameters,
      int values,
      String arithmetic,
      int results,
      String store) {
    String body =
        range(0, values, "FloatVector x%1$d = Lanes.load(source, a + %1$d * step);")
            + "\n"
            + arithmetic.replace("all(", "Lanes.all(").replace("THIRD", "Winograd.THIRD")
            + range(0, results, store);
    return TRANSFORM.formatted(name, told, parameters, body.indent(8).stripTrailing());
  }
}
