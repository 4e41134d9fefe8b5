package microkernels;

import static microkernels.Unrolled.each;
import static microkernels.Unrolled.lines;
import static microkernels.Unrolled.products;
import static microkernels.Unrolled.range;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Micro-kernels of fully connected layers. */
final class DenseTemplates {
  /** Images of a dense layer that are multiplied at once, and vectors of its outputs. */
  private static final int DENSE_IMAGES = 8;

  private static final String DENSE_FORWARD =
      """
      /** The inner loop of a fully connected layer's forward pass. */
      final class DenseForwardMicroKernel {
        private final Workspace workspace;
        private final int width;

        /** Reads the input from scratch memory; {@code width} is the matrix's length of a row. */
        DenseForwardMicroKernel(Workspace workspace, int width) {
          this.workspace = workspace;
          this.width = width;
        }

        /**
         * Adds {@code sum over k of input[k,n] * weights[k,o]} to the output, for %1$d images and two
         * vectors of outputs. Images beyond the last repeat the last one, with the same sums.
         *
         * @param second where the second vector of a row is, relative to the first
         * @param at0 where the first image's sums are in {@code output}
         */
        void multiply(
            int rows,
            int inputAt,
            float[] weights,
            int weightsAt,
            int second,
            Tensor output,
            int at0,
            int last) {
          float[] input = workspace.scratch();
          float[] sums = output.data();
          int stride = output.imageLength();
          int width = this.width;
      %2$s
          for (int k = 0; k < rows; k++) {
            int w = weightsAt + k * width;
            FloatVector b0 = FloatVector.fromArray(Lanes.SPECIES, weights, w);
            FloatVector b1 = FloatVector.fromArray(Lanes.SPECIES, weights, w + second);
            int i = inputAt + k * %1$d;
      %3$s
          }
      %4$s
        }
      }
      """;

  /** Rows times virtual nodes of a product of {@code DenseWeightMicroKernel}. */
  private static final int DENSE_SLOTS = 8;

  private static final String DENSE_WEIGHT =
      """
      /**
       * Sums over images of products of an element of the input and two vectors of the output's gradient,
       * for one, two, four or eight virtual nodes, whose sums are added in the pairwise tree while they
       * are in registers: %1$d pairs of sums in each case, of %1$d / nodes rows.
       *
       * <p>The input lies as (image of a node, row, node), the gradient as (image of a node, node, two
       * vectors). Row r of the result is written to {@code to + r * stride}, its second vector {@code
       * second} further.
       */
      final class DenseWeightMicroKernel {
        private static final int PAIR = 2 * Lanes.COUNT;

        private DenseWeightMicroKernel() {}

        /** Computes the sums of up to %1$d nodes of {@code tree}. */
        static void multiply(
            VirtualNodeTree tree,
            float[] packed,
            int input,
            int gradient,
            float[] result,
            int to,
            int stride,
            int second) {
          int images = tree.images();
          switch (tree.nodes()) {
            case 1 -> nodes1(images, packed, input, gradient, result, to, stride, second);
            case 2 -> nodes2(images, packed, input, gradient, result, to, stride, second);
            case 4 -> nodes4(images, packed, input, gradient, result, to, stride, second);
            default -> nodes8(images, packed, input, gradient, result, to, stride, second);
          }
        }
      %2$s}
      """;

  private static final String DENSE_WEIGHT_TILE =
      """

        private static void nodes%1$d(
            int images,
            float[] packed,
            int input,
            int gradient,
            float[] result,
            int to,
            int stride,
            int second) {
      %2$s
          for (int k = 0; k < images; k++) {
            int i = input + k * %3$d;
            int g = gradient + k * %1$d * PAIR;
      %4$s
          }
      %5$s
        }
      """;

  /** Rows and images of a tile of the input's gradient. */
  private static final int DENSE_TILE = 4;

  private static final String DENSE_INPUT_GRADIENT =
      """
      /** The inner loop of the gradient of a fully connected layer's input. */
      final class DenseInputGradientMicroKernel {
        private static final int LANES = Layout.LANES;

        /** From the sums of an image to those of the next: 16 rows of 16 lanes. */
        private static final int IMAGE = LANES * LANES;

        private DenseInputGradientMicroKernel() {}

        /**
         * Sums products of the matrix and the output's gradient, one vector of lanes, for %1$d rows and
         * %1$d images: a term for every {@code count} groups of 16 outputs. Row r and image n of the sums
         * lie at {@code to + n * 256 + r * 16} of {@code scratch}.
         *
         * @param scratch has the gradient, (group,image,16) at {@code gradientAt}
         * @param row0 where the first row of the matrix is in {@code weights}
         * @param width of a row of the matrix
         * @param before what the sums begin with: {@code scratch} itself, or zeros from index 0 on
         */
        static void multiply(
            int count,
            float[] scratch,
            int gradientAt,
            float[] weights,
            int row0,
            int width,
            float[] before,
            int to) {
          int from = before == scratch ? to : 0;
      %2$s
      %3$s
          for (int i = 0; i < count; i++) {
            int g = gradientAt + i * %1$d * LANES;
      %4$s
      %5$s
          }
      %6$s
        }
      }
      """;

