package dev.convoy.kernel;

import dev.convoy.concurrent.Worker;
import dev.convoy.kernel.ResponseNormalizationKernel.Constants;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.Tensor;
import dev.convoy.testing.Compare;
import dev.convoy.testing.Floats.Kind;
import dev.convoy.testing.Implementations;
import dev.convoy.testing.Place;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The scalar twin's response normalization against the paper's formula in double precision. */
class ScalarResponseNormalizationTest {
  private static final double BOUND = 1e-6;

  @ParameterizedTest
  @CsvSource({"96, 5, 2, 1e-4", "7, 5, 1, 0.5", "20, 3, 2, 0.1", "1, 5, 2, 3"})
  void isThePapersFormula(int channels, int size, float k, float alpha) {
    Shape shape = new Shape(2, 3, channels);
    Tensor input = Place.ALONE.random(1, 2, shape, Kind.ORDINARY);
    Tensor upstream = Place.ALONE.random(2, 2, shape, Kind.ORDINARY);
    Tensor output = Place.ALONE.untouched(2, shape);
    Tensor gradient = Place.ALONE.untouched(2, shape);
    ResponseNormalizationKernel normalization =
        Implementations.scalar()
            .responseNormalization(shape, new Constants(size, k, alpha), Workspace.of(2));
    normalization.forward(Worker.single(), 2, input, output);
    normalization.backward(Worker.single(), 2, input, upstream, false, gradient);

    float[] x = input.data();
    double[] y = new double[x.length];
    double[] dx = new double[x.length];
    for (int p = 0; p < 2 * shape.pixels(); p++) {
      int at = input.pixel(p);
      for (int c = 0; c < channels; c++) {
        int first = Math.max(0, c - size / 2);
        int last = Math.min(channels - 1, c + size / 2);
        double d = k;
        for (int j = first; j <= last; j++) {
          d += (double) alpha * x[at + j] * x[at + j];
        }
        double g = upstream.data()[at + c];
        y[at + c] = x[at + c] * StrictMath.pow(d, -0.75);
        dx[at + c] += g * StrictMath.pow(d, -0.75);
        for (int j = first; j <= last; j++) {
          dx[at + j] -= 1.5 * alpha * x[at + j] * g * x[at + c] * StrictMath.pow(d, -1.75);
        }
      }
    }
    Compare.close("output", y, output.data(), BOUND);
    Compare.close("input gradient", dx, gradient.data(), BOUND);
  }
}
