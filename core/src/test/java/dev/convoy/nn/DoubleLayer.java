package dev.convoy.nn;

import dev.convoy.tensor.Shape;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/**
 * What a layer computes, written anew from its paper's formula: in double precision, for one image
 * in torch's order (C,H,W) and parameters in torch's order.
 */
interface DoubleLayer extends DoubleBatchLayer {
  double[] forward(double[] input, List<double[]> parameters);

  @Override
  default List<double[]> forward(List<double[]> inputs, List<double[]> parameters) {
    return inputs.stream().map(input -> forward(input, parameters)).toList();
  }

  static DoubleLayer elementwise(DoubleUnaryOperator function) {
    return (input, parameters) -> {
      double[] output = new double[input.length];
      for (int i = 0; i < output.length; i++) {
        output[i] = function.applyAsDouble(input[i]);
      }
      return output;
    };
  }

  /** Of OIHW filters; {@code table} may be null. */
  static DoubleLayer convolution(
      Shape in, int outputs, int kernel, int stride, int padding, String[] table) {
    int height = (in.height() + 2 * padding - kernel) / stride + 1;
    int width = (in.width() + 2 * padding - kernel) / stride + 1;
    return (input, parameters) -> {
      double[] output = new double[outputs * height * width];
      double[] filters = parameters.get(0);
      for (int i = 0; i < output.length; i++) {
        int o = i / (height * width);
        int top = i / width % height * stride - padding;
        int left = i % width * stride - padding;
        output[i] = parameters.get(1)[o];
        for (int c = 0; c < in.channels(); c++) {
          if (table != null && table[c].charAt(o) != 'X') {
            continue;
          }
          for (int y = Math.max(top, 0); y < Math.min(top + kernel, in.height()); y++) {
            for (int x = Math.max(left, 0); x < Math.min(left + kernel, in.width()); x++) {
              int tap = (y - top) * kernel + x - left;
              output[i] +=
                  input[(c * in.height() + y) * in.width() + x]
                      * filters[(o * in.channels() + c) * kernel * kernel + tap];
            }
          }
        }
      }
      return output;
    };
  }

  static DoubleLayer fullyConnected(int outputs) {
    return (input, parameters) -> {
      double[] output = parameters.get(1).clone();
      for (int o = 0; o < outputs; o++) {
        for (int i = 0; i < input.length; i++) {
          output[o] += parameters.get(0)[o * input.length + i] * input[i];
        }
      }
      return output;
    };
  }

  static DoubleLayer maxPooling(Shape in, MaxPooling layer) {
    Shape out = layer.output(List.of(in));
    return (input, parameters) -> {
      double[] output = new double[out.size()];
      for (int i = 0; i < output.length; i++) {
        output[i] = Double.NEGATIVE_INFINITY;
        for (int k = 0; k < layer.size() * layer.size(); k++) {
          int y = i / out.width() % out.height() * layer.stride() + k / layer.size();
          int x = i % out.width() * layer.stride() + k % layer.size();
          output[i] =
              Math.max(
                  output[i],
                  at(in, input, i / out.pixels(), y - layer.padding(), x - layer.padding()));
        }
      }
      return output;
    };
  }

  /** Of pixels outside of the image nothing is greater. */
  private static double at(Shape in, double[] input, int c, int y, int x) {
    boolean inside = y >= 0 && y < in.height() && x >= 0 && x < in.width();
    return inside ? input[(c * in.height() + y) * in.width() + x] : Double.NEGATIVE_INFINITY;
  }

  static DoubleLayer averagePooling(Shape in, int size, int stride) {
    int height = (in.height() - size) / stride + 1;
    int width = (in.width() - size) / stride + 1;
    return (input, parameters) -> {
      double[] output = new double[in.channels() * height * width];
      for (int i = 0; i < output.length; i++) {
        for (int k = 0; k < size * size; k++) {
          int y = i / width % height * stride + k / size;
          int x = i % width * stride + k % size;
          output[i] += at(in, input, i / (height * width), y, x) / (size * size);
        }
      }
      return output;
    };
  }

  static DoubleLayer globalAveragePooling(Shape in) {
    return (input, parameters) -> {
      double[] output = new double[in.channels()];
      for (int i = 0; i < input.length; i++) {
        output[i / in.pixels()] += input[i] / in.pixels();
      }
      return output;
    };
  }

  /** Krizhevsky et al. 2012, section 3.3. */
  static DoubleLayer responseNormalization(Shape in, int size, double k, double alpha) {
    return (input, parameters) -> {
      double[] output = new double[input.length];
      for (int i = 0; i < output.length; i++) {
        double sum = 0;
        for (int j = -(size / 2); j <= size / 2; j++) {
          int neighbour = i + j * in.pixels();
          if (neighbour >= 0 && neighbour < input.length) {
            sum += input[neighbour] * input[neighbour];
          }
        }
        output[i] = input[i] / StrictMath.pow(k + alpha * sum, 0.75);
      }
      return output;
    };
  }

  static DoubleLayer channelPaddingShortcut(Shape in, int stride, int outputs) {
    int height = (in.height() - 1) / stride + 1;
    int width = (in.width() - 1) / stride + 1;
    return (input, parameters) -> {
      double[] output = new double[outputs * height * width];
      for (int i = 0; i < in.channels() * height * width; i++) {
        int y = i / width % height * stride;
        output[i] = at(in, input, i / (height * width), y, i % width * stride);
      }
      return output;
    };
  }

  static DoubleLayer subsampling(Shape in, int size) {
    int height = in.height() / size;
    int width = in.width() / size;
    return (input, parameters) -> {
      double[] output = new double[in.channels() * height * width];
      for (int i = 0; i < output.length; i++) {
        int c = i / (height * width);
        double mean = 0;
        for (int k = 0; k < size * size; k++) {
          int y = i / width % height * size + k / size;
          int x = i % width * size + k % size;
          mean += input[(c * in.height() + y) * in.width() + x] / (size * size);
        }
        output[i] = parameters.get(0)[c] * mean + parameters.get(1)[c];
      }
      return output;
    };
  }

  /** Minus the squared distances. */
  static DoubleLayer radialBasis(float[][] codes) {
    return (input, parameters) -> {
      double[] output = new double[codes.length];
      for (int i = 0; i < codes.length; i++) {
        for (int j = 0; j < input.length; j++) {
          output[i] -= (input[j] - codes[i][j]) * (input[j] - codes[i][j]);
        }
      }
      return output;
    };
  }
}
