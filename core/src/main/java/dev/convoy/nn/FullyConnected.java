package dev.convoy.nn;

import dev.convoy.kernel.FullyConnectedKernel;
import dev.convoy.tensor.Layout;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.Tensor;
import java.util.List;

/**
 * A fully connected layer with a bias; it flattens its input in torch's order, (C,H,W).
 *
 * @param outFeatures the number of units
 * @param initialization of weights and biases, from the number of inputs
 */
public record FullyConnected(int outFeatures, Initialization initialization) implements Layer {
  @Override
  public String kind() {
    return "fully connected";
  }

  @Override
  public Shape output(List<Shape> inputs) {
    return Shape.vector(outFeatures);
  }

  @Override
  public List<ParameterSpec> parameters(List<Shape> inputs) {
    Shape input = inputs.get(0);
    return List.of(
        ParameterSpec.of(
            "weight",
            new int[] {outFeatures, input.size()},
            ParameterLayout.matrix(outFeatures, input),
            initialization.weights(input.size())),
        ParameterSpec.of(
            "bias",
            new int[] {outFeatures},
            ParameterLayout.vector(outFeatures),
            initialization.biases(input.size())));
  }

  @Override
  public long multiplyAdds(List<Shape> inputs) {
    return (long) inputs.get(0).size() * outFeatures;
  }

  @Override
  public long connections(List<Shape> inputs) {
    return multiplyAdds(inputs) + outFeatures;
  }

  @Override
  public boolean backwardReadsOutput() {
    return false;
  }

  @Override
  public BoundLayer bind(Binding binding) {
    Tensor input = binding.paddedInput(this);
    Shape shape = input.shape();
    int channels = Layout.padded(shape.channels());
    if (shape.pixels() > 1 && input.stride() != channels) {
      throw new IllegalArgumentException(
          "%s reads images as vectors, not some channels of an image of %s"
              .formatted(kind(), shape));
    }
    int inFeatures = shape.pixels() * channels;
    return new Bound(
        binding, binding.kernels().fullyConnected(inFeatures, outFeatures, binding.workspace()));
  }

  private record Bound(Binding to, FullyConnectedKernel product) implements BoundLayer {
    @Override
    public void forward(Pass pass) {
      product.forward(
          pass.worker(),
          pass.images(),
          to.input(),
          pass.weights(),
          to.at(0),
          to.at(1),
          to.output());
    }

    @Override
    public void backward(Pass pass) {
      for (int i = 0; i < pass.trees().size(); i++) {
        product.weightGradient(
            pass.worker(),
            pass.trees().get(i),
            to.input(),
            to.outputGradient(),
            pass.gradients().get(i),
            to.gradientAt(0),
            to.gradientAt(1));
        // All kernels share the scratch memory, and the next one will write to it.
        pass.worker().barrier();
      }
      if (to.inputGradient() != null) {
        product.inputGradient(
            pass.worker(),
            pass.images(),
            to.outputGradient(),
            pass.weights(),
            to.at(0),
            to.adds(),
            to.inputGradient());
      }
    }
  }
}
