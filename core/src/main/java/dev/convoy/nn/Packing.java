package dev.convoy.nn;

import dev.convoy.tensor.Layout;
import dev.convoy.tensor.Shape;
import java.util.Arrays;

/**
 * How a parameter's values in torch's order lie in the kernels' layout: dimension d of the view has
 * stride {@code strides[d]}. What no value lies on is zero.
 *
 * @param view sizes of the dimensions in torch's order, the last running fastest
 * @param strides of each dimension in the kernels' layout
 * @param length floats of the packed form, a multiple of 16
 */
record Packing(int[] view, int[] strides, int length) {

  /** A vector of {@code count}: biases. */
  static Packing vector(int count) {
    return new Packing(new int[] {count}, new int[] {1}, Layout.padded(count));
  }

  /** OIHW to (KH,KW,C,O), O padded to 16. */
  static Packing filter(int outputs, int channels, int kernelHeight, int kernelWidth) {
    int o = Layout.padded(outputs);
    return new Packing(
        new int[] {outputs, channels, kernelHeight, kernelWidth},
        new int[] {1, o, kernelWidth * channels * o, channels * o},
        kernelHeight * kernelWidth * channels * o);
  }

  /**
   * A fully connected layer's (O, C*H*W), as torch flattens NCHW, to (H,W,C,O) with C and O padded
   * to 16, as NHWC activations are read.
   */
  static Packing matrix(int outputs, Shape input) {
    int o = Layout.padded(outputs);
    int c = Layout.padded(input.channels());
    return new Packing(
        new int[] {outputs, input.channels(), input.height(), input.width()},
        new int[] {1, o, input.width() * c * o, c * o},
        Math.multiplyExact(input.pixels() * c, o));
  }

  /** The number of values. */
  int count() {
    return Arrays.stream(view).reduce(1, Math::multiplyExact);
  }

  /** Writes {@code values}, in torch's order, to {@code packed} from {@code at} on. */
  void pack(float[] values, float[] packed, int at) {
    Arrays.fill(packed, at, at + length, 0f);
    for (int i = 0; i < values.length; i++) {
      packed[at + offset(i)] = values[i];
    }
  }

  /** The values in torch's order. */
  float[] unpack(float[] packed, int at) {
    float[] values = new float[count()];
    for (int i = 0; i < values.length; i++) {
      values[i] = packed[at + offset(i)];
    }
    return values;
  }

  private int offset(int index) {
    int offset = 0;
    int rest = index;
    for (int d = view.length - 1; d >= 0; d--) {
      offset += rest % view[d] * strides[d];
      rest /= view[d];
    }
    return offset;
  }
}
