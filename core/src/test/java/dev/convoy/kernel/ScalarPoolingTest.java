package dev.convoy.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.convoy.concurrent.Worker;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.Tensor;
import dev.convoy.testing.Compare;
import dev.convoy.testing.Floats;
import dev.convoy.testing.Floats.Kind;
import dev.convoy.testing.Implementations;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The scalar twin's pooling against the definitions in double precision, and its rule of draws. */
class ScalarPoolingTest {
  private static final int IMAGES = 2;
  private static final int C16 = 32;

  @ParameterizedTest
  @CsvSource({
    "4, 6, 2, 2, 0, false",
    "7, 5, 3, 2, 0, false",
    "5, 5, 2, 1, 0, false",
    "6, 7, 1, 3, 0, false",
    "9, 9, 3, 4, 0, false",
    "8, 9, 3, 2, 1, false",
    "6, 7, 3, 1, 1, false",
    "8, 9, 3, 2, 0, true",
    "5, 6, 2, 2, 1, true"
  })
  void maxPooling(int height, int width, int window, int stride, int padding, boolean ceil) {
    Shape in = new Shape(height, width, 17);
    var g = new PoolingGeometry(in, window, window, stride, padding, ceil);
    float[] x = Floats.rows(1, IMAGES * in.pixels(), 17, C16, Kind.ORDINARY);
    float[] dy = Floats.rows(2, IMAGES * g.output().pixels(), 17, C16, Kind.ORDINARY);
    double[] y = new double[dy.length];
    double[] dx = new double[x.length];
    for (int i = 0; i < y.length; i++) {
      int best = -1;
      for (int k = 0; k < window * window; k++) {
        int at = element(g, i, k);
        best = best < 0 || (at >= 0 && x[at] > x[best]) ? at : best;
      }
      y[i] = x[best];
      dx[best] += dy[i];
    }
    MaxPoolingKernel pooling = Implementations.scalar().maxPooling(g, Workspace.of(IMAGES));
    float[] output = new float[y.length];
    float[] gradient = new float[x.length];
    pooling.forward(Worker.single(), IMAGES, tensor(x, in), tensor(output, g.output()));
    pooling.backward(
        Worker.single(),
        IMAGES,
        tensor(dy, g.output()),
        false,
        Epilogue.NONE,
        tensor(gradient, in));
    Compare.close("output", y, output, 1e-9);
    Compare.close("input gradient", dx, gradient, 1e-6);
  }

  @ParameterizedTest
  @CsvSource({"4, 6, 2, 2", "7, 5, 3, 2", "5, 5, 2, 1", "6, 7, 1, 3"})
  void subsampling(int height, int width, int window, int stride) {
    Shape in = new Shape(height, width, 17);
    var g = new PoolingGeometry(in, window, stride);
    float[] x = Floats.rows(1, IMAGES * in.pixels(), 17, C16, Kind.ORDINARY);
    float[] w = Floats.rows(2, 2, 17, C16, Kind.ORDINARY);
    float[] dy = Floats.rows(3, IMAGES * g.output().pixels(), 17, C16, Kind.ORDINARY);
    double[] y = new double[dy.length];
    double[] dx = new double[x.length];
    double[] dw = new double[w.length];
    for (int i = 0; i < y.length; i++) {
      int c = i % C16;
      double mean = 0;
      for (int k = 0; k < window * window; k++) {
        mean += (double) x[element(g, i, k)] / (window * window);
        dx[element(g, i, k)] += (double) dy[i] * w[c] / (window * window);
      }
      y[i] = mean * w[c] + w[C16 + c];
      dw[c] += dy[i] * mean;
      dw[C16 + c] += dy[i];
    }
    SubsamplingKernel subsampling = Implementations.scalar().subsampling(g, Workspace.of(IMAGES));
    float[] output = new float[y.length];
    float[] gradient = new float[w.length];
    float[] inputGradient = new float[x.length];
    subsampling.forward(
        Worker.single(), IMAGES, tensor(x, in), w, 0, C16, tensor(output, g.output()));
    subsampling.weightGradient(
        Worker.single(), VirtualNodeTree.single(IMAGES), tensor(dy, g.output()), gradient, 0, C16);
    subsampling.inputGradient(
        Worker.single(), IMAGES, tensor(dy, g.output()), w, 0, false, tensor(inputGradient, in));
    Compare.close("output", y, output, 1e-5);
    Compare.close("weight gradient", dw, gradient, 1e-5);
    Compare.close("input gradient", dx, inputGradient, 1e-5);
  }

