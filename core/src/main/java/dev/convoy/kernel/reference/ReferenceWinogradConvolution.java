package dev.convoy.kernel.reference;

import dev.convoy.concurrent.Worker;
import dev.convoy.kernel.BiasGradientKernel;
import dev.convoy.kernel.ConvolutionGeometry;
import dev.convoy.kernel.ConvolutionKernel;
import dev.convoy.kernel.Epilogue;
import dev.convoy.kernel.RowBands;
import dev.convoy.kernel.VirtualNodeTree;
import dev.convoy.kernel.Winograd;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.Tensor;

/** The arithmetic of {@link Winograd} by its definition; worker 0 does all the work. */
final class ReferenceWinogradConvolution implements ConvolutionKernel {
  private static final int WEIGHTS = Winograd.FILTER * Winograd.FILTER;

  private final ConvolutionGeometry g;
  private final ConvolutionGeometry rotated;
  private final BiasGradientKernel biasGradient;

  ReferenceWinogradConvolution(ConvolutionGeometry geometry) {
    g = geometry;
    rotated = Winograd.rotated(geometry);
    biasGradient = new ReferenceBiasGradient(geometry.output());
  }

  /**
   * The weights of a filter, of which k counts (ky,kx); the input channel is counted in its group.
   */
  @FunctionalInterface
  private interface Filter {
    float weight(int k, int input, int output);
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
    Filter upright = (k, c, o) -> weights[filter + g.filterIndex(k * g.groupInChannels() + c, o)];
    float[] biases = new float[g.outputStride()];
    if (bias >= 0) {
      System.arraycopy(weights, bias, biases, 0, biases.length);
    }
    convolve(g, images, input, upright, biases, false, output);
    epilogue.bands(0, new RowBands(g.output()).count(images));
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
    float[] none = new float[rotated.outputStride()];
    Filter turn = (k, o, c) -> rotatedWeight(weights, filter, k, o, c);
    convolve(rotated, images, outputGradient, turn, none, add, inputGradient);
    epilogue.bands(0, new RowBands(rotated.output()).count(images));
  }

  private float rotatedWeight(float[] weights, int filter, int k, int o, int c) {
    if (c >= g.input().channels()) {
      return 0f;
    }
    int group = c / g.groupInChannels();
    int tap = (WEIGHTS - 1 - k) * g.groupInChannels() + c % g.groupInChannels();
    return weights[filter + g.filterIndex(tap, group * g.groupOutChannels() + o)];
  }

  private static void convolve(
      ConvolutionGeometry of,
      int images,
      Tensor input,
      Filter filter,
      float[] bias,
      boolean add,
      Tensor output) {
    float[][] filters = filters(of, filter);
    for (int n = 0; n < images; n++) {
      for (int ty = 0; ty < Winograd.tiles(of.output().height()); ty++) {
        for (int tx = 0; tx < Winograd.tiles(of.output().width()); tx++) {
          float[][] inputs = inputs(of, input, n, ty, tx);
          for (int o = 0; o < of.outputStride(); o++) {
            float[] tile = WinogradTransform.OUTPUT.square(products(of, inputs, filters, o));
            store(tile, bias[o], add, output, n, ty, tx, o);
          }
        }
      }
    }
  }

  /** Returns the transformed filters, one for each pair of output and input channel. */
  private static float[][] filters(ConvolutionGeometry of, Filter filter) {
    int inChannels = of.groupInChannels();
    float[][] transformed = new float[of.outputStride() * inChannels][];
    for (int i = 0; i < transformed.length; i++) {
      float[] weights = new float[WEIGHTS];
      for (int k = 0; k < WEIGHTS; k++) {
        weights[k] = filter.weight(k, i % inChannels, i / inChannels);
      }
      transformed[i] = WinogradTransform.FILTER.square(weights);
    }
    return transformed;
  }

  /** Returns the transformed inputs that a tile sees, one square for each channel. */
  private static float[][] inputs(ConvolutionGeometry of, Tensor input, int n, int ty, int tx) {
    int y = ty * Winograd.TILE - of.padding();
    int x = tx * Winograd.TILE - of.padding();
    float[][] transformed = new float[of.input().channels()][];
    for (int c = 0; c < transformed.length; c++) {
      float[] seen = square(input, n, y, x, Winograd.SIDE, c);
      transformed[c] = WinogradTransform.INPUT.square(seen);
    }
    return transformed;
  }

