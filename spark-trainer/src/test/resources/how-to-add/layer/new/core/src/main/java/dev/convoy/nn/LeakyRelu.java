package dev.convoy.nn;

import dev.convoy.tensor.Layout;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.Tensor;
import java.util.List;

/**
 * {@code y = x > 0 ? x : slope * x} (Maas, Hannun and Ng 2013, "Rectifier nonlinearities improve
 * neural network acoustic models").
 *
 * @param slope for negative inputs
 */
public record LeakyRelu(float slope) implements Layer {
  @Override
  public String kind() {
    return "leaky ReLU";
  }

  @Override
  public Shape output(List<Shape> inputs) {
    return inputs.get(0);
  }

  @Override
  public boolean backwardReadsOutput() {
    return false;
  }

  @Override
  public BoundLayer bind(Binding binding) {
    binding.paddedInput(this);
    return new Bound(binding, slope);
  }

  /** Workers share pixels; padded channels are zeros, which stay zeros. */
  private record Bound(Binding to, float slope) implements BoundLayer {
    @Override
    public void forward(Pass pass) {
      Tensor in = to.input();
      Tensor out = to.output();
      int channels = Layout.padded(in.shape().channels());
      int pixels = pass.images() * in.shape().pixels();
      for (int p = pass.worker().from(pixels); p < pass.worker().to(pixels); p++) {
        for (int c = 0; c < channels; c++) {
          float x = in.data()[in.pixel(p) + c];
          out.data()[out.pixel(p) + c] = x > 0 ? x : slope * x;
        }
      }
    }

    @Override
    public void backward(Pass pass) {
      Tensor gradient = to.inputGradient();
      if (gradient == null) {
        return;
      }
      Tensor in = to.input();
      Tensor upstream = to.outputGradient();
      int channels = Layout.padded(in.shape().channels());
      int pixels = pass.images() * in.shape().pixels();
      for (int p = pass.worker().from(pixels); p < pass.worker().to(pixels); p++) {
        for (int c = 0; c < channels; c++) {
          float factor = in.data()[in.pixel(p) + c] > 0 ? 1 : slope;
          float share = factor * upstream.data()[upstream.pixel(p) + c];
          int at = gradient.pixel(p) + c;
          gradient.data()[at] = to.adds() ? gradient.data()[at] + share : share;
        }
      }
    }
  }
}
