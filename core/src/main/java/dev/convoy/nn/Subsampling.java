package dev.convoy.nn;

import dev.convoy.kernel.PoolingGeometry;
import dev.convoy.kernel.SubsamplingKernel;
import dev.convoy.tensor.Shape;
import java.util.List;
import java.util.Optional;

/**
 * Trainable subsampling (LeCun et al. 1998, section II.B): the mean of a window times a trainable
 * coefficient of its channel, plus a trainable bias. The squashing is a layer of its own.
 *
 * <p>The coefficients begin at one, the biases at zero: plain averaging.
 *
 * @param size side of the window and its step
 */
public record Subsampling(int size) implements Layer {
  @Override
  public String kind() {
    return "subsampling";
  }

  @Override
  public Shape output(List<Shape> inputs) {
    return new PoolingGeometry(inputs.get(0), size, size).output();
  }

  @Override
  public List<ParameterSpec> parameters(List<Shape> inputs) {
    int channels = inputs.get(0).channels();
    int[] shape = {channels};
    return List.of(
        ParameterSpec.of(
            "weight", shape, ParameterLayout.vector(channels), Initializer.constant(1f)),
        ParameterSpec.of(
            "bias", shape, ParameterLayout.vector(channels), Initializer.constant(0f)));
  }

  @Override
  public long connections(List<Shape> inputs) {
    return (long) output(inputs).size() * (size * size + 1);
  }

  @Override
  public Optional<Window> window() {
    return Optional.of(new Window(size, size, size, 0));
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
    PoolingGeometry geometry = new PoolingGeometry(binding.paddedInput(this).shape(), size, size);
    return new Bound(binding, binding.kernels().subsampling(geometry, binding.workspace()));
  }

  private record Bound(Binding to, SubsamplingKernel subsampling) implements BoundLayer {
    @Override
    public void forward(Pass pass) {
      subsampling.forward(
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
        subsampling.weightGradient(
            pass.worker(),
            pass.trees().get(i),
            to.outputGradient(),
            pass.gradients().get(i),
            to.gradientAt(0),
            to.gradientAt(1));
      }
      if (to.inputGradient() != null) {
        subsampling.inputGradient(
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
