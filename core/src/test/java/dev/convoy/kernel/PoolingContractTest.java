package dev.convoy.kernel;

import dev.convoy.tensor.Layout;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.Tensor;
import dev.convoy.testing.Floats;
import dev.convoy.testing.Floats.Kind;
import dev.convoy.testing.Place;
import dev.convoy.testing.Teams;
import dev.convoy.testing.Twins;
import java.util.List;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every implementation of a pooling gives the scalar twin's bits. */
class PoolingContractTest {
  private static final int COEFFICIENT = 16;

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          # height, width, channels, window, stride, padding, ceil, nodes, images of each, spare
          28, 28,   6, 2, 2, 0, false, 1,  2, 1
          10, 10,  16, 2, 2, 0, false, 2,  2, 0
           1,  1,   1, 1, 1, 0, false, 1,  1, 0
           2,  2, 120, 2, 2, 0, false, 1, 17, 0
           5,  7,   3, 3, 2, 0, false, 1,  3, 5
           7,  5,  17, 3, 1, 0, false, 2,  1, 0
           9, 10,  84, 3, 2, 1, false, 1,  1, 1
           8,  8,  64, 3, 2, 1, false, 4,  1, 0
           6,  6, 100, 3, 1, 1, false, 1,  2, 1
           7,  7,  32, 3, 2, 0, true,  2,  1, 0
           5,  5,  16, 2, 2, 0, true,  1,  3, 0
           4,  6,  16, 2, 2, 1, true,  1,  1, 0
           8,  3,   1, 1, 4, 0, true,  1,  5, 0
           6,  6,   6, 2, 4, 0, false, 1,  2, 0
           4,  4,  16, 3, 3, 1, true,  2,  2, 1
          14, 14, 130, 5, 3, 0, false, 1,  2, 0
          11, 11,   3, 7, 1, 3, false, 1,  1, 0
          """)
  void givesTheBitsOfTheScalarTwin(
      int height,
      int width,
      int channels,
      int window,
      int stride,
      int padding,
      boolean ceil,
      int nodes,
      int images,
      int spare) {
    Shape shape = new Shape(height, width, channels);
    var geometry = new PoolingGeometry(shape, window, window, stride, padding, ceil);
    VirtualNodeTree tree = new VirtualNodeTree(0, nodes, images);
    for (Kind kind : Kind.values()) {
      for (Place place : Place.values()) {
        all(geometry, tree, nodes * images + spare, kind, place, place == Place.LAST);
      }
    }
  }

  @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
  void givesTheBitsOfTheScalarTwinForAnyGeometry(
      @ForAll @IntRange(min = 1, max = 13) int height,
      @ForAll @IntRange(min = 1, max = 13) int width,
      @ForAll @IntRange(min = 1, max = 70) int channels,
      @ForAll @IntRange(min = 1, max = 4) int window,
      @ForAll @IntRange(min = 1, max = 4) int stride,
      @ForAll @IntRange(min = 0, max = 2) int padding,
      @ForAll boolean ceil,
      @ForAll @IntRange(min = 0, max = 2) int doublings,
      @ForAll @IntRange(min = 1, max = 2) int images,
      @ForAll Kind kind,
      @ForAll Place place,
      @ForAll boolean add) {
    int side = Math.min(window, Math.min(height, width));
    Shape shape = new Shape(height, width, channels);
    int fitting = Math.min(padding, side / 2);
    var geometry = new PoolingGeometry(shape, side, side, stride, fitting, ceil);
    VirtualNodeTree tree = new VirtualNodeTree(0, 1 << doublings, images);
    all(geometry, tree, tree.nodes() * images, kind, place, add);
  }

  private static void all(
      PoolingGeometry g, VirtualNodeTree tree, int capacity, Kind kind, Place place, boolean add) {
    maxPooling(g, tree.nodes() * tree.images(), capacity, kind, place, add);
    var inside = new PoolingGeometry(g.input(), g.windowHeight(), g.stride());
    subsampling(inside, tree, capacity, kind, place, add);
    averagePooling(inside, tree.nodes() * tree.images(), capacity, kind, place, add);
    var global = PoolingGeometry.global(g.input());
    averagePooling(global, tree.nodes() * tree.images(), capacity, kind, place, add);
  }

  private static void maxPooling(
      PoolingGeometry g, int images, int capacity, Kind kind, Place place, boolean add) {
    Tensor input = place.random(1, capacity, g.input(), kind);
    Tensor upstream = place.random(2, capacity, g.output(), kind);
    Twins.agree(
        "max pooling %s, %s, add %s".formatted(g, place, add),
        kind,
        (kernels, workers) -> {
          MaxPoolingKernel pooling = kernels.maxPooling(g, new Workspace(capacity, workers, false));
          Tensor output = place.untouched(capacity, g.output());
          Tensor gradient = target(place, add, capacity, g.input(), kind);
          Teams.run(workers, worker -> pooling.forward(worker, images, input, output));
          Teams.run(
              workers,
              worker ->
                  pooling.backward(worker, images, upstream, add, halving(gradient), gradient));
          return List.of(output.data(), gradient.data());
        });
  }

  /** Of each band that it is told of; so each must be told of once, and be complete. */
  private static Epilogue halving(Tensor gradient) {
    RowBands bands = new RowBands(gradient.shape());
    return (from, to) -> {
      int end = gradient.pixel(bands.firstPixel(to));
      for (int i = gradient.pixel(bands.firstPixel(from)); i < end; i += gradient.stride()) {
        for (int c = 0; c < gradient.shape().channels(); c++) {
          gradient.data()[i + c] *= 0.5f;
        }
      }
    };
  }

  private static void averagePooling(
      PoolingGeometry g, int images, int capacity, Kind kind, Place place, boolean add) {
    Tensor input = place.random(1, capacity, g.input(), kind);
    Tensor upstream = place.random(2, capacity, g.output(), kind);
    Twins.agree(
        "average pooling %s, %s, add %s".formatted(g, place, add),
        kind,
        (kernels, workers) -> {
          AveragePoolingKernel pooling =
              kernels.averagePooling(g, new Workspace(capacity, workers, false));
          Tensor output = place.untouched(capacity, g.output());
          Tensor gradient = target(place, add, capacity, g.input(), kind);
          Teams.run(workers, worker -> pooling.forward(worker, images, input, output));
          Teams.run(workers, worker -> pooling.backward(worker, images, upstream, add, gradient));
          return List.of(output.data(), gradient.data());
        });
  }

  private static void subsampling(
      PoolingGeometry g, VirtualNodeTree tree, int capacity, Kind kind, Place place, boolean add) {
    int images = tree.nodes() * tree.images();
    Tensor input = place.random(1, capacity, g.input(), kind);
    Tensor upstream = place.random(3, capacity, g.output(), kind);
    int padded = Layout.padded(g.input().channels());
    float[] trained = Floats.rows(2, 2, g.input().channels(), padded, kind);
    float[] weights = Floats.at(COEFFICIENT, trained, 16);
    int bias = COEFFICIENT + padded;
    Twins.agree(
        "subsampling %s, %s, %s, add %s".formatted(g, tree, place, add),
        kind,
        (kernels, workers) -> {
          SubsamplingKernel subsampling =
              kernels.subsampling(g, new Workspace(capacity, workers, false));
          Tensor output = place.untouched(capacity, g.output());
          Tensor gradient = target(place, add, capacity, g.input(), kind);
          float[] ofWeights = Floats.untouched(weights.length);
          Teams.run(
              workers,
              worker ->
                  subsampling.forward(worker, images, input, weights, COEFFICIENT, bias, output));
          Teams.run(
              workers,
              worker ->
                  subsampling.weightGradient(worker, tree, upstream, ofWeights, COEFFICIENT, bias));
          Teams.run(
              workers,
              worker ->
                  subsampling.inputGradient(
                      worker, images, upstream, weights, COEFFICIENT, add, gradient));
          return List.of(output.data(), ofWeights, gradient.data());
        });
  }

  private static Tensor target(Place place, boolean add, int images, Shape shape, Kind kind) {
    return add ? place.random(4, images, shape, kind) : place.untouched(images, shape);
  }
}
