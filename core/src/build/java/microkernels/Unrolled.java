package microkernels;

import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Lines of unrolled loops, told apart by the numbers in the names of their variables. */
final class Unrolled {
  private Unrolled() {}

  /** Returns a line for each number from 0 to {@code count}, exclusive. */
  static String lines(int count, IntFunction<String> line) {
    return IntStream.range(0, count).mapToObj(line).collect(Collectors.joining("\n"));
  }

  /** Returns {@code line}, a format of one number, for each from {@code first} to {@code end}. */
  static String range(int first, int end, String line) {
    return IntStream.range(first, end).mapToObj(line::formatted).collect(Collectors.joining("\n"));
  }

  /** Returns {@code line}, a format of row and vector, for each row and each of its vectors. */
  static String each(int rows, int vectors, String line) {
    return lines(rows, r -> lines(vectors, v -> line.formatted(r, v)));
  }

  /**
   * Returns the products of a broadcast number of each row with the vectors {@code b0}, {@code b1},
   * …, added to the sums {@code s0_0}, {@code s0_1}, ….
   */
  static String products(int rows, int vectors, IntFunction<String> operand) {
    return lines(
        rows,
        r ->
            "      FloatVector x%d = FloatVector.broadcast(Lanes.SPECIES, %s);\n"
                    .formatted(r, operand.apply(r))
                + lines(
                    vectors,
                    v -> "      s%1$d_%2$d = b%2$d.fma(x%1$d, s%1$d_%2$d);".formatted(r, v)));
  }
}
