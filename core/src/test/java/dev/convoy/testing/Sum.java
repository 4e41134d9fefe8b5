package dev.convoy.testing;

import dev.convoy.nn.Binding;
import dev.convoy.nn.BoundLayer;
import dev.convoy.nn.Layer;
import dev.convoy.nn.Pass;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.Tensor;
import java.util.List;

/**
 * The sum of its inputs, which all have one shape. Of one input it is a copy: between the images
 * and a layer that needs padded activations, or one that works in place.
 */
public record Sum() implements Layer {
  @Override
  public String kind() {
    return "sum";
  }

  @Override
  public Shape output(List<Shape> inputs) {
    return inputs.get(0);
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
    return new Bound(binding);
  }

  private record Bound(Binding to) implements BoundLayer {
    @Override
    public void forward(Pass pass) {
      if (!pass.worker().first()) {
        return;
      }
      float[] sum = new float[pass.images() * to.output().shape().size()];
      for (Tensor input : to.inputs()) {
        add(input.toNchw(pass.images()), sum);
      }
      to.output().fromNchw(sum);
    }

    @Override
    public void backward(Pass pass) {
      if (!pass.worker().first()) {
        return;
      }
      for (int i = 0; i < to.inputs().size(); i++) {
        Tensor gradient = to.inputGradients().get(i);
        if (gradient != null) {
          float[] sum = to.outputGradient().toNchw(pass.images());
          if (to.adding().get(i)) {
            add(gradient.toNchw(pass.images()), sum);
          }
          gradient.fromNchw(sum);
        }
      }
    }

    private static void add(float[] addend, float[] sum) {
      for (int i = 0; i < sum.length; i++) {
        sum[i] += addend[i];
      }
    }
  }
}
