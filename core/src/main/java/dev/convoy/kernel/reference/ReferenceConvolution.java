package dev.convoy.kernel.reference;

import dev.convoy.concurrent.Worker;
import dev.convoy.kernel.Bands;
import dev.convoy.kernel.BiasGradient;
import dev.convoy.kernel.Convolution;
import dev.convoy.kernel.ConvolutionGeometry;
import dev.convoy.kernel.Epilogue;
import dev.convoy.kernel.NodeTree;
import dev.convoy.tensor.Layout;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.Tensor;

/** {@link Convolution} as its definition reads; the first worker does it all. */
final class ReferenceConvolution implements Convolution {
  private final ConvolutionGeometry g;
  private final Shape in;
  private final Shape out;
  private final BiasGradient biasGradient;

  ReferenceConvolution(ConvolutionGeometry geometry) {
    g = geometry;
    in = geometry.input();
    out = geometry.output();
    biasGradient = new ReferenceBiasGradient(out);
  }

  @Override
  public void forward(
      Worker me,
      int images,
      Tensor input,
      float[] weights,
      int filter,
      int bias,
      Epilogue epilogue,
      Tensor output) {
    if (!me.first()) {
      return;
    }
    for (int p = 0; p < images * out.pixels(); p++) {
      for (int o = 0; o < g.outputStride(); o++) {
        output.data()[output.pixel(p) + o] = value(input, p, weights, filter, bias, o);
      }
    }
    epilogue.bands(0, new Bands(out).count(images));
  }

  private float value(Tensor input, int p, float[] weights, int filter, int bias, int o) {
    float sum = bias < 0 ? 0f : weights[bias + o];
    for (int k = 0; k < g.taps(); k++) {
      sum = Math.fma(seen(input, p, k, o), weights[filter + g.filterIndex(k, o)], sum);
    }
    return sum;
  }

  @Override
  public void inputGradient(
      Worker me,
      int images,
      Tensor outputGradient,
      float[] weights,
      int filter,
      boolean add,
      Epilogue epilogue,
      Tensor inputGradient) {
    if (!me.first()) {
      return;
    }
    for (int n = 0; n < images; n++) {
      for (int y = 0; y < in.height(); y++) {
        for (int x = 0; x < in.width(); x++) {
          int to = inputGradient.pixel((n * in.height() + y) * in.width() + x);
          for (int c = 0; c < Layout.padded(in.channels()); c++) {
            float first = add ? inputGradient.data()[to + c] : 0f;
            inputGradient.data()[to + c] =
                c < in.channels()
                    ? gradient(outputGradient, n, y, x, c, weights, filter, first)
                    : first;
          }
        }
      }
    }
    epilogue.bands(0, new Bands(in).count(images));
  }

  private float gradient(
      Tensor outputGradient, int n, int y, int x, int c, float[] weights, int filter, float first) {
    float sum = first;
    int group = c / g.groupInputs();
    for (int ky = 0; ky < g.kernelHeight(); ky++) {
      for (int kx = 0; kx < g.kernelWidth(); kx++) {
        int down = y + g.padding() - ky;
        int right = x + g.padding() - kx;
        if (down % g.stride() != 0 || right % g.stride() != 0) {
          continue;
        }
        int tap = (ky * g.kernelWidth() + kx) * g.groupInputs() + c % g.groupInputs();
        for (int i = 0; i < g.groupOutputs(); i++) {
          int o = group * g.groupOutputs() + i;
          float value = value(outputGradient, n, down / g.stride(), right / g.stride(), o);
          sum = Math.fma(value, weights[filter + g.filterIndex(tap, o)], sum);
        }
      }
    }
    return sum;
  }

  @Override
  public void weightGradient(
      Worker me,
      NodeTree tree,
      Tensor input,
      Tensor outputGradient,
      float[] gradients,
      int filter,
      int bias) {
    if (bias >= 0) {
      biasGradient.of(me, tree, outputGradient, gradients, bias);
    }
    if (!me.first()) {
      return;
    }
    for (int o = 0; o < g.outputStride(); o++) {
      for (int k = 0; k < g.taps(); k++) {
        gradients[filter + g.filterIndex(k, o)] = tapGradient(tree, input, outputGradient, k, o);
      }
    }
  }

  private float tapGradient(NodeTree tree, Tensor input, Tensor outputGradient, int k, int o) {
    return TreeSum.over(
        tree,
        (firstImage, endImage) -> {
          float sum = 0f;
          for (int p = firstImage * out.pixels(); p < endImage * out.pixels(); p++) {
            float gradient = outputGradient.data()[outputGradient.pixel(p) + o];
            sum = Math.fma(seen(input, p, k, o), gradient, sum);
          }
          return sum;
        });
  }

  /** The input value that output {@code o} of pixel {@code p} sees through tap {@code k}. */
  private float seen(Tensor input, int p, int k, int o) {
    int oy = p % out.pixels() / out.width();
    int ox = p % out.width();
    int ky = k / g.groupInputs() / g.kernelWidth();
    int kx = k / g.groupInputs() % g.kernelWidth();
    // The padding behind the last output belongs to the last group.
    int group = Math.min(o / g.groupOutputs(), g.groups() - 1);
    int c = group * g.groupInputs() + k % g.groupInputs();
    int y = oy * g.stride() + ky - g.padding();
    int x = ox * g.stride() + kx - g.padding();
    return value(input, p / out.pixels(), y, x, c);
  }

  /** Zero outside of the image. */
  private static float value(Tensor images, int n, int y, int x, int c) {
    Shape shape = images.shape();
    boolean inside = y >= 0 && y < shape.height() && x >= 0 && x < shape.width();
    return inside
        ? images.data()[images.pixel((n * shape.height() + y) * shape.width() + x) + c]
        : 0f;
  }
}
