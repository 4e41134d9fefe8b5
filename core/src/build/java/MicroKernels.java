import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Writes the micro-kernels, the unrolled inner loops of the vector kernels: {@code java
 * MicroKernels.java DIRECTORY}. The variants of a kernel differ only in the rows and vectors of
 * their tile of sums, all of which must be local variables of one method with one counted loop;
 * otherwise the JIT boxes or spills them.
 */
final class MicroKernels {
  private static final String PACKAGE = "dev.convoy.kernel.vector";

  /** The first line of each file, by which stale ones are known. */
  private static final String HEADER = "// Written by MicroKernels.java: change its templates.";

  private static final Set<Path> WRITTEN = new HashSet<>();

  /** The room of matrix products. */
  private static final String GEMM = PACKAGE + ".gemm";

  /** The room of direct convolutions. */
  private static final String DIRECT = PACKAGE + ".direct";

  /** The room of fully connected layers. */
  private static final String DENSE = PACKAGE + ".dense";

  /** The room of pooling. */
  private static final String POOLING = PACKAGE + ".pooling";

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
      %3$s}
      """;

  private static final String ROW_TILE =
      """

        static void tile%1$dx%2$d(
            int terms,
            float[] a,
            int aAt,
            int aBlock,
            float[] panels,
      %3$s
            float[] initial,
            int iAt,
            int iStride,
            float[] c,
            int cAt,
            int cStride) {
      %4$s
          for (int k = 0; k < terms; k++) {
      %5$s
          }
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

  private static final String PANEL_TILE =
      """

        static void tile%1$dx%2$d(
            int terms,
            float[] a,
            int aAt,
            float[] panels,
      %3$s
            float[] initial,
            int iAt,
            int iStride,
            float[] c,
            int cAt,
            int cStride) {
      %4$s
          for (int k = 0; k < terms; k++) {
      %5$s
          }
      %6$s
        }
      """;

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

  /**
   * Vectors of taps of the widest product: with four output channels they nearly fill 32 registers.
   */
  private static final int TAP_VECTORS = 6;

  private static final String TAP_PRODUCT =
      """
      /**
       * The parts of %1$d output channels' weight gradients from some pixels, for a few vectors of taps: {@code s[o,v] = s[o,v]
       * + sum over i of gradient[i,o] * values[at + rowAt[i] + tapAt[v]]}, each element one chain of
       * fused multiply-adds in the order of i.
       *
       * <p>Gradients of pixel i lie at {@code gAt + i * gStep + o}, sums at {@code sAt + o * sStep + v
       * * Lanes.COUNT}.
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
            int pixels,
            float[] values,
            int at,
            int[] rowAt,
            int[] tapAt,
            int first,
            float[] gradient,
            int gAt,
            int gStep,
            float[] sums,
            int sAt,
            int sStep) {
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
            int pixels,
            float[] values,
            int at,
            int[] rowAt,
            int[] tapAt,
            int first,
            float[] gradient,
            int gAt,
            int gStep,
            float[] sums,
            int sAt,
            int sStep) {
      %2$s
          for (int i = 0; i < pixels; i++) {
            int row = rowAt[i];
            int g = gAt + i * gStep;
      %3$s
          }
      %4$s
        }
      """;

  /** Images of a dense layer that are multiplied at once, and vectors of its outputs. */
  private static final int DENSE_IMAGES = 8;

  private static final String DENSE_FORWARD =
      """
      /** The inner loop of a fully connected layer's forward pass. */
      final class DenseForwardMicroKernel {
        private DenseForwardMicroKernel() {}

        /**
         * {@code sums[n,o] += sum over k of input[k,n] * weights[k,o]} for %1$d images and two vectors of
         * outputs. Images beyond the last repeat the last one, with the same sums.
         */
        static void multiply(
            int rows,
            float[] input,
            int inputAt,
            float[] weights,
            int weightsAt,
            int width,
            int second,
            float[] sums,
            int at0,
            int stride,
            int last) {
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

        /** Computes the sums of {@code nodes} nodes of {@code images} images each. */
        static void multiply(
            int nodes,
            int images,
            float[] packed,
            int input,
            int gradient,
            float[] result,
            int to,
            int stride,
            int second) {
          switch (nodes) {
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

  private static final String LOAD =
      "      FloatVector b%d = FloatVector.fromArray(Lanes.SPECIES, panels, %s);";

  private static final String MASKS =
      """
      import jdk.incubator.vector.VectorMask;
      import jdk.incubator.vector.VectorOperators;
      """;

  private MicroKernels() {}

  public static void main(String[] arguments) throws IOException {
    Locale.setDefault(Locale.ROOT); // javac accepts no other digits
    Path directory = Path.of(arguments[0]);
    StringBuilder rowTiles = new StringBuilder();
    for (int rows : ROWS) {
      rowTiles.append(rowTile(rows, 1)).append(rowTile(rows, 2));
    }
    String rowProduct = ROW_PRODUCT.formatted(ROW_TERMS, ROW_STEP, rowTiles);
    write(directory, GEMM, "GemmMicroKernelRows", rowProduct);
    String panelProduct = PANEL_PRODUCT.formatted(PANEL, PANEL_ROWS, panelTiles());
    write(directory, GEMM, "GemmMicroKernelPanels", panelProduct);
    write(directory, DIRECT, "FewChannelMicroKernel", planeProduct());
    write(directory, DIRECT, "FilterTapMicroKernel", tapProduct());
    write(directory, DENSE, "DenseForwardMicroKernel", denseForward());
    write(directory, DENSE, "DenseWeightMicroKernel", denseWeight());
    String windows = maxPoolWindow(4) + maxPoolWindow(9);
    write(directory, POOLING, "MaxPoolMicroKernel", MAX_POOL.formatted(windows));
    deleteStale(directory);
  }

  /**
   * Returns a tile whose rows are addressed by constant offsets: a variable for each row would take
   * more registers than there are, and spilling them to vector registers costs a sixth of the
   * speed.
   */
  private static String rowTile(int rows, int vectors) {
    return ROW_TILE.formatted(
        rows,
        vectors,
        panels(vectors),
        begin(rows, vectors),
        "      int i = aAt + k / %1$d * aBlock + k %% %1$d;\n".formatted(ROW_TERMS)
            + step(rows, vectors, r -> "a[i + %d]".formatted(r * ROW_STEP)),
        end(rows, vectors));
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
            .mapToObj(MicroKernels::planeTile)
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
                "      case %1$d -> along%1$d(pixels, values, at, rowAt, tapAt, first, gradient, gAt,"
                        .formatted(v + 1)
                    + " gStep, sums, sAt, sStep);");
    String tiles =
        IntStream.rangeClosed(1, TAP_VECTORS)
            .mapToObj(MicroKernels::tapTile)
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
            + products(TAP_OUT_CHANNELS, vectors, r -> "gradient[g + %d]".formatted(r)),
        each(TAP_OUT_CHANNELS, vectors, "    s%1$d_%2$d.intoArray(" + sum));
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
            .mapToObj(MicroKernels::denseWeightTile)
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
        from1(places, "    float label%1$d = label[%1$d];"),
        from1(places, step));
  }

  private static String from1(int end, String line) {
    return IntStream.range(1, end).mapToObj(line::formatted).collect(Collectors.joining("\n"));
  }

  private static String panelTiles() {
    return panelTile(PANEL_ROWS, 1) + panelTile(PANEL_ROWS, 2) + panelTile(PANEL_ROWS / 2, 2);
  }

  private static String panelTile(int rows, int vectors) {
    return PANEL_TILE.formatted(
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
    return vectors == 1 ? "      int bAt," : "      int bAt,\n      int bNext,";
  }

  private static String begin(int rows, int vectors) {
    return each(
        rows,
        vectors,
        "    FloatVector s%1$d_%2$d = FloatVector.fromArray(Lanes.SPECIES, initial, iAt + %1$d *"
            + " iStride + %2$d * Lanes.COUNT);");
  }

  private static String step(int rows, int vectors, IntFunction<String> operand) {
    String loads =
        "      int b = bAt + k * 16;\n"
            + lines(vectors, v -> LOAD.formatted(v, v == 0 ? "b" : "b + bNext"));
    return loads + "\n" + products(rows, vectors, operand);
  }

  private static String products(int rows, int vectors, IntFunction<String> operand) {
    return lines(
        rows,
        r ->
            "      FloatVector x%d = FloatVector.broadcast(Lanes.SPECIES, %s);\n"
                    .formatted(r, operand.apply(r))
                + lines(
                    vectors,
                    v -> "      s%1$d_%2$d = b%2$d.fma(x%1$d, s%1$d_%2$d);".formatted(r, v)));
  }

  private static String end(int rows, int vectors) {
    return each(
        rows, vectors, "    s%1$d_%2$d.intoArray(c, cAt + %1$d * cStride + %2$d * Lanes.COUNT);");
  }

  private static String each(int rows, int vectors, String line) {
    return lines(rows, r -> lines(vectors, v -> line.formatted(r, v)));
  }

  private static String lines(int count, IntFunction<String> line) {
    return IntStream.range(0, count).mapToObj(line).collect(Collectors.joining("\n"));
  }

  /** Writes a file unless it is there with the same contents, so that nothing is compiled again. */
  private static void write(Path directory, String room, String name, String body)
      throws IOException {
    Path file = directory.resolve(room.replace('.', '/')).resolve(name + ".java");
    String source =
        """
        %s
        package %s;

        import %s.lanes.Lanes;
        import jdk.incubator.vector.FloatVector;
        %s
        %s"""
            .formatted(HEADER, room, PACKAGE, body.contains("VectorMask") ? MASKS : "", body);
    if (!Files.exists(file) || !Files.readString(file).equals(source)) {
      Files.createDirectories(file.getParent());
      Files.writeString(file, source);
    }
    WRITTEN.add(file);
  }

  /**
   * Deletes what an earlier version of this program wrote and this one does not, such as a kernel
   * that has since been renamed or moved to another room.
   */
  private static void deleteStale(Path directory) throws IOException {
    List<Path> files;
    try (Stream<Path> found = Files.walk(directory)) {
      files = found.filter(file -> file.toString().endsWith(".java")).toList();
    }
    for (Path file : files) {
      if (!WRITTEN.contains(file) && Files.readString(file).startsWith(HEADER)) {
        Files.delete(file);
      }
    }
  }
}
