package dev.convoy.nn;

import dev.convoy.tensor.Layout;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Average pooling to {@code side} x {@code side} pixels, whatever the input: window i reaches from
 * {@code floor(i * input / side)} to {@code ceil((i + 1) * input / side)}, as torch's adaptive
 * pooling has it, so that windows may overlap and differ in size.
 *
 * @param side rows and columns of the output
 */
public record AdaptiveAveragePooling(int side) implements Layer {
  public AdaptiveAveragePooling {
    if (side < 1) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "average pooling to %dx%d pixels is impossible", side, side));
    }
  }

  @Override
  public String kind() {
    return "adaptive average pooling";
  }

  @Override
  public Shape output(List<Shape> inputs) {
    return new Shape(side, side, inputs.get(0).channels());
  }

  @Override
  public BoundLayer bind(Binding binding) {
    binding.paddedInput(this);
    return new Bound(binding, side);
  }

  private static int from(int window, int length, int windows) {
    return window * length / windows;
  }

  private static int to(int window, int length, int windows) {
    return ((window + 1) * length + windows - 1) / windows;
  }

  /**
   * The layer in a replica, in plain loops: only a small head of one network has it. Workers share
   * the rows of what is written.
   */
  private record Bound(Binding to, int side) implements BoundLayer {
    @Override
    public void forward(Pass pass) {
      int rows = pass.images() * side;
      int end = pass.worker().to(rows);
      for (int row = pass.worker().from(rows); row < end; row++) {
        for (int ox = 0; ox < side; ox++) {
          average(row / side, row % side, ox);
        }
      }
    }

    /** Computes the sum of a window, one chain in row order, times the reciprocal of its size. */
    private void average(int image, int oy, int ox) {
      Tensor input = to.input();
      Shape shape = input.shape();
      float[] output = to.output().data();
      int channels = Layout.padded(shape.channels());
      int at = to.output().pixel((image * side + oy) * side + ox);
      Arrays.fill(output, at, at + channels, 0f);
      int bottom = AdaptiveAveragePooling.to(oy, shape.height(), side);
      int right = AdaptiveAveragePooling.to(ox, shape.width(), side);
      for (int y = from(oy, shape.height(), side); y < bottom; y++) {
        for (int x = from(ox, shape.width(), side); x < right; x++) {
          int from = input.pixel((image * shape.height() + y) * shape.width() + x);
          add(input.data(), from, 1f, output, at, channels);
        }
      }
      float reciprocal = reciprocal(oy, ox);
      for (int c = 0; c < channels; c++) {
        output[at + c] *= reciprocal;
      }
    }

    private float reciprocal(int oy, int ox) {
      Shape shape = to.input().shape();
      int height =
          AdaptiveAveragePooling.to(oy, shape.height(), side) - from(oy, shape.height(), side);
      int width =
          AdaptiveAveragePooling.to(ox, shape.width(), side) - from(ox, shape.width(), side);
      return 1f / (height * width);
    }

    @Override
    public void backward(Pass pass) {
      if (to.inputGradient() == null) {
        return;
      }
      Shape shape = to.input().shape();
      int rows = pass.images() * shape.height();
      int end = pass.worker().to(rows);
      for (int row = pass.worker().from(rows); row < end; row++) {
        for (int x = 0; x < shape.width(); x++) {
          collect(row / shape.height(), row % shape.height(), x);
        }
      }
    }

    /** Adds up a pixel's shares of all windows that contain it, in their order. */
    private void collect(int image, int y, int x) {
      Tensor gradient = to.inputGradient();
      Tensor upstream = to.outputGradient();
      Shape shape = gradient.shape();
      int channels = Layout.padded(shape.channels());
      int at = gradient.pixel((image * shape.height() + y) * shape.width() + x);
      if (!to.adds()) {
        Arrays.fill(gradient.data(), at, at + channels, 0f);
      }
      for (int oy = 0; oy < side; oy++) {
        for (int ox = 0; ox < side; ox++) {
          if (has(oy, y, shape.height()) && has(ox, x, shape.width())) {
            int from = upstream.pixel((image * side + oy) * side + ox);
            add(upstream.data(), from, reciprocal(oy, ox), gradient.data(), at, channels);
          }
        }
      }
    }

    private boolean has(int window, int place, int length) {
      return from(window, length, side) <= place
          && place < AdaptiveAveragePooling.to(window, length, side);
    }

    private static void add(
        float[] values, int from, float factor, float[] sums, int at, int count) {
      for (int i = 0; i < count; i++) {
        sums[at + i] += values[from + i] * factor;
      }
    }
  }
}
