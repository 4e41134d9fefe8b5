package org.example;

import dev.convoy.nn.Binding;
import dev.convoy.nn.BoundLayer;
import dev.convoy.nn.Initializer;
import dev.convoy.nn.Layer;
import dev.convoy.nn.ParameterSpec;
import dev.convoy.nn.Pass;
import dev.convoy.tensor.Layout;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.Tensor;
import java.util.Arrays;
import java.util.List;

/** {@code y = x > 0 ? x : slope[channel] * x} (He et al. 2015b), a layer of somebody else's. */
record PRelu(float firstSlope) implements Layer {
  @Override
  public String kind() {
    return "PReLU";
  }

  @Override
  public Shape output(List<Shape> inputs) {
    return inputs.get(0);
  }

  @Override
  public List<ParameterSpec> parameters(List<Shape> inputs) {
    int channels = inputs.get(0).channels();
    return List.of(ParameterSpec.vector("slope", channels, Initializer.constant(firstSlope)));
  }

  @Override
  public boolean backwardReadsOutput() {
    return false;
  }

  @Override
  public BoundLayer bind(Binding binding) {
    binding.paddedInput(this);
    return new Bound(binding);
  }

  private record Bound(Binding to) implements BoundLayer {
    @Override
    public void forward(Pass pass) {
      Tensor in = to.input();
      Tensor out = to.output();
      int channels = in.shape().channels();
      int pixels = pass.images() * in.shape().pixels();
      for (int p = pass.worker().from(pixels); p < pass.worker().to(pixels); p++) {
        int at = out.pixel(p);
        for (int c = 0; c < channels; c++) {
          float x = in.data()[in.pixel(p) + c];
          out.data()[at + c] = x > 0 ? x : pass.weights()[to.at(0) + c] * x;
        }
        Arrays.fill(out.data(), at + channels, at + Layout.padded(channels), 0f);
      }
    }

    @Override
    public void backward(Pass pass) {
      pass.parameterGradient(to.parameter(0), this::ofSlope);
      if (to.inputGradient() != null) {
        inputGradient(pass);
      }
    }

    private float ofSlope(int channel, int firstImage, int endImage) {
      int pixels = to.input().shape().pixels();
      float sum = 0;
      for (int p = firstImage * pixels; p < endImage * pixels; p++) {
        float x = to.input().data()[to.input().pixel(p) + channel];
        sum += x > 0 ? 0 : x * to.outputGradient().data()[to.outputGradient().pixel(p) + channel];
      }
      return sum;
    }

    private void inputGradient(Pass pass) {
      Tensor in = to.input();
      Tensor upstream = to.outputGradient();
      Tensor gradient = to.inputGradient();
      int channels = in.shape().channels();
      int pixels = pass.images() * in.shape().pixels();
      for (int p = pass.worker().from(pixels); p < pass.worker().to(pixels); p++) {
        int at = gradient.pixel(p);
        for (int c = 0; c < channels; c++) {
          float slope = in.data()[in.pixel(p) + c] > 0 ? 1 : pass.weights()[to.at(0) + c];
          float share = slope * upstream.data()[upstream.pixel(p) + c];
          gradient.data()[at + c] = to.adds() ? gradient.data()[at + c] + share : share;
        }
        Arrays.fill(gradient.data(), at + channels, at + Layout.padded(channels), 0f);
      }
    }
  }
}
