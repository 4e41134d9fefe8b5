package microkernels;

import static microkernels.Unrolled.range;

import java.util.List;

/** Micro-kernels of copies. */
final class LanesTemplates {
  /** Vectors of a row that are copied in one pass over the rows. */
  private static final int VECTORS = 4;

  private static final String GATHER =
      """
      /** Copies some vectors of each of some rows, as a {@link GatherCopy} says, in one pass over them. */
      final class GatherMicroKernel {
        /** Vectors of the wider copies. */
        static final int VECTORS = %1$d;

        private GatherMicroKernel() {}
      %2$s}
      """;

  private static final String COPY =
      """

        /** Copies %1$d of each row's vectors, from {@code v} on, of rows that begin %4$s. */
        static void %2$s%1$d(GatherCopy of, int v, int rows, float[] target, int at, int step) {
          float[] values = of.values;
          %3$s
      %6$s
      %7$s
          for (int i = 0; i < rows; i++) {
            int read = %5$s;
            int write = i * step;
      %8$s
          }
        }
      """;

  private LanesTemplates() {}

  static List<MicroKernel> all() {
    StringBuilder copies = new StringBuilder();
    for (int vectors : new int[] {1, VECTORS}) {
      copies.append(
          copy(
              vectors,
              "indexed",
              "int[] rowAt = of.rowAt;\n    int row = of.row;",
              "where a table says",
              "rowAt[row + i]"));
      copies.append(
          copy(vectors, "strided", "int stride = of.stride;", "one stride apart", "i * stride"));
    }
    return List.of(
        new MicroKernel("lanes", "GatherMicroKernel", GATHER.formatted(VECTORS, copies)));
  }

  private static String copy(int vectors, String name, String fields, String told, String read) {
    return COPY.formatted(
        vectors,
        name,
        fields,
        told,
        read,
        range(0, vectors, "    int from%1$d = of.at + of.from[v + %1$d];"),
        range(0, vectors, "    int to%1$d = at + of.to[v + %1$d];"),
        range(
            0,
            vectors,
            "      FloatVector.fromArray(Lanes.SPECIES, values, from%1$d + read).intoArray(target, to%1$d"
                + " + write);"));
  }
}
