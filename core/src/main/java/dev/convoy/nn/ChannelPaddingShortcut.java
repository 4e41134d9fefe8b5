package dev.convoy.nn;

import dev.convoy.tensor.Layout;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * A shortcut without parameters to more channels of smaller size, option A of He et al. 2015
 * (section 3.3): every {@code stride}-th pixel, and channels of zeros behind those of the input.
 *
 * @param stride step, in both directions
 * @param outChannels channels of the output
 */
public record ChannelPaddingShortcut(int stride, int outChannels) implements Layer {
  public ChannelPaddingShortcut {
    if (stride < 1) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "a shortcut with a stride of %d is impossible", stride));
    }
  }

  @Override
  public String kind() {
    return "shortcut, padded with zeros";
  }

  @Override
  public Shape output(List<Shape> inputs) {
    Shape input = inputs.get(0);
    if (outChannels < input.channels()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "a shortcut from %d channels to %d would lose some",
              input.channels(),
              outChannels));
    }
    return new Shape(
        (input.height() + stride - 1) / stride, (input.width() + stride - 1) / stride, outChannels);
  }

  @Override
  public boolean backwardReadsInput(int input) {
    return false;
  }

  @Override
  public boolean backwardReadsOutput() {
    return false;
  }

  @Override
  public BoundLayer bind(Binding binding) {
    binding.paddedInput(this);
    return new Bound(binding, stride);
  }

  /**
   * The layer in a replica, in plain loops, since it only moves memory. Workers share the rows of
   * what is written.
   */
  private record Bound(Binding to, int stride) implements BoundLayer {
    @Override
    public void forward(Pass pass) {
      Tensor in = to.input();
      Tensor out = to.output();
      int channels = in.shape().channels();
      int padded = Layout.padded(out.shape().channels());
      int rows = pass.images() * out.shape().height();
      int end = pass.worker().to(rows);
      for (int row = pass.worker().from(rows); row < end; row++) {
        int inRow =
            row / out.shape().height() * in.shape().height() + row % out.shape().height() * stride;
        for (int x = 0; x < out.shape().width(); x++) {
          int from = in.pixel(inRow * in.shape().width() + x * stride);
          int at = out.pixel(row * out.shape().width() + x);
          System.arraycopy(in.data(), from, out.data(), at, channels);
          Arrays.fill(out.data(), at + channels, at + padded, 0f);
        }
      }
    }

    @Override
    public void backward(Pass pass) {
      Tensor gradient = to.inputGradient();
      if (gradient == null) {
        return;
      }
      int rows = pass.images() * gradient.shape().height();
      int end = pass.worker().to(rows);
      for (int row = pass.worker().from(rows); row < end; row++) {
        for (int x = 0; x < gradient.shape().width(); x++) {
          backward(row, x, gradient.pixel(row * gradient.shape().width() + x));
        }
      }
    }

    private void backward(int row, int x, int at) {
      Tensor gradient = to.inputGradient();
      Tensor upstream = to.outputGradient();
      int channels = gradient.shape().channels();
      if (!to.adds()) {
        Arrays.fill(gradient.data(), at, at + Layout.padded(channels), 0f);
      }
      int y = row % gradient.shape().height();
      if (y % stride == 0 && x % stride == 0) {
        int image = row / gradient.shape().height();
        int upstreamRow = image * upstream.shape().height() + y / stride;
        int from = upstream.pixel(upstreamRow * upstream.shape().width() + x / stride);
        for (int c = 0; c < channels; c++) {
          gradient.data()[at + c] += upstream.data()[from + c];
        }
      }
    }
  }
}
