package dev.convoy.kernel.vector;

import dev.convoy.kernel.Convolution;
import dev.convoy.kernel.ConvolutionGeometry;
import dev.convoy.tensor.Shape;

/**
 * Direct NHWC convolution. Forward and the filter's gradient gather through two tables of offsets,
 * of pixels and of taps, made once; with padding they read a copy of the input that has its border
 * of zeros. The input's gradient is scattered tap by tap.
 */
final class VectorConvolution implements Convolution {
  private final ConvolutionGeometry g;
  private final Shape in;
  private final Shape out;
  private final PaddedImages padded;
  private final PaddedImages paddedGradient;
  private final int[] pixelAt;
  private final int[] gradientPixelAt;
  private final int[] tapAt;
  private final float[] zeros;

  /** (KH,KW,O,C), C padded to 16. */
  private final float[] transposed;

  VectorConvolution(ConvolutionGeometry geometry, int images) {
    g = geometry;
    in = geometry.input();
    out = geometry.output();
    padded = new PaddedImages(in, g.padding(), g.inputStride(), images);
    paddedGradient = new PaddedImages(in, g.padding(), g.inputGradientStride(), images);
    pixelAt = pixelOffsets(images, padded);
    gradientPixelAt = pixelOffsets(images, paddedGradient);
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
    float[] target = paddedGradient.zeros(images, inputGradient);
    int channels = g.inputGradientStride();
    for (int ky = 0; ky < g.kernelHeight(); ky++) {
      for (int kx = 0; kx < g.kernelWidth(); kx++) {
        ScatterProduct.tap(
            images * out.pixels(),
            g.outputs(),
            outputGradient,
            g.outputStride(),
            transposed,
            (ky * g.kernelWidth() + kx) * g.outputs() * channels,
            channels,
            target,
            gradientPixelAt,
            (ky * paddedGradient.width() + kx) * channels);
      }
    }
    paddedGradient.crop(images, inputGradient);
  }

  /** Where the window of each output pixel, over all images, begins. */
  private int[] pixelOffsets(int images, PaddedImages input) {
    int[] offsets = new int[images * out.pixels()];
    for (int p = 0; p < offsets.length; p++) {
      int n = p / out.pixels();
      int oy = p % out.pixels() / out.width();
      int ox = p % out.width();
      int row = n * input.height() + oy * g.stride();
      offsets[p] = (row * input.width() + ox * g.stride()) * input.stride();
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
