package dev.convoy.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.convoy.concurrent.ThreadTeam;
import dev.convoy.concurrent.Worker;
import dev.convoy.tensor.Layout;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.Tensor;
import dev.convoy.testing.Compare;
import dev.convoy.testing.Floats;
import dev.convoy.testing.Floats.Kind;
import dev.convoy.testing.Implementations;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Every implementation of batch normalization and of addition gives the scalar twin's bits, with
 * any number of workers.
 */
class BatchNormalizationContractTest {
  private static final float EPSILON = 1e-5f;

  /** Where the output's gradient is written to as well. */
  enum InPlace {
    NOWHERE,
    INPUT,
    SHORTCUT
  }

  /** One batch: what is normalized and how, and how it lies in memory. */
  record Example(
      Shape shape,
      int nodes,
      int nodeImages,
      boolean relu,
      boolean shortcut,
      boolean add,
      InPlace inPlace,
      int spare,
      Kind kind) {

    int images() {
      return nodes * nodeImages;
    }

    /** Activations in a larger array, perhaps a view of some channels. */
    Tensor activations(long seed) {
      int channels = Layout.padded(shape.channels());
      int stride = channels + spare * Layout.LANES;
      int at = 3 * spare * Layout.LANES;
      int pixels = (images() + spare) * shape.pixels();
      float[] data = Floats.untouched(at + pixels * stride);
      float[] values = Floats.rows(seed, pixels, shape.channels(), channels, kind);
      for (int p = 0; p < pixels; p++) {
        System.arraycopy(values, p * channels, data, at + p * stride, channels);
      }
      return new Tensor(data, at, images() + spare, shape, stride);
    }

    /** An activation nobody has written. */
    Tensor untouched() {
      Tensor like = activations(0);
      return new Tensor(
          Floats.untouched(like.data().length), like.at(), like.images(), shape, like.stride());
    }

    NormalizationTensors tensors() {
      return new NormalizationTensors(
          activations(1), shortcut ? activations(2) : null, untouched());
    }

    NormalizationGradients gradients() {
      Tensor output = activations(3);
      Tensor ofInput = inPlace == InPlace.INPUT ? output : add ? activations(4) : untouched();
      Tensor ofShortcut = inPlace == InPlace.SHORTCUT ? output : add ? activations(5) : untouched();
      return new NormalizationGradients(
          output,
          ofInput,
          add && inPlace != InPlace.INPUT,
          shortcut ? ofShortcut : null,
          add && inPlace != InPlace.SHORTCUT);
    }

    boolean possible() {
      return shortcut || inPlace != InPlace.SHORTCUT;
    }

    float[] parameters() {
      float[] values = Floats.rows(6, 5, shape.channels(), Layout.padded(shape.channels()), kind);
      for (int c = 0; c < shape.channels(); c++) {
        int variance = at().variance() + c;
        values[variance] = Math.abs(values[variance]);
      }
      return values;
    }

    NormalizationParameters at() {
      int channels = Layout.padded(shape.channels());
      return new NormalizationParameters(channels, 0, 4 * channels, 2 * channels);
    }

    /** One tree for each node, or one for all. */
    List<VirtualNodeTree> trees() {
      List<VirtualNodeTree> trees = new ArrayList<>();
      if (spare == 0) {
        trees.add(new VirtualNodeTree(0, nodes, nodeImages));
      } else {
        for (int node = 0; node < nodes; node++) {
          trees.add(new VirtualNodeTree(node * nodeImages, 1, nodeImages));
        }
      }
      return trees;
    }
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          # height, width, channels, nodes, images of a node, spare
          56,  3,   64, 2, 1, 0
          14, 14,   17, 1, 3, 1
           7,  7,  130, 4, 2, 0
           1,  1,   16, 2, 5, 1
           4,  8,    6, 8, 1, 2
           5, 31,   48, 1, 1, 1
           9,  1,    1, 2, 2, 0
           2,  1,   33, 4, 1, 1
          """)
  void givesTheBitsOfTheScalarTwin(
      int height, int width, int channels, int nodes, int nodeImages, int spare) throws Exception {
    Shape shape = new Shape(height, width, channels);
    List<Kind> kinds = List.of(Kind.values());
    int example = 0;
    for (InPlace inPlace : InPlace.values()) {
      for (int flags = 0; flags < 8; flags++) {
        check(
            new Example(
                shape,
                nodes,
                nodeImages,
                (flags & 1) != 0,
                (flags & 2) != 0,
                (flags & 4) != 0,
                inPlace,
                spare,
                kinds.get((example++ + flags / 4) % kinds.size())));
      }
    }
  }

  @Property(tries = 500)
  void givesTheBitsOfTheScalarTwinForAnyShape(
      @ForAll @IntRange(min = 1, max = 13) int height,
      @ForAll @IntRange(min = 1, max = 13) int width,
      @ForAll @IntRange(min = 1, max = 70) int channels,
      @ForAll @IntRange(min = 0, max = 2) int logarithmOfNodes,
      @ForAll @IntRange(min = 1, max = 3) int nodeImages,
      @ForAll boolean relu,
      @ForAll boolean shortcut,
      @ForAll boolean add,
      @ForAll InPlace inPlace,
      @ForAll @IntRange(min = 0, max = 2) int spare,
      @ForAll Kind kind)
      throws Exception {
    check(
        new Example(
            new Shape(height, width, channels),
            1 << logarithmOfNodes,
            nodeImages,
            relu,
            shortcut,
            add,
            inPlace,
            spare,
            kind));
  }

  private static void check(Example example) throws Exception {
    if (!example.possible()) {
      return;
    }
    List<float[]> expected = normalize(example, Implementations.scalar(), 1);
    List<float[]> sum = example.shortcut() ? add(example, Implementations.scalar(), 1) : List.of();
    for (Kernels kernels : Implementations.all()) {
      for (int workers = 1; workers <= 3; workers++) {
        String what =
            String.format(Locale.ROOT, "%s with %d workers, %s", kernels.name(), workers, example);
        same(what, expected, normalize(example, kernels, workers), example.kind());
        if (example.shortcut()) {
          same(what + ", addition", sum, add(example, kernels, workers), example.kind());
        }
      }
    }
  }

  /** Everything that training and evaluation write. */
  private static List<float[]> normalize(Example example, Kernels kernels, int workers)
      throws Exception {
    Workspace workspace = new Workspace(example.images() + example.spare(), workers, false);
    BatchNormalizationKernel normalization =
        kernels.batchNormalization(example.shape(), EPSILON, example.relu(), workspace);
    NormalizationTensors tensors = example.tensors();
    NormalizationGradients gradients = example.gradients();
    Epilogue statistics = normalization.statistics(tensors.input());
    Epilogue gradientSums = normalization.gradientSums(tensors, gradients);
    float[] weights = example.parameters();
    List<float[]> results = new ArrayList<>();
    List<float[]> parameterGradients = new ArrayList<>();
    example.trees().forEach(tree -> parameterGradients.add(Floats.untouched(weights.length)));
    run(
        workers,
        worker -> {
          int bands = new RowBands(example.shape()).count(example.images());
          statistics.bands(worker.from(bands), worker.to(bands));
          worker.barrier();
          normalization.forward(
              worker, example.images(), example.nodes(), tensors, weights, example.at());
          worker.barrier();
          gradientSums.bands(worker.from(bands), worker.to(bands));
          worker.barrier();
          normalization.backward(worker, example.images(), example.nodes(), tensors, gradients);
          for (int i = 0; i < parameterGradients.size(); i++) {
            VirtualNodeTree tree = example.trees().get(i);
            normalization.parameterGradients(worker, tree, parameterGradients.get(i), example.at());
          }
        });
    results.add(tensors.output().data());
    add(gradients, results);
    results.addAll(parameterGradients);

    NormalizationTensors evaluated = example.tensors();
    run(
        workers,
        worker ->
            normalization.evaluate(worker, example.images(), evaluated, weights, example.at()));
    results.add(evaluated.output().data());
    return results;
  }

  private static List<float[]> add(Example example, Kernels kernels, int workers) throws Exception {
    AdditionKernel addition = kernels.addition(example.shape(), example.relu());
    NormalizationTensors tensors = example.tensors();
    NormalizationGradients gradients = example.gradients();
    run(
        workers,
        worker -> {
          int pixels = example.images() * example.shape().pixels();
          addition.forward(tensors, worker.from(pixels), worker.to(pixels));
          worker.barrier();
          addition.backward(worker, example.images(), tensors, gradients);
        });
    List<float[]> results = new ArrayList<>();
    results.add(tensors.output().data());
    add(gradients, results);
    return results;
  }

  /** The output's own gradient is undefined if it is not another's too. */
  private static void add(NormalizationGradients gradients, List<float[]> results) {
    results.add(gradients.input().data());
    if (gradients.shortcut() != null) {
      results.add(gradients.shortcut().data());
    }
  }

  private static void run(int workers, ThreadTeam.Program program) throws Exception {
    if (workers == 1) {
      program.run(Worker.single());
    } else {
      try (ThreadTeam team = new ThreadTeam(workers)) {
        team.run(program);
      }
    }
  }

  private static void same(String what, List<float[]> expected, List<float[]> actual, Kind kind) {
    assertEquals(expected.size(), actual.size());
    for (int i = 0; i < expected.size(); i++) {
      if (kind == Kind.NOT_FINITE || kind == Kind.EXTREME) {
        Compare.sameNumbers(what + ", " + i, expected.get(i), actual.get(i), 1, 1);
      } else {
        Compare.sameBits(what + ", " + i, expected.get(i), actual.get(i));
      }
    }
  }

  /** A mean of 4096 would leave no digit of the variance if squares were added up. */
  @Test
  void aMeanFarFromZeroCostsNoDigitsOfTheVariance() throws Exception {
    Shape shape = new Shape(30, 20, 16);
    for (Kernels kernels : Implementations.all()) {
      BatchNormalizationKernel normalization =
          kernels.batchNormalization(shape, 0f, false, Workspace.of(2));
      Tensor x = Tensor.activations(2, shape);
      float[] values = Floats.random(1, x.data().length);
      double sum = 0;
      double squares = 0;
      for (int i = 0; i < values.length; i++) {
        x.data()[i] = values[i] + 4096f;
        if (i % Layout.LANES == 0) {
          sum += x.data()[i];
          squares += (x.data()[i] - 4096.0) * (x.data()[i] - 4096.0);
        }
      }
      int count = 2 * shape.pixels();
      double mean = sum / count;
      double variance = squares / count - (mean - 4096) * (mean - 4096);
      NormalizationParameters at = new NormalizationParameters(0, 16, 32, 48);
      float[] slots = new float[64];
      NormalizationTensors tensors =
          new NormalizationTensors(x, null, Tensor.activations(2, shape));
      Epilogue statistics = normalization.statistics(x);
      statistics.bands(0, new RowBands(shape).count(2));
      normalization.forward(Worker.single(), 2, 1, tensors, slots, at);
      normalization.parameterGradients(Worker.single(), VirtualNodeTree.single(2), slots, at);
      assertEquals(mean, slots[32], 1e-6 * mean, kernels.name());
      assertEquals(variance * count / (count - 1), slots[48], 1e-5 * variance, kernels.name());
    }
  }
}
