package dev.convoy.kernel.reference;

import dev.convoy.kernel.Convolution;
import dev.convoy.kernel.ConvolutionGeometry;
import dev.convoy.tensor.Shape;
import java.util.Arrays;

/** {@link Convolution} as its definition reads. */
final class ReferenceConvolution implements Convolution {
  private final ConvolutionGeometry g;
  private final Shape in;
  private final Shape out;
  private final float[] filter;

  ReferenceConvolution(ConvolutionGeometry geometry) {
    g = geometry;
    in = geometry.input();
    out = geometry.output();
    filter = new float[geometry.filterLength()];
  }

  @Override
  public void prepare(float[] weights, int filterAt) {
    System.arraycopy(weights, filterAt, filter, 0, filter.length);
  }

  @Override
  public void forward(
      int images, float[] input, float[] weights, int filterAt, int bias, float[] output) {
    for (int n = 0; n < images; n++) {
      for (int oy = 0; oy < out.height(); oy++) {
        for (int ox = 0; ox < out.width(); ox++) {
          for (int o = 0; o < g.outputStride(); o++) {
            float sum = bias < 0 ? 0f : weights[bias + o];
            for (int ky = 0; ky < g.kernelHeight(); ky++) {
              for (int kx = 0; kx < g.kernelWidth(); kx++) {
                for (int c = 0; c < in.channels(); c++) {
                  float value = value(input, n, row(oy, ky), column(ox, kx), c);
                  sum = Math.fma(value, weights[filterAt + tap(ky, kx, c, o)], sum);
                }
              }
            }
            output[outputIndex(n, oy, ox, o)] = sum;
          }
        }
      }
    }
  }

  @Override
  public void inputGradient(int images, float[] outputGradient, float[] inputGradient) {
    int stride = g.inputGradientStride();
    Arrays.fill(inputGradient, 0, images * in.pixels() * stride, 0f);
    for (int n = 0; n < images; n++) {
      for (int ky = 0; ky < g.kernelHeight(); ky++) {
        for (int kx = 0; kx < g.kernelWidth(); kx++) {
          for (int oy = 0; oy < out.height(); oy++) {
            for (int ox = 0; ox < out.width(); ox++) {
              int y = row(oy, ky);
              int x = column(ox, kx);
              if (!inside(y, x)) {
                continue;
              }
              for (int c = 0; c < in.channels(); c++) {
                int at = ((n * in.height() + y) * in.width() + x) * stride + c;
                float sum = inputGradient[at];
                for (int o = 0; o < g.outputs(); o++) {
                  float gradient = outputGradient[outputIndex(n, oy, ox, o)];
                  sum = Math.fma(gradient, filter[tap(ky, kx, c, o)], sum);
                }
                inputGradient[at] = sum;
              }
            }
          }
        }
      }
    }
  }

  @Override
  public void weightGradient(
      int images,
      float[] input,
      float[] outputGradient,
      float[] gradients,
      int filterAt,
      int bias) {
    for (int o = 0; o < g.outputStride(); o++) {
      for (int ky = 0; ky < g.kernelHeight(); ky++) {
        for (int kx = 0; kx < g.kernelWidth(); kx++) {
          for (int c = 0; c < in.channels(); c++) {
            gradients[filterAt + tap(ky, kx, c, o)] =
                tapGradient(images, input, outputGradient, ky, kx, c, o);
          }
        }
      }
      if (bias >= 0) {
        gradients[bias + o] = biasGradient(images, outputGradient, o);
      }
    }
  }

  private float tapGradient(
      int images, float[] input, float[] outputGradient, int ky, int kx, int c, int o) {
    float sum = 0f;
    for (int n = 0; n < images; n++) {
      for (int oy = 0; oy < out.height(); oy++) {
        for (int ox = 0; ox < out.width(); ox++) {
          float value = value(input, n, row(oy, ky), column(ox, kx), c);
          sum = Math.fma(value, outputGradient[outputIndex(n, oy, ox, o)], sum);
        }
      }
    }
    return sum;
  }

  private float biasGradient(int images, float[] outputGradient, int o) {
    float sum = 0f;
    for (int p = 0; p < images * out.pixels(); p++) {
      sum += outputGradient[p * g.outputStride() + o];
    }
    return sum;
  }

  private int row(int oy, int ky) {
    return oy * g.stride() + ky - g.padding();
  }

  private int column(int ox, int kx) {
    return ox * g.stride() + kx - g.padding();
  }

  private boolean inside(int y, int x) {
    return y >= 0 && y < in.height() && x >= 0 && x < in.width();
  }

  private float value(float[] input, int n, int y, int x, int c) {
    return inside(y, x)
        ? input[((n * in.height() + y) * in.width() + x) * g.inputStride() + c]
        : 0f;
  }

  private int tap(int ky, int kx, int c, int o) {
    return ((ky * g.kernelWidth() + kx) * in.channels() + c) * g.outputStride() + o;
  }

  private int outputIndex(int n, int oy, int ox, int o) {
    return ((n * out.height() + oy) * out.width() + ox) * g.outputStride() + o;
  }
}
