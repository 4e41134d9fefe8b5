package dev.convoy.kernel;

import dev.convoy.tensor.Layout;
import dev.convoy.tensor.Shape;
import java.util.Locale;

/**
 * Where a convolution reads and writes.
 *
 * @param input one image's shape, H x W x C
 * @param inputStride floats from one input pixel to the next
 * @param outChannels output channels, O
 * @param kernelHeight rows of a filter
 * @param kernelWidth columns of a filter
 * @param stride step of the filter, in both directions
 * @param padding rows and columns of zeros around the input
 * @param groups parts into which input and output channels are cut; an output sees its part only
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

  /** One group. */
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

  /** The shape of one output image, floor((side + 2 padding - kernel) / stride) + 1. */
  public Shape output() {
    return new Shape(
        (input.height() + 2 * padding - kernelHeight) / stride + 1,
        (input.width() + 2 * padding - kernelWidth) / stride + 1,
        outChannels);
  }

  /** Input channels that one output sees. */
  public int groupInChannels() {
    return input.channels() / groups;
  }

  /** Output channels of one group. */
  public int groupOutChannels() {
    return outChannels / groups;
  }

  /** Input values that one output sees, K. */
  public int taps() {
    return kernelHeight * kernelWidth * groupInChannels();
  }

  /** Output channels, padded. */
  public int outputStride() {
    return Layout.padded(outChannels);
  }

  /** Floats from one pixel of the input's gradient to the next. */
  public int inputGradientStride() {
    return Layout.padded(input.channels());
  }

  /** Floats of the packed filter, (padded O / 16, kernelHeight, kernelWidth, C, 16). */
  public int filterLength() {
    return Math.multiplyExact(taps(), outputStride());
  }

  /** Where weight (tap, o) is in the packed filter; tap counts (ky,kx,c). */
  public int filterIndex(int tap, int output) {
    return (output / Layout.LANES * taps() + tap) * Layout.LANES + output % Layout.LANES;
  }
}
