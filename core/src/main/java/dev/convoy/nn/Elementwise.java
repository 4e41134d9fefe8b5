package dev.convoy.nn;

import dev.convoy.kernel.Activation;
import dev.convoy.kernel.Kernels;
import dev.convoy.tensor.Shape;
import java.util.List;
import java.util.function.Function;

/** An activation function, in place. */
@SuppressWarnings("ImmutableEnumChecker") // a method reference has no state
public enum Elementwise implements Layer {
  /** max(x, 0) (Nair and Hinton 2010). */
  RELU("ReLU", Kernels::rectifier),
  /** 1.7159 tanh(2x/3) (LeCun et al. 1998, equation 6). */
  SCALED_TANH("scaled tanh", Kernels::scaledTanh);

  private final String kind;
  private final Function<Kernels, Activation> activation;

  Elementwise(String kind, Function<Kernels, Activation> activation) {
    this.kind = kind;
    this.activation = activation;
  }

  @Override
  public String kind() {
    return kind;
  }

  @Override
  public Shape output(List<Shape> inputs) {
    return inputs.get(0);
  }

  @Override
  public boolean inPlace() {
    return true;
  }

  @Override
  public BoundLayer bind(Binding binding) {
    return new Bound(binding, activation.apply(binding.kernels()));
  }

  /** The output is the input's buffer, the output's gradient that of the input. */
  private record Bound(Binding to, Activation activation) implements BoundLayer {
    @Override
    public void forward(Pass pass) {
      activation.forward(to.output().length(pass.images()), to.output().data());
    }

    @Override
    public void backward(Pass pass) {
      activation.backward(
          to.output().length(pass.images()), to.output().data(), to.outputGradient().data());
    }
  }
}
