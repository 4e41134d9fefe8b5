package dev.convoy.kernel.vector;

import dev.convoy.kernel.Convolution;
import dev.convoy.kernel.ConvolutionGeometry;
import dev.convoy.tensor.Shape;
import java.util.Arrays;

/**
 * Direct NHWC convolution. Forward and the filter's gradient gather through two tables of offsets,
 * of pixels and of taps, made once; with padding they read a copy of the input that has its border
 * of zeros. The input's gradient is scattered tap by tap.
 */
final class VectorConvolution implements Convolution {
  private final ConvolutionGeometry g;
  private final Shape in;
  private final Shape out;
  private final PaddedInput padded;
  private final int[] pixelAt;
  private final int[] tapAt;
  private final float[] zeros;

  /** (KH,KW,O,C), C padded to 16. */
  private final float[] transposed;

  VectorConvolution(ConvolutionGeometry geometry, int images) {
    g = geometry;
    in = geometry.input();
    out = geometry.output();
    padded = new PaddedInput(geometry, images);
    pixelAt = pixelOffsets(images);
    tapAt = tapOffsets();
    zeros = new float[geometry.outputStride()];
    transposed =
        new float[g.kernelHeight() * g.kernelWidth() * g.outputs() * g.inputGradientStride()];
  }

  @Override
  public void prepare(float[] weights, int filter) {
    int channels = g.inputGradientStride();
    int at = filter;
    for (int tap = 0; tap < g.kernelHeight() * g.kernelWidth(); tap++) {
      int to = tap * g.outputs() * channels;
      for (int c = 0; c < in.channels(); c++) {
        for (int o = 0; o < g.outputs(); o++) {
          transposed[to + o * channels + c] = weights[at + o];
        }
        at += g.outputStride();
      }
    }
  }

  @Override
  public void forward(
      int images, float[] input, float[] weights, int filter, int bias, float[] output) {
    PixelProduct.run(
        images * out.pixels(),
        pixelAt,
        tapAt,
        padded.of(images, input),
        weights,
        filter,
        bias < 0 ? zeros : weights,
        Math.max(bias, 0),
        g.outputStride(),
        output);
  }

  @Override
  public void weightGradient(
      int images, float[] input, float[] outputGradient, float[] gradients, int filter, int bias) {
    int pixels = images * out.pixels();
    int width = g.outputStride();
    GradientProduct.filter(
        pixels, pixelAt, tapAt, padded.of(images, input), outputGradient, width, gradients, filter);
    if (bias >= 0) {
      GradientProduct.bias(pixels, outputGradient, width, gradients, bias);
    }
  }

  @Override
  public void inputGradient(int images, float[] outputGradient, float[] inputGradient) {
    Arrays.fill(inputGradient, 0, images * in.pixels() * g.inputGradientStride(), 0f);
    for (int n = 0; n < images; n++) {
      for (int ky = 0; ky < g.kernelHeight(); ky++) {
        for (int kx = 0; kx < g.kernelWidth(); kx++) {
          scatterTap(n, ky, kx, outputGradient, inputGradient);
        }
      }
    }
  }

  private void scatterTap(int n, int ky, int kx, float[] outputGradient, float[] inputGradient) {
    int channels = g.inputGradientStride();
    int filterAt = (ky * g.kernelWidth() + kx) * g.outputs() * channels;
    int firstX = first(kx);
    int pixels = end(kx, in.width(), out.width()) - firstX;
    int endY = end(ky, in.height(), out.height());
    for (int oy = first(ky); oy < endY; oy++) {
      int y = oy * g.stride() + ky - g.padding();
      int x = firstX * g.stride() + kx - g.padding();
      ScatterProduct.row(
          pixels,
          g.outputs(),
          outputGradient,
          ((n * out.height() + oy) * out.width() + firstX) * g.outputStride(),
          g.outputStride(),
          transposed,
          filterAt,
          channels,
          inputGradient,
          ((n * in.height() + y) * in.width() + x) * channels,
          g.stride() * channels);
    }
  }

  /** The first output row or column whose tap {@code k} is inside the input. */
  private int first(int k) {
    return Math.max(0, (g.padding() - k + g.stride() - 1) / g.stride());
  }

  /** One past the last such row or column. */
  private int end(int k, int inputSide, int outputSide) {
    int last = Math.floorDiv(inputSide - 1 + g.padding() - k, g.stride());
    return Math.min(outputSide, last + 1);
  }

  private int[] pixelOffsets(int images) {
    int[] offsets = new int[images * out.pixels()];
    for (int p = 0; p < offsets.length; p++) {
      int n = p / out.pixels();
      int oy = p % out.pixels() / out.width();
      int ox = p % out.width();
      int row = n * padded.height() + oy * g.stride();
      offsets[p] = (row * padded.width() + ox * g.stride()) * padded.stride();
    }
    return offsets;
  }

  private int[] tapOffsets() {
    int[] offsets = new int[g.taps()];
    for (int k = 0; k < offsets.length; k++) {
      int c = k % in.channels();
      int kx = k / in.channels() % g.kernelWidth();
      int ky = k / in.channels() / g.kernelWidth();
      offsets[k] = (ky * padded.width() + kx) * padded.stride() + c;
    }
    return offsets;
  }
}
