package dev.convoy.kernel;

import dev.convoy.tensor.Layout;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.Tensor;
import dev.convoy.testing.Floats;
import dev.convoy.testing.Floats.Kind;

/**
 * A convolution and a batch.
 *
 * @param rest images that belong to no virtual node
 * @param spare images that there is room for but that are not in use
 * @param view whether all tensors are channels of larger ones
 */
record ConvolutionCase(
    ConvolutionGeometry g,
    int nodes,
    int nodeImages,
    int rest,
    int spare,
    boolean view,
    boolean biased,
    boolean add) {
  /** Where the filter is in the weights. */
  static final int FILTER = 32;

  int images() {
    return nodes * nodeImages + rest;
  }

  VirtualNodeTree tree() {
    return new VirtualNodeTree(rest, nodes, nodeImages);
  }

  int bias() {
    return biased ? FILTER + g.filterLength() : -1;
  }

  Tensor input(Kind kind) {
    return filled(1, g.input(), g.inputStride(), kind);
  }

  Tensor outputGradient(Kind kind) {
    return filled(2, g.output(), stride(g.outputStride()), kind);
  }

  Tensor output() {
    return untouched(g.output(), stride(g.outputStride()));
  }

  /** Returns the tensor of the gradient, with values to add to or without. */
  Tensor inputGradient(Kind kind) {
    int stride = stride(g.inputGradientStride());
    return add ? filled(3, g.input(), stride, kind) : untouched(g.input(), stride);
  }

  private int stride(int channels) {
    return view ? channels + 2 * Layout.LANES : channels;
  }

  private Tensor untouched(Shape shape, int stride) {
    int at = view ? Layout.LANES : 0;
    int capacity = images() + spare;
    float[] data = Floats.untouched(at + capacity * shape.pixels() * stride);
    return new Tensor(data, at, capacity, shape, stride);
  }

  private Tensor filled(long seed, Shape shape, int stride, Kind kind) {
    Tensor tensor = untouched(shape, stride);
    int pixels = tensor.images() * shape.pixels();
    int channels = Math.min(stride, Layout.padded(shape.channels()));
    float[] values = Floats.rows(seed, pixels, shape.channels(), channels, kind);
    for (int p = 0; p < pixels; p++) {
      int to = tensor.pixel(p);
      int length = Math.min(channels, tensor.data().length - to);
      System.arraycopy(values, p * channels, tensor.data(), to, length);
    }
    return tensor;
  }

  float[] weights(Kind kind) {
    float[] packed = new float[g.filterLength() + g.outputStride()];
    float[] values = Floats.random(4, (g.fanIn() + 1) * g.outChannels(), kind);
    for (int o = 0; o < g.outChannels(); o++) {
      for (int k = 0; k < g.fanIn(); k++) {
        packed[g.filterIndex(k, o)] = values[k * g.outChannels() + o];
      }
      packed[g.filterLength() + o] = values[g.fanIn() * g.outChannels() + o];
    }
    return Floats.at(FILTER, packed, Layout.LANES);
  }
}