  private static final String INTERLEAVING =
      """
      /** The inner loop of {@link Interleaving}: all slots of a block, then those of the next. */
      final class InterleavingMicroKernel {
        private InterleavingMicroKernel() {}

        static void copy(
            int[] slotAt, int rows, int blocks, float[] from, int at, float[] to, int toAt, int step) {
      %s
          for (int b = 0; b < blocks; b++) {
            int i = b * rows;
            int o = toAt + b * step;
      %s
          }
        }
      }
      """;

  private DenseTemplates() {}

  static List<MicroKernel> all() {
    return List.of(
        new MicroKernel("dense", "DenseForwardMicroKernel", denseForward()),
        new MicroKernel("dense", "DenseInputGradientMicroKernel", denseInputGradient()),
        new MicroKernel("dense", "DenseWeightMicroKernel", denseWeight()),
        new MicroKernel("dense", "InterleavingMicroKernel", interleaving()));
  }

  private static String denseForward() {
    String at = "    int at%1$d = at0 + Math.min(%1$d, last) * stride;\n";
    return DENSE_FORWARD.formatted(
        DENSE_IMAGES,
        IntStream.range(1, DENSE_IMAGES).mapToObj(at::formatted).collect(Collectors.joining())
            + denseSums(
                "    FloatVector s%1$d_%2$d = FloatVector.fromArray(Lanes.SPECIES, sums, %3$s);"),
        products(DENSE_IMAGES, 2, r -> "input[i + %d]".formatted(r)),
        denseSums("    s%1$d_%2$d.intoArray(sums, %3$s);"));
  }

  private static String denseSums(String line) {
    return lines(
        DENSE_IMAGES,
        r -> line.formatted(r, 0, "at" + r) + "\n" + line.formatted(r, 1, "at" + r + " + second"));
  }

  private static String denseWeight() {
    String tiles =
        IntStream.of(1, 2, 4, 8)
            .mapToObj(DenseTemplates::denseWeightTile)
            .collect(Collectors.joining());
    return DENSE_WEIGHT.formatted(DENSE_SLOTS, tiles);
  }

  /** Returns a tile in which slot r * nodes + n has the sums of row r and node n. */
  private static String denseWeightTile(int nodes) {
    int rows = DENSE_SLOTS / nodes;
    String load =
        "      FloatVector b%1$d_%2$d = FloatVector.fromArray(Lanes.SPECIES, packed, g + %3$s);";
    String terms =
        lines(
            nodes,
            n ->
                load.formatted(n, 0, n + " * PAIR")
                    + "\n"
                    + load.formatted(n, 1, n + " * PAIR + Lanes.COUNT")
                    + "\n"
                    + lines(rows, r -> denseWeightTerm(r * nodes + n, n)));
    String results =
        lines(
            rows,
            r ->
                "    %s.intoArray(result, to + %d * stride);\n"
                        .formatted(tree(r * nodes, nodes, 0), r)
                    + "    %s.intoArray(result, to + %d * stride + second);"
                        .formatted(tree(r * nodes, nodes, 1), r));
    return DENSE_WEIGHT_TILE.formatted(
        nodes,
        each(DENSE_SLOTS, 2, "    FloatVector s%1$d_%2$d = FloatVector.zero(Lanes.SPECIES);"),
        DENSE_SLOTS,
        terms,
        results);
  }

  private static String denseWeightTerm(int slot, int node) {
    return """
              FloatVector x%1$d = FloatVector.broadcast(Lanes.SPECIES, packed[i + %1$d]);
              s%1$d_0 = x%1$d.fma(b%2$d_0, s%1$d_0);
              s%1$d_1 = x%1$d.fma(b%2$d_1, s%1$d_1);
        """
        .stripTrailing()
        .formatted(slot, node);
  }

  /** Returns the sum of some slots in the pairwise tree. */
  private static String tree(int first, int slots, int vector) {
    return slots == 1
        ? "s%d_%d".formatted(first, vector)
        : "%s.add(%s)"
            .formatted(tree(first, slots / 2, vector), tree(first + slots / 2, slots / 2, vector));
  }

  private static String denseInputGradient() {
    return DENSE_INPUT_GRADIENT.formatted(
        DENSE_TILE,
        range(1, DENSE_TILE, "    int row%1$d = row0 + %1$d * width;"),
        each(
            DENSE_TILE,
            DENSE_TILE,
            "    FloatVector s%1$d_%2$d = FloatVector.fromArray(Lanes.SPECIES, before, from + %1$d *"
                + " IMAGE + %2$d * LANES);"),
        range(
            0,
            DENSE_TILE,
            "      FloatVector g%1$d = FloatVector.fromArray(Lanes.SPECIES, scratch, g + %1$d * LANES);"),
        lines(
            DENSE_TILE,
            r ->
                "      FloatVector w%1$d = FloatVector.fromArray(Lanes.SPECIES, weights, row%1$d + i * LANES);\n"
                        .formatted(r)
                    + lines(
                        DENSE_TILE,
                        n -> "      s%1$d_%2$d = g%1$d.fma(w%2$d, s%1$d_%2$d);".formatted(n, r))),
        each(
            DENSE_TILE,
            DENSE_TILE,
            "    s%1$d_%2$d.intoArray(scratch, to + %1$d * IMAGE + %2$d * LANES);"));
  }

  private static String interleaving() {
    return INTERLEAVING.formatted(
        range(0, DENSE_SLOTS, "    int at%1$d = at + slotAt[%1$d];"),
        range(0, DENSE_SLOTS, "      to[o + %1$d] = from[at%1$d + i];"));
  }
}
