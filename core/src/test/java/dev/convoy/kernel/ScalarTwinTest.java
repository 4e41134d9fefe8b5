package dev.convoy.kernel;

import dev.convoy.concurrent.Worker;
import dev.convoy.tensor.Layout;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.Tensor;
import dev.convoy.testing.Compare;
import dev.convoy.testing.Floats;
import dev.convoy.testing.Floats.Kind;
import dev.convoy.testing.Implementations;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The scalar twin, to which all others are held, against the definitions in double precision. Here
 * a product is spread from each input and weight to where it belongs, in no order that kernels use.
 */
class ScalarTwinTest {
  private static final double BOUND = 1e-5;
  private static final int IMAGES = 2;

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          # height, width, channels, pixel, outputs, kernel h, w, stride, padding
          14, 14,  6, 16,  16,  5,  5, 1, 0
           7,  9,  3,  3,  17,  3,  3, 1, 1
           8,  8, 17, 32,  10,  3,  5, 2, 2
          19, 23,  3,  3,   6, 11, 11, 4, 2
           9,  9,  3,  3,   4,  7,  7, 2, 3
           5,  4,  5,  5,   3,  1,  1, 2, 0
          """)
  void convolution(
      int height,
      int width,
      int channels,
      int pixel,
      int outputs,
      int kernelHeight,
      int kernelWidth,
      int stride,
      int padding) {
    Shape in = new Shape(height, width, channels);
    var g = new ConvolutionGeometry(in, pixel, outputs, kernelHeight, kernelWidth, stride, padding);
    Shape out = g.output();
    int o16 = g.outputStride();
    float[] x = Floats.rows(1, IMAGES * in.pixels(), channels, pixel, Kind.ORDINARY);
    float[] w = packed(g);
    float[] dy = Floats.rows(3, IMAGES * out.pixels(), outputs, o16, Kind.ORDINARY);
    int bias = g.filterLength();

    double[] y = new double[dy.length];
    double[] dx = new double[IMAGES * in.pixels() * g.inputGradientStride()];
    double[] dw = new double[w.length];
    for (int i = 0; i < y.length; i++) {
      y[i] = w[bias + i % o16];
      dw[bias + i % o16] += dy[i];
    }
    for (int p = 0; p < IMAGES * in.pixels(); p++) {
      for (int tap = 0; tap < kernelHeight * kernelWidth; tap++) {
        int top = p / width % height + padding - tap / kernelWidth;
        int left = p % width + padding - tap % kernelWidth;
        int oy = Math.floorDiv(top, stride);
        int ox = Math.floorDiv(left, stride);
        if (top % stride != 0 || left % stride != 0) {
          continue;
        }
        if (oy < 0 || oy >= out.height() || ox < 0 || ox >= out.width()) {
          continue;
        }
        int q = (p / in.pixels() * out.height() + oy) * out.width() + ox;
        for (int c = 0; c < channels; c++) {
          for (int o = 0; o < outputs; o++) {
            int k = g.filterIndex(tap * channels + c, o);
            y[q * o16 + o] += (double) x[p * pixel + c] * w[k];
            dx[p * g.inputGradientStride() + c] += (double) dy[q * o16 + o] * w[k];
            dw[k] += (double) dy[q * o16 + o] * x[p * pixel + c];
          }
        }
      }
    }

    ConvolutionKernel convolution = Implementations.scalar().convolution(g, Workspace.of(IMAGES));
    float[] output = new float[y.length];
    Tensor images = new Tensor(x, 0, IMAGES, in, pixel);
    Tensor upstream = new Tensor(dy, 0, IMAGES, out, o16);
    convolution.forward(
        Worker.single(),
        IMAGES,
        images,
        w,
        0,
        bias,
        Epilogue.NONE,
        new Tensor(output, 0, IMAGES, out, o16));
    Compare.close("output", y, output, BOUND);
    float[] gradient = new float[w.length];
    convolution.weightGradient(
        Worker.single(), VirtualNodeTree.single(IMAGES), images, upstream, gradient, 0, bias);
    Compare.close("weight gradient", dw, gradient, BOUND);
    float[] inputGradient = new float[dx.length];
    convolution.inputGradient(
        Worker.single(),
        IMAGES,
        upstream,
        w,
        0,
        false,
        new Tensor(inputGradient, 0, IMAGES, in, g.inputGradientStride()));
    Compare.close("input gradient", dx, inputGradient, BOUND);
  }

  /** Filter and bias in the kernels' layout, zero where there is no output. */
  private static float[] packed(ConvolutionGeometry g) {
    float[] values = Floats.random(2, (g.fanIn() + 1) * g.outChannels());
    float[] packed = new float[g.filterLength() + g.outputStride()];
    for (int i = 0; i < values.length; i++) {
      int tap = i / g.outChannels();
      int o = i % g.outChannels();
      packed[tap < g.fanIn() ? g.filterIndex(tap, o) : g.filterLength() + o] = values[i];
    }
    return packed;
  }

  @ParameterizedTest
  @CsvSource({"16, 1", "48, 17", "128, 84", "400, 120"})
  void fullyConnected(int inputs, int outputs) {
    int o16 = Layout.padded(outputs);
    float[] x = Floats.random(1, IMAGES * inputs);
    float[] w = Floats.rows(2, inputs + 1, outputs, o16, Kind.ORDINARY);
    float[] dy = Floats.rows(3, IMAGES, outputs, o16, Kind.ORDINARY);
    int bias = inputs * o16;
    double[] y = new double[dy.length];
    double[] dx = new double[x.length];
    double[] dw = new double[w.length];
    for (int n = 0; n < IMAGES; n++) {
      for (int o = 0; o < outputs; o++) {
        y[n * o16 + o] = w[bias + o];
        dw[bias + o] += dy[n * o16 + o];
        for (int i = 0; i < inputs; i++) {
          y[n * o16 + o] += (double) x[n * inputs + i] * w[i * o16 + o];
          dx[n * inputs + i] += (double) dy[n * o16 + o] * w[i * o16 + o];
          dw[i * o16 + o] += (double) dy[n * o16 + o] * x[n * inputs + i];
        }
      }
    }

    FullyConnectedKernel product =
        Implementations.scalar().fullyConnected(inputs, outputs, Workspace.of(IMAGES));
    float[] output = new float[y.length];
    Tensor vectors = new Tensor(x, 0, IMAGES, Shape.vector(inputs), inputs);
    Tensor upstream = new Tensor(dy, 0, IMAGES, Shape.vector(outputs), o16);
    product.forward(
        Worker.single(),
        IMAGES,
        vectors,
        w,
        0,
        bias,
        new Tensor(output, 0, IMAGES, Shape.vector(outputs), o16));
    Compare.close("output", y, output, BOUND);
    float[] gradient = new float[w.length];
    product.weightGradient(
        Worker.single(),
        VirtualNodeTree.single(IMAGES),
        vectors,
        upstream,
        0,
        inputs,
        gradient,
        0,
        bias);
    Compare.close("weight gradient", dw, gradient, BOUND);
    float[] inputGradient = new float[dx.length];
    product.inputGradient(
        Worker.single(),
        IMAGES,
        upstream,
        w,
        0,
        false,
        new Tensor(inputGradient, 0, IMAGES, Shape.vector(inputs), inputs));
    Compare.close("input gradient", dx, inputGradient, BOUND);
  }

  @Test
  void scaledTanh() {
    float[] values = Floats.random(1, 1600);
    float[] gradient = Floats.random(2, 1600);
    double[] y = new double[values.length];
    double[] dx = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      values[i] *= 5;
      double tanh = StrictMath.tanh(2.0 / 3 * values[i]);
      y[i] = 1.7159 * tanh;
      dx[i] = gradient[i] * 1.7159 * 2 / 3 * (1 - tanh * tanh);
    }
    ActivationKernel activation = Implementations.scalar().scaledTanh();
    activation.forward(values, 0, values.length);
    Compare.close("results", y, values, BOUND);
    activation.backward(values, 0, gradient, 0, values.length);
    Compare.close("gradient", dx, gradient, BOUND);
  }
}
