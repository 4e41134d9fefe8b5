package microkernels;

import static microkernels.Unrolled.range;

import java.util.List;

/** Micro-kernels of sums over pixels. */
final class ElementwiseTemplates {
  /** Vectors of channels that are added up at a time: four chains hide each other's latency. */
  private static final int VECTORS = 4;

  private static final String PANEL_SUM =
      """
      /** Sums of a few vectors of channels over pixels, chains that begin with +0. */
      final class PanelSumMicroKernel {
        /** Vectors of the wider sums. */
        static final int VECTORS = %1$d;

        private PanelSumMicroKernel() {}
      %2$s}
      """;

  private static final String SUM =
      """

        static void over%1$d(int pixels, float[] from, int at, int stride, float[] to, int toAt) {
      %2$s
          for (int p = 0; p < pixels; p++) {
            int i = at + p * stride;
      %3$s
          }
      %4$s
        }
      """;

  private ElementwiseTemplates() {}

  static List<MicroKernel> all() {
    String sums = sum(1) + sum(VECTORS);
    return List.of(
        new MicroKernel("elementwise", "PanelSumMicroKernel", PANEL_SUM.formatted(VECTORS, sums)));
  }

  private static String sum(int vectors) {
    return SUM.formatted(
        vectors,
        range(0, vectors, "    FloatVector s%1$d = FloatVector.zero(Lanes.SPECIES);"),
        range(
            0,
            vectors,
            "      s%1$d = s%1$d.add(FloatVector.fromArray(Lanes.SPECIES, from, i + %1$d * Lanes.COUNT));"),
        range(0, vectors, "    s%1$d.intoArray(to, toAt + %1$d * Lanes.COUNT);"));
  }
}
