package dev.convoy.kernel.reference;

import dev.convoy.concurrent.Worker;
import dev.convoy.kernel.BiasGradientKernel;
import dev.convoy.kernel.ConvolutionGeometry;
import dev.convoy.kernel.ConvolutionKernel;
import dev.convoy.kernel.Epilogue;
import dev.convoy.kernel.RowBands;
import dev.convoy.kernel.VirtualNodeTree;
import dev.convoy.tensor.Layout;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.Tensor;

/** {@link ConvolutionKernel} by its definition; worker 0 does all the work. */
final class ReferenceConvolution implements ConvolutionKernel {
  private final ConvolutionGeometry g;
  private final Shape in;
  private final Shape out;
  private final BiasGradientKernel biasGradient;

  ReferenceConvolution(ConvolutionGeometry geometry) {
    g = geometry;
    in = geometry.input();
    out = geometry.output();
    biasGradient = new ReferenceBiasGradient(out);
  }

  @Override
  public void forward(
      Worker worker,
      int images,
      Tensor input,
      float[] weights,
      int filter,
      int bias,
      Epilogue epilogue,
      Tensor output) {
    if (!worker.first()) {
      return;
    }
    float[] patch = new float[g.fanIn()];
    for (int p = 0; p < images * out.pixels(); p++) {
      for (int o = 0; o < g.outputStride(); o++) {
        if (o == 0 || group(o) != group(o - 1)) {
          gather(input, p, group(o), patch);
        }
        float sum = bias < 0 ? 0f : weights[bias + o];
        int first = filter + g.filterIndex(0, o);
        for (int k = 0; k < patch.length; k++) {
          sum = Math.fma(patch[k], weights[first + k * Layout.LANES], sum);
        }
        output.data()[output.pixel(p) + o] = sum;
      }
    }
    epilogue.bands(0, new RowBands(out).count(images));
  }

  /**
   * Returns the group of an output channel; the padding behind the last channel belongs to the last
   * group.
   */
  private int group(int output) {
    return Math.min(output / g.groupOutChannels(), g.groups() - 1);
  }

  /**
   * Copies the inputs that the outputs of a group see at pixel {@code p}, in the order (ky,kx,c).
   */
  private void gather(Tensor input, int p, int group, float[] patch) {
    int n = p / out.pixels();
    int top = p % out.pixels() / out.width() * g.stride() - g.padding();
    int left = p % out.width() * g.stride() - g.padding();
    int k = 0;
    for (int ky = 0; ky < g.kernelHeight(); ky++) {
      for (int kx = 0; kx < g.kernelWidth(); kx++) {
        for (int c = 0; c < g.groupInChannels(); c++) {
          patch[k++] = value(input, n, top + ky, left + kx, group * g.groupInChannels() + c);
        }
      }
    }
  }

  @Override
  public void inputGradient(
      Worker worker,
      int images,
      Tensor outputGradient,
      float[] weights,
      int filter,
      boolean add,
      Epilogue epilogue,
      Tensor inputGradient) {
    if (!worker.first()) {
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
    epilogue.bands(0, new RowBands(in).count(images));
  }

  private float gradient(
      Tensor outputGradient, int n, int y, int x, int c, float[] weights, int filter, float first) {
    float sum = first;
    int firstOutput = c / g.groupInChannels() * g.groupOutChannels();
    for (int ky = 0; ky < g.kernelHeight(); ky++) {
      for (int kx = 0; kx < g.kernelWidth(); kx++) {
        int down = y + g.padding() - ky;
        int right = x + g.padding() - kx;
        if (down % g.stride() != 0 || right % g.stride() != 0) {
          continue;
        }
        int oy = down / g.stride();
        int ox = right / g.stride();
        boolean inside = inside(out, oy, ox);
        int at = inside ? outputGradient.pixel((n * out.height() + oy) * out.width() + ox) : 0;
        int tap = (ky * g.kernelWidth() + kx) * g.groupInChannels() + c % g.groupInChannels();
        for (int o = firstOutput; o < firstOutput + g.groupOutChannels(); o++) {
          float value = inside ? outputGradient.data()[at + o] : 0f;
          sum = Math.fma(value, weights[filter + g.filterIndex(tap, o)], sum);
        }
      }
    }
    return sum;
  }

  @Override
  public void weightGradient(
      Worker worker,
      VirtualNodeTree tree,
      Tensor input,
      Tensor outputGradient,
      float[] gradients,
      int filter,
      int bias) {
    if (bias >= 0) {
      biasGradient.of(worker, tree, outputGradient, gradients, bias);
    }
    if (!worker.first()) {
      return;
    }
    float[][] ofNodes = new float[tree.nodes()][];
    for (int node = 0; node < ofNodes.length; node++) {
      ofNodes[node] = nodeGradient(tree, node, input, outputGradient);
    }
    for (int i = 0; i < g.filterLength(); i++) {
      int weight = i;
      gradients[filter + i] =
          VirtualNodeSum.over(
              tree,
              (firstImage, endImage) ->
                  ofNodes[(firstImage - tree.firstImage()) / tree.images()][weight]);
    }
  }

  /**
   * Returns one node's gradient of the packed filter, each element a chain over the node's pixels.
   */
  private float[] nodeGradient(
      VirtualNodeTree tree, int node, Tensor input, Tensor outputGradient) {
    float[] sums = new float[g.filterLength()];
    float[] patch = new float[g.fanIn()];
    int first = tree.imageOf(node) * out.pixels();
    for (int p = first; p < first + tree.images() * out.pixels(); p++) {
      for (int o = 0; o < g.outputStride(); o++) {
        if (o == 0 || group(o) != group(o - 1)) {
          gather(input, p, group(o), patch);
        }
        float gradient = outputGradient.data()[outputGradient.pixel(p) + o];
        int at = g.filterIndex(0, o);
        for (int k = 0; k < patch.length; k++) {
          sums[at + k * Layout.LANES] = Math.fma(patch[k], gradient, sums[at + k * Layout.LANES]);
        }
      }
    }
    return sums;
  }

  /** Returns a value of an image; zero outside of it. */
  private static float value(Tensor images, int n, int y, int x, int c) {
    Shape shape = images.shape();
    return inside(shape, y, x)
        ? images.data()[images.pixel((n * shape.height() + y) * shape.width() + x) + c]
        : 0f;
  }

  private static boolean inside(Shape shape, int y, int x) {
    return y >= 0 && y < shape.height() && x >= 0 && x < shape.width();
  }
}
