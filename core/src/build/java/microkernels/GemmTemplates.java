package microkernels;

import static microkernels.Unrolled.each;
import static microkernels.Unrolled.lines;
import static microkernels.Unrolled.products;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;

/** Micro-kernels of matrix products. */
final class GemmTemplates {
  /**
   * Heights of tiles: all small ones, for the remaining rows, and one that nearly fills 32
   * registers.
   */
  private static final int[] ROWS = {1, 2, 3, 4, 5, 6, 7, 8, 12};

  /** Rows of a product of panels: half a panel, so that its sums fill half of 32 registers. */
  private static final int PANEL_ROWS = 8;

  /** Columns of a panel. */
  private static final int PANEL = 16;

  /** Contiguous terms of a row, a power of two. */
  private static final int ROW_TERMS = 64;

  /** From one row to the next, a vector more than its terms: an odd number of cache lines. */
  private static final int ROW_STEP = 80;

  private static final String ROW_PRODUCT =
      """
      /**
       * Products of rows with panels, a tile at a time: {@code c[r,j] = initial[r,j] + sum over k of
       * a[r,k] * panels[k,j]}, each element one chain of fused multiply-adds in the order of k.
       *
       * <p>The rows are {@link PackedRows}: element (r,k) of {@code a} is at {@code aAt + k/%1$d *
       * aBlock + r * %2$d + k%%%1$d}. Row k of a vector of {@code panels} is 16 floats after row k-1; a
       * second vector begins {@code bNext} after the first. A tile's name is rows x vectors.
       */
      public final class GemmMicroKernelRows {
        /** Terms of a row that lie together. */
        public static final int TERMS = %1$d;

        /** From one row to the next. */
        public static final int STEP = %2$d;

        private GemmMicroKernelRows() {}

        /** Computes a tile of {@code rows} rows and one vector. */
        static void single(
            int rows, GemmMacroKernel of, int terms, int aAt, int bAt, int initialAt, int cAt) {
          switch (rows) {
      %4$s
            default -> throw new AssertionError(rows);
          }
        }

        /** Computes a tile of {@code rows} rows and two vectors. */
        static void pair(
            int rows,
            GemmMacroKernel of,
            int terms,
            int aAt,
            int bAt,
            int bNext,
            int initialAt,
            int cAt) {
          switch (rows) {
      %5$s
            default -> throw new AssertionError(rows);
          }
        }
      %3$s}
      """;

  private static final String TILE =
      """

        static void tile%1$dx%2$d(
            GemmMacroKernel of, int terms, int aAt, %3$s, int initialAt, int cAt) {
          float[] a = of.a;
          float[] panels = of.b;
          float[] initial = of.initial;
          int initialStep = of.initialStep;
      %4$s
          for (int k = 0; k < terms; k++) {
      %5$s
          }
          // Read here, or they would take registers from the loop.
          float[] c = of.c;
          int cStep = of.cStep;
      %6$s
        }
      """;

  private static final String PANEL_PRODUCT =
      """
      /**
       * Products of two operands in panels of %1$d, a tile at a time: {@code c[r,j] = initial[r,j] +
       * sum over k of a[k,r] * panels[k,j]}, each element one chain of fused multiply-adds in the
       * order of k.
       *
       * <p>Row k of either operand is %1$d floats after row k-1; a second vector of {@code panels}
       * begins {@code bNext} after the first. A tile's name is rows x vectors.
       */
      public final class GemmMicroKernelPanels {
        /** Rows of the higher tiles, half a panel. */
        public static final int ROWS = %2$d;

        private GemmMicroKernelPanels() {}
      %3$s}
      """;

  private static final String LOAD =
      "      FloatVector b%d = FloatVector.fromArray(Lanes.SPECIES, panels, %s);";

  private GemmTemplates() {}

  static List<MicroKernel> all() {
    return List.of(
        new MicroKernel("gemm", "GemmMicroKernelRows", rowProduct()),
        new MicroKernel(
            "gemm",
            "GemmMicroKernelPanels",
            PANEL_PRODUCT.formatted(PANEL, PANEL_ROWS, panelTiles())));
  }

  private static String rowProduct() {
    StringBuilder tiles = new StringBuilder();
    for (int rows : ROWS) {
      tiles.append(rowTile(rows, 1)).append(rowTile(rows, 2));
    }
    return ROW_PRODUCT.formatted(
        ROW_TERMS,
        ROW_STEP,
        tiles,
        cases("      case %1$d -> tile%1$dx1(of, terms, aAt, bAt, initialAt, cAt);"),
        cases("      case %1$d -> tile%1$dx2(of, terms, aAt, bAt, bNext, initialAt, cAt);"));
  }

  private static String cases(String line) {
    return Arrays.stream(ROWS).mapToObj(line::formatted).collect(Collectors.joining("\n"));
  }

  /**
   * Returns a tile whose rows are addressed by constant offsets: a variable for each row would take
   * more registers than there are, and spilling them to vector registers costs a sixth of the
   * speed.
   */
  private static String rowTile(int rows, int vectors) {
    return TILE.formatted(
        rows,
        vectors,
        panels(vectors),
        "    int aBlock = of.aBlock;\n" + begin(rows, vectors),
        "      int i = aAt + k / %1$d * aBlock + k %% %1$d;\n".formatted(ROW_TERMS)
            + step(rows, vectors, r -> "a[i + %d]".formatted(r * ROW_STEP)),
        end(rows, vectors));
  }

  private static String panelTiles() {
    return panelTile(PANEL_ROWS, 1) + panelTile(PANEL_ROWS, 2) + panelTile(PANEL_ROWS / 2, 2);
  }

  private static String panelTile(int rows, int vectors) {
    return TILE.formatted(
        rows,
        vectors,
        panels(vectors),
        begin(rows, vectors),
        step(rows, vectors, r -> "a[aAt + k * %d + %d]".formatted(PANEL, r)),
        end(rows, vectors));
  }

  /**
   * Returns the parameters that locate the panels; the second vector's is relative to the first,
   * because two bases cost a third of the speed on JDK 17.
   */
  private static String panels(int vectors) {
    return vectors == 1 ? "int bAt" : "int bAt, int bNext";
  }

  private static String begin(int rows, int vectors) {
    return each(
        rows,
        vectors,
        "    FloatVector s%1$d_%2$d = FloatVector.fromArray(Lanes.SPECIES, initial, initialAt + %1$d *"
            + " initialStep + %2$d * Lanes.COUNT);");
  }

  private static String step(int rows, int vectors, IntFunction<String> operand) {
    String loads =
        "      int b = bAt + k * 16;\n"
            + lines(vectors, v -> LOAD.formatted(v, v == 0 ? "b" : "b + bNext"));
    return loads + "\n" + products(rows, vectors, operand);
  }

  private static String end(int rows, int vectors) {
    return each(
        rows, vectors, "    s%1$d_%2$d.intoArray(c, cAt + %1$d * cStep + %2$d * Lanes.COUNT);");
  }
}
