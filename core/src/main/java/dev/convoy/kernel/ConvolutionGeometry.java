package dev.convoy.kernel;

import dev.convoy.tensor.Layout;
import dev.convoy.tensor.Shape;
import java.util.Locale;

/**
 * The sizes of a convolution, for which its kernels are made.
 *
 * @param input one image's shape, H x W x C
 * @param inputStride floats from one input pixel to the next
 * @param outChannels output channels, O
 * @param kernelHeight rows of a filter
 * @param kernelWidth columns of a filter
 * @param stride step of the filter, in both directions
 * @param padding rows and columns of zeros around the input
 * @param groups parts into which input and output channels are cut; an output sees the inputs of
 *     its part only
 */
public record ConvolutionGeometry(
    Shape input,
    int inputStride,
    int outChannels,
    int kernelHeight,
    int kernelWidth,
    int stride,
    int padding,
    int groups) {

  /** Makes the geometry of a convolution with one group. */
  public ConvolutionGeometry(
      Shape input,
      int inputStride,
      int outChannels,
      int kernelHeight,
      int kernelWidth,
      int stride,
      int padding) {
    this(input, inputStride, outChannels, kernelHeight, kernelWidth, stride, padding, 1);
  }

  public ConvolutionGeometry {
    if (outChannels < 1 || kernelHeight < 1 || kernelWidth < 1 || stride < 1 || padding < 0) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "a convolution with %d outputs, a %dx%d kernel, stride %d and padding %d is impossible",
              outChannels,
              kernelHeight,
              kernelWidth,
              stride,
              padding));
    }
    if (groups < 1
        || input.channels() % groups != 0
        || outChannels % groups != 0
        || (groups > 1 && !wholeVectors(input.channels() / groups, outChannels / groups))) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%d input and %d output channels cannot be cut into %d groups of whole multiples of %d",
              input.channels(),
              outChannels,
              groups,
              Layout.LANES));
    }
    if (inputStride < input.channels()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "pixels of %d channels do not fit a stride of %d",
              input.channels(),
              inputStride));
    }
    if (input.height() + 2 * padding < kernelHeight || input.width() + 2 * padding < kernelWidth) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "a %dx%d kernel is larger than its input %s with padding %d",
              kernelHeight,
              kernelWidth,
              input,
              padding));
    }
  }

  private static boolean wholeVectors(int inChannels, int outChannels) {
    return inChannels % Layout.LANES == 0 && outChannels % Layout.LANES == 0;
  }

  /** Returns the shape of one output image, floor((side + 2 padding - kernel) / stride) + 1. */
  public Shape output() {
    return new Shape(
        (input.height() + 2 * padding - kernelHeight) / stride + 1,
        (input.width() + 2 * padding - kernelWidth) / stride + 1,
        outChannels);
  }

  /** Returns the number of input channels that one output sees. */
  public int groupInChannels() {
    return input.channels() / groups;
  }

  /** Returns the number of output channels of one group. */
  public int groupOutChannels() {
    return outChannels / groups;
  }

  /** Returns the number of input values that one output sees: K = KH * KW * C / groups. */
  public int fanIn() {
    return kernelHeight * kernelWidth * groupInChannels();
  }

  /** Returns the number of output channels, padded. */
  public int outputStride() {
    return Layout.padded(outChannels);
  }

  /** Returns the number of floats from one pixel of the input's gradient to the next. */
  public int inputGradientStride() {
    return Layout.padded(input.channels());
  }

  /** Returns the length in floats of the packed filter, (padded O / 16, KH, KW, C / groups, 16). */
  public int filterLength() {
    return Math.multiplyExact(fanIn(), outputStride());
  }

  /** Returns the index of weight (k, o) in the packed filter, where k counts (ky,kx,c). */
  public int filterIndex(int k, int output) {
    return (output / Layout.LANES * fanIn() + k) * Layout.LANES + output % Layout.LANES;
  }
}
