package dev.convoy.kernel;

import dev.convoy.kernel.ResponseNormalizationKernel.Constants;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.Tensor;
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

/** Every implementation of local response normalization gives the scalar twin's bits. */
class ResponseNormalizationContractTest {
  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          # height, width, channels, images, size, k, alpha
          1, 1,   1, 1, 5, 1, 1
          3, 3,   5, 2, 5, 2, 1e-4
          4, 7,  96, 2, 5, 2, 1e-4
          5, 5,  64, 3, 5, 1, 2e-5
          2, 3, 100, 1, 5, 2, 0.5
          3, 3,  17, 2, 3, 2, 0.1
          3, 3,  17, 2, 7, 2, 0
          """)
  void givesTheBitsOfTheScalarTwin(
      int height, int width, int channels, int images, int size, float k, float alpha) {
    Shape shape = new Shape(height, width, channels);
    for (Kind kind : Kind.values()) {
      for (Place place : Place.values()) {
        check(shape, images, new Constants(size, k, alpha), kind, place, place == Place.LAST);
      }
    }
  }

  @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
  void givesTheBitsOfTheScalarTwinForAnyShape(
      @ForAll @IntRange(min = 1, max = 7) int height,
      @ForAll @IntRange(min = 1, max = 7) int width,
      @ForAll @IntRange(min = 1, max = 70) int channels,
      @ForAll @IntRange(min = 1, max = 3) int images,
      @ForAll Kind kind,
      @ForAll Place place,
      @ForAll boolean add) {
    Shape shape = new Shape(height, width, channels);
    check(shape, images, new Constants(5, 2f, 0.5f), kind, place, add);
  }

  private static void check(
      Shape shape, int images, Constants constants, Kind kind, Place place, boolean add) {
    Tensor input = place.random(1, images, shape, kind);
    Tensor upstream = place.random(2, images, shape, kind);
    Twins.agree(
        "response normalization %s of %s, %s, add %s".formatted(constants, shape, place, add),
        kind,
        (kernels, workers) -> {
          ResponseNormalizationKernel normalization =
              kernels.responseNormalization(
                  shape, constants, new Workspace(images, workers, false));
          Tensor output = place.untouched(images, shape);
          Tensor gradient =
              add ? place.random(4, images, shape, kind) : place.untouched(images, shape);
          Teams.run(workers, worker -> normalization.forward(worker, images, input, output));
          Teams.run(
              workers,
              worker -> normalization.backward(worker, images, input, upstream, add, gradient));
          return List.of(output.data(), gradient.data());
        });
  }
}
