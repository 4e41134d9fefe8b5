package dev.convoy.kernel;

import dev.convoy.tensor.Layout;
import dev.convoy.tensor.Shape;

/**
 * Where a convolution reads and writes.
 *
 * @param input one image's shape, H x W x C
 * @param inputStride floats from one input pixel to the next
 * @param outputs output channels, O
 * @param kernelHeight rows of a filter
 * @param kernelWidth columns of a filter
 * @param stride step of the filter, in both directions
 * @param padding rows and columns of zeros around the input
 */
public record ConvolutionGeometry(
    Shape input,
    int inputStride,
    int outputs,
    int kernelHeight,
    int kernelWidth,
    int stride,
    int padding) {

  public ConvolutionGeometry {
    if (outputs < 1 || kernelHeight < 1 || kernelWidth < 1 || stride < 1 || padding < 0) {
      throw new IllegalArgumentException(
          "a convolution with %d outputs, a %dx%d kernel, stride %d and padding %d is impossible"
              .formatted(outputs, kernelHeight, kernelWidth, stride, padding));
    }
    if (inputStride < input.channels()) {
      throw new IllegalArgumentException(
          "pixels of %d channels do not fit a stride of %d"
              .formatted(input.channels(), inputStride));
    }
    if (input.height() + 2 * padding < kernelHeight || input.width() + 2 * padding < kernelWidth) {
      throw new IllegalArgumentException(
          "a %dx%d kernel is larger than its input %s with padding %d"
              .formatted(kernelHeight, kernelWidth, input, padding));
    }
  }

  /** The shape of one output image, floor((side + 2 padding - kernel) / stride) + 1. */
  public Shape output() {
    return new Shape(
        (input.height() + 2 * padding - kernelHeight) / stride + 1,
        (input.width() + 2 * padding - kernelWidth) / stride + 1,
        outputs);
  }

  /** Input values that one output sees, K. */
  public int taps() {
    return kernelHeight * kernelWidth * input.channels();
  }

  /** Floats from one output pixel to the next. */
  public int outputStride() {
    return Layout.padded(outputs);
  }

  /** Floats from one pixel of the input's gradient to the next. */
  public int inputGradientStride() {
    return Layout.padded(input.channels());
  }

  /** Floats of the packed filter, (kernelHeight, kernelWidth, C, padded O). */
  public int filterLength() {
    return Math.multiplyExact(taps(), outputStride());
  }
}
