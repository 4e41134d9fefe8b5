package dev.convoy.kernel;

import dev.convoy.concurrent.ThreadTeam;
import dev.convoy.concurrent.Worker;
import dev.convoy.tensor.Layout;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.Tensor;
import dev.convoy.testing.Compare;
import dev.convoy.testing.Floats;
import dev.convoy.testing.Floats.Kind;
import dev.convoy.testing.Implementations;
import java.util.Arrays;
import java.util.Locale;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Every implementation of a fully connected layer gives the scalar twin's bits, for any number of
 * workers and of virtual nodes, whether images lie next to each other or apart.
 */
class FullyConnectedContractTest {
  private static final int MATRIX = 16;

  /** Where the first image begins, if images lie apart. */
  private static final int AT = 32;

  /**
   * A layer and a batch.
   *
   * @param spare images that there is room for but that are not in use
   * @param nodes virtual nodes, and {@code rest} images that belong to none
   */
  private record Case(
      int inputs, int outputs, int nodes, int nodeImages, int rest, int spare, boolean apart) {
    int images() {
      return nodes * nodeImages + rest;
    }

    int capacity() {
      return images() + spare;
    }

    int width() {
      return Layout.padded(outputs);
    }

    int bias() {
      return MATRIX + inputs * width();
    }

    VirtualNodeTree tree() {
      return new VirtualNodeTree(rest, nodes, nodeImages);
    }

    int stride(int length) {
      return Layout.padded(length) + (apart ? Layout.LANES : 0);
    }

    /** Vectors of {@code length}, zero beyond it up to a multiple of 16. */
    Tensor vectors(long seed, int length, Kind kind) {
      Tensor tensor = untouched(length);
      float[] values = Floats.random(seed, capacity() * length, kind);
      for (int n = 0; n < capacity(); n++) {
        for (int i = 0; i < Layout.padded(length); i++) {
          tensor.data()[tensor.image(n) + i] = i < length ? values[n * length + i] : 0f;
        }
      }
      return tensor;
    }

    Tensor untouched(int length) {
      int at = apart ? AT : 0;
      float[] data = Floats.untouched(at + capacity() * stride(length));
      return new Tensor(data, at, capacity(), Shape.vector(length), stride(length));
    }

    float[] weights(Kind kind) {
      return Floats.at(MATRIX, Floats.rows(2, inputs + 1, outputs, width(), kind), Layout.LANES);
    }
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          # inputs, outputs, nodes, images of a node, rest, spare, apart
           16,    1,  1,  1,  0,  0, false
           16,    3,  2,  1,  0,  6, true
           32,    6,  1,  7,  0,  0, false
           48,   16,  8,  1,  0,  0, false
           96,   17,  4,  2,  1,  7, true
          128,   84,  1, 15,  0,  0, false
          400,  120,  4,  4,  0,  0, false
          128,   10,  8,  2,  0,  1, false
           96,  120, 16,  1,  1,  0, true
           32,   40, 16,  2,  1,  0, false
           16,   33, 32,  3,  3,  1, true
           32, 1100,  8,  2,  0,  0, false
           16,  600, 64,  1,  0,  0, false
           16,   20,  1, 300, 0,  0, false
          """)
  void givesTheBitsOfTheScalarTwin(
      int inputs, int outputs, int nodes, int nodeImages, int rest, int spare, boolean apart)
      throws Exception {
    for (int workers = 1; workers <= 3; workers++) {
      try (ThreadTeam team = new ThreadTeam(workers)) {
        for (Kind kind : Kind.values()) {
          check(team, new Case(inputs, outputs, nodes, nodeImages, rest, spare, apart), kind);
        }
      }
    }
  }

  @Property(tries = 500)
  void givesTheBitsOfTheScalarTwinForAnySize(
      @ForAll @IntRange(min = 1, max = 8) int groups,
      @ForAll @IntRange(min = 1, max = 130) int outputs,
      @ForAll @IntRange(min = 0, max = 5) int levels,
      @ForAll @IntRange(min = 1, max = 5) int nodeImages,
      @ForAll @IntRange(min = 0, max = 3) int rest,
      @ForAll @IntRange(min = 0, max = 3) int spare,
      @ForAll boolean apart,
      @ForAll @IntRange(min = 1, max = 3) int workers,
      @ForAll Kind kind)
      throws Exception {
    int inputs = groups * Layout.LANES;
    try (ThreadTeam team = new ThreadTeam(workers)) {
      check(team, new Case(inputs, outputs, 1 << levels, nodeImages, rest, spare, apart), kind);
    }
  }

  private static void check(ThreadTeam team, Case c, Kind kind) throws Exception {
    for (Kernels kernels : Implementations.fast()) {
      String what =
          String.format(
              Locale.ROOT, "%s, %s, %s, %d workers", kernels.name(), c, kind, team.count());
      FullyConnectedKernel expected =
          Implementations.scalar()
              .fullyConnected(c.inputs(), c.outputs(), Workspace.of(c.capacity()));
      FullyConnectedKernel actual =
          kernels.fullyConnected(
              c.inputs(), c.outputs(), new Workspace(c.capacity(), team.count(), false));
      forward(team, c, kind, what, expected, actual);
      weightGradient(team, c, kind, what, expected, actual);
      inputGradient(team, c, kind, what, expected, actual, false);
      inputGradient(team, c, kind, what, expected, actual, true);
    }
  }

  private static void forward(
      ThreadTeam team,
      Case c,
      Kind kind,
      String what,
      FullyConnectedKernel expected,
      FullyConnectedKernel actual)
      throws Exception {
    Tensor input = c.vectors(1, c.inputs(), kind);
    float[] weights = c.weights(kind);
    Tensor output0 = c.untouched(c.outputs());
    Tensor output1 = c.untouched(c.outputs());
    expected.forward(Worker.single(), c.images(), input, weights, MATRIX, c.bias(), output0);
    team.run(
        worker -> actual.forward(worker, c.images(), input, weights, MATRIX, c.bias(), output1));
    same(what + ", output", output0, output1, c.outputs(), kind);
  }

  private static void weightGradient(
      ThreadTeam team,
      Case c,
      Kind kind,
      String what,
      FullyConnectedKernel expected,
      FullyConnectedKernel actual)
      throws Exception {
    Tensor input = c.vectors(1, c.inputs(), kind);
    Tensor gradient = c.vectors(3, c.outputs(), kind);
    float[] sum0 = Floats.untouched(c.weights(kind).length);
    float[] sum1 = sum0.clone();
    int rows = Layout.padded(c.inputs());
    expected.weightGradient(
        Worker.single(), c.tree(), input, gradient, 0, rows, sum0, MATRIX, c.bias());
    team.run(
        worker ->
            actual.weightGradient(
                worker, c.tree(), input, gradient, 0, rows, sum1, MATRIX, c.bias()));
    same(what + ", weight gradient", sum0, sum1, c.outputs(), c.width(), kind);
    float[] sum2 = Floats.untouched(sum1.length);
    int cut = rows / 2 / Layout.LANES * Layout.LANES;
    int second = MATRIX + cut * c.width();
    team.run(
        worker -> {
          actual.weightGradient(
              worker, c.tree(), input, gradient, cut, rows, sum2, second, c.bias());
          worker.barrier();
          actual.weightGradient(worker, c.tree(), input, gradient, 0, cut, sum2, MATRIX, -1);
        });
    same(what + ", weight gradient in parts", sum0, sum2, c.outputs(), c.width(), kind);
  }

  private static void inputGradient(
      ThreadTeam team,
      Case c,
      Kind kind,
      String what,
      FullyConnectedKernel expected,
      FullyConnectedKernel actual,
      boolean add)
      throws Exception {
    Tensor gradient = c.vectors(3, c.outputs(), kind);
    float[] weights = c.weights(kind);
    Tensor back0 = c.vectors(4, c.inputs(), kind);
    Tensor back1 = c.vectors(4, c.inputs(), kind);
    expected.inputGradient(Worker.single(), c.images(), gradient, weights, MATRIX, add, back0);
    team.run(
        worker -> actual.inputGradient(worker, c.images(), gradient, weights, MATRIX, add, back1));
    same(what + ", input gradient, add " + add, back0, back1, c.inputs(), kind);
  }

  private static void same(String what, Tensor expected, Tensor actual, int used, Kind kind) {
    float[] before = Arrays.copyOf(expected.data(), expected.at());
    Compare.sameBits(what + ", before", before, Arrays.copyOf(actual.data(), actual.at()));
    int stride = expected.stride();
    same(what, from(expected), from(actual), used, stride, kind);
  }

  private static float[] from(Tensor tensor) {
    return Arrays.copyOfRange(tensor.data(), tensor.at(), tensor.data().length);
  }

  private static void same(
      String what, float[] expected, float[] actual, int used, int stride, Kind kind) {
    if (kind == Kind.NOT_FINITE) {
      Compare.sameNumbers(what, expected, actual, used, stride);
    } else {
      Compare.sameBits(what, expected, actual);
    }
  }
}