  private static float[] products(
      ConvolutionGeometry of, float[][] inputs, float[][] filters, int o) {
    // The padding behind the last output belongs to the last group.
    int group = Math.min(o / of.groupOutChannels(), of.groups() - 1);
    float[] sums = new float[Winograd.POINTS];
    for (int c = 0; c < of.groupInChannels(); c++) {
      float[] values = inputs[group * of.groupInChannels() + c];
      float[] weights = filters[o * of.groupInChannels() + c];
      for (int point = 0; point < Winograd.POINTS; point++) {
        sums[point] = Math.fma(values[point], weights[point], sums[point]);
      }
    }
    return sums;
  }

  private static void store(
      float[] tile, float bias, boolean add, Tensor output, int n, int ty, int tx, int o) {
    Shape shape = output.shape();
    for (int i = 0; i < tile.length; i++) {
      int y = ty * Winograd.TILE + i / Winograd.TILE;
      int x = tx * Winograd.TILE + i % Winograd.TILE;
      if (y < shape.height() && x < shape.width()) {
        int at = output.pixel((n * shape.height() + y) * shape.width() + x) + o;
        float value = tile[i] + bias;
        output.data()[at] = add ? output.data()[at] + value : value;
      }
    }
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
    float[][] inputs = new float[g.input().channels()][];
    for (int c = 0; c < inputs.length; c++) {
      inputs[c] = everyTile(WinogradTransform.INPUT, input, g.padding(), c);
    }
    for (int o = 0; o < g.outputStride(); o++) {
      float[] output = everyTile(WinogradTransform.OUTPUT_GRADIENT, outputGradient, 0, o);
      int group = Math.min(o / g.groupOutChannels(), g.groups() - 1);
      for (int c = 0; c < g.groupInChannels(); c++) {
        float[] sum = filterGradient(tree, inputs[group * g.groupInChannels() + c], output);
        for (int k = 0; k < WEIGHTS; k++) {
          gradients[filter + g.filterIndex(k * g.groupInChannels() + c, o)] = sum[k];
        }
      }
    }
  }

  /** Returns one channel of all images, transformed: (n,ty,tx,point). */
  private float[] everyTile(WinogradTransform transform, Tensor images, int padding, int channel) {
    int rows = Winograd.tiles(g.output().height());
    int columns = Winograd.tiles(g.output().width());
    float[] tiles = new float[images.images() * rows * columns * Winograd.POINTS];
    for (int t = 0; t < images.images() * rows * columns; t++) {
      int y = t / columns % rows * Winograd.TILE - padding;
      int x = t % columns * Winograd.TILE - padding;
      int side = transform == WinogradTransform.INPUT ? Winograd.SIDE : Winograd.TILE;
      float[] seen = square(images, t / columns / rows, y, x, side, channel);
      System.arraycopy(transform.square(seen), 0, tiles, t * Winograd.POINTS, Winograd.POINTS);
    }
    return tiles;
  }

  private float[] filterGradient(VirtualNodeTree tree, float[] inputs, float[] outputs) {
    int perImage = Winograd.tiles(g.output().height()) * Winograd.tiles(g.output().width());
    float[][] ofNodes = new float[tree.nodes()][];
    for (int node = 0; node < tree.nodes(); node++) {
      float[] sums = new float[Winograd.POINTS];
      int first = tree.imageOf(node) * perImage * Winograd.POINTS;
      int end = first + tree.images() * perImage * Winograd.POINTS;
      for (int i = first; i < end; i++) {
        int point = i % Winograd.POINTS;
        sums[point] = Math.fma(inputs[i], outputs[i], sums[point]);
      }
      ofNodes[node] = WinogradTransform.FILTER_GRADIENT.square(sums);
    }
    float[] total = new float[WEIGHTS];
    for (int i = 0; i < WEIGHTS; i++) {
      int k = i;
      total[k] =
          VirtualNodeSum.over(
              tree,
              (firstImage, endImage) ->
                  ofNodes[(firstImage - tree.firstImage()) / tree.images()][k]);
    }
    return total;
  }

  /** Returns a square of one channel's values, zero outside of the image. */
  private static float[] square(Tensor images, int n, int top, int left, int side, int channel) {
    Shape shape = images.shape();
    float[] values = new float[side * side];
    for (int i = 0; i < values.length; i++) {
      int y = top + i / side;
      int x = left + i % side;
      if (y >= 0 && y < shape.height() && x >= 0 && x < shape.width()) {
        int p = (n * shape.height() + y) * shape.width() + x;
        values[i] = images.data()[images.pixel(p) + channel];
      }
    }
    return values;
  }
}
