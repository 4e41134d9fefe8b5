package dev.convoy.nn;

import static dev.convoy.tensor.Layout.LANES;

import dev.convoy.tensor.Layout;
import dev.convoy.tensor.Shape;
import java.util.Arrays;

/**
 * How a parameter's values in torch's order lie in the kernels' layout: dimension d of the view has
 * stride {@code strides[d]}, and of the first dimension 16 values lie together, and the next 16
 * {@code panel} floats further. Floats that hold no value are zero.
 *
 * @param view sizes of the dimensions in torch's order, the last running fastest
 * @param panel from 16 values of the first dimension to the next 16
 * @param strides of each dimension in the kernels' layout
 * @param length floats of the packed form, a multiple of 16
 */
record ParameterLayout(int[] view, int panel, int[] strides, int length) {

  /** Returns the layout of a vector of {@code count} values, such as biases. */
  static ParameterLayout vector(int count) {
    return new ParameterLayout(new int[] {count}, LANES, new int[] {1}, Layout.padded(count));
  }

  /** Returns the layout of a filter: OIHW to (O/16,KH,KW,C,16), O padded to 16. */
  static ParameterLayout filter(
      int outChannels, int inChannels, int kernelHeight, int kernelWidth) {
    int panel = kernelHeight * kernelWidth * inChannels * LANES;
    return new ParameterLayout(
        new int[] {outChannels, inChannels, kernelHeight, kernelWidth},
        panel,
        new int[] {1, LANES, kernelWidth * inChannels * LANES, inChannels * LANES},
        Math.multiplyExact(Layout.padded(outChannels) / LANES, panel));
  }

  /**
   * Returns the layout of a fully connected layer's (O, C*H*W), as torch flattens NCHW: (H,W,C,O)
   * with C and O padded to 16, as NHWC activations are read.
   */
  static ParameterLayout matrix(int outFeatures, Shape input) {
    int o = Layout.padded(outFeatures);
    int c = Layout.padded(input.channels());
    return new ParameterLayout(
        new int[] {outFeatures, input.channels(), input.height(), input.width()},
        LANES,
        new int[] {1, o, input.width() * c * o, c * o},
        Math.multiplyExact(input.pixels() * c, o));
  }

  /** Returns the number of values. */
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

  /** Returns the values in torch's order. */
  float[] unpack(float[] packed, int at) {
    float[] values = new float[count()];
    for (int i = 0; i < values.length; i++) {
      values[i] = packed[at + offset(i)];
    }
    return values;
  }

  /** Returns where element {@code index}, in torch's order, lies behind the first one. */
  int offset(int index) {
    int offset = 0;
    int rest = index;
    for (int d = view.length - 1; d > 0; d--) {
      offset += rest % view[d] * strides[d];
      rest /= view[d];
    }
    return offset + rest / LANES * panel + rest % LANES * strides[0];
  }
}