  private static Tensor tensor(float[] data, Shape shape) {
    return new Tensor(data, 0, IMAGES, shape, C16);
  }

  @ParameterizedTest
  @CsvSource({"4, 6, 2, 2", "7, 5, 3, 2", "14, 14, 5, 3", "6, 6, 6, 1"})
  void averagePooling(int height, int width, int window, int stride) {
    Shape in = new Shape(height, width, 17);
    var g = new PoolingGeometry(in, window, stride);
    float[] x = Floats.rows(1, IMAGES * in.pixels(), 17, C16, Kind.ORDINARY);
    float[] dy = Floats.rows(2, IMAGES * g.output().pixels(), 17, C16, Kind.ORDINARY);
    double[] y = new double[dy.length];
    double[] dx = new double[x.length];
    for (int i = 0; i < y.length; i++) {
      for (int k = 0; k < window * window; k++) {
        y[i] += (double) x[element(g, i, k)] / (window * window);
        dx[element(g, i, k)] += (double) dy[i] / (window * window);
      }
    }
    AveragePoolingKernel pooling = Implementations.scalar().averagePooling(g, Workspace.of(IMAGES));
    float[] output = new float[y.length];
    float[] gradient = new float[x.length];
    pooling.forward(Worker.single(), IMAGES, tensor(x, in), tensor(output, g.output()));
    pooling.backward(Worker.single(), IMAGES, tensor(dy, g.output()), false, tensor(gradient, in));
    Compare.close("output", y, output, 1e-6);
    Compare.close("input gradient", dx, gradient, 1e-6);
  }

  /** Of the window that gives output {@code i}, element number {@code k} in row order, or -1. */
  private static int element(PoolingGeometry g, int i, int k) {
    Shape out = g.output();
    int pixel = i / C16;
    int n = pixel / out.pixels();
    int y = pixel / out.width() % out.height() * g.stride() + k / g.windowWidth() - g.padding();
    int x = pixel % out.width() * g.stride() + k % g.windowWidth() - g.padding();
    if (y < 0 || x < 0 || y >= g.input().height() || x >= g.input().width()) {
      return -1;
    }
    return ((n * g.input().height() + y) * g.input().width() + x) * C16 + i % C16;
  }

  @Test
  void theFirstInRowOrderWinsADraw() {
    var g = new PoolingGeometry(new Shape(2, 2, 1), 2, 2);
    for (Kernels kernels : Implementations.all()) {
      MaxPoolingKernel pooling = kernels.maxPooling(g, Workspace.of(1));
      float[] input = new float[4 * 16];
      input[16] = 5;
      input[32] = 5;
      float[] output = new float[16];
      pooling.forward(
          Worker.single(),
          1,
          new Tensor(input, 0, 1, g.input(), 16),
          new Tensor(output, 0, 1, g.output(), 16));
      assertEquals(5f, output[0]);
      float[] outputGradient = new float[16];
      outputGradient[0] = 3;
      float[] inputGradient = new float[4 * 16];
      pooling.backward(
          Worker.single(),
          1,
          new Tensor(outputGradient, 0, 1, g.output(), 16),
          false,
          Epilogue.NONE,
          new Tensor(inputGradient, 0, 1, g.input(), 16));
      float[] expected = new float[4 * 16];
      expected[16] = 3;
      assertArrayEquals(expected, inputGradient);
    }
  }
}
