package dev.convoy.nn;

import dev.convoy.tensor.Layout;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.Tensor;
import java.util.List;
import java.util.Locale;

/**
 * The channels of its inputs, one after another (Szegedy et al. 2014, figure 2). Nothing is copied:
 * each input is a view of some channels of the output, and so is its gradient.
 */
public record Concatenation() implements Layer {
  @Override
  public String kind() {
    return "concatenation";
  }

  @Override
  public Shape output(List<Shape> inputs) {
    Shape first = inputs.get(0);
    int channels = 0;
    for (Shape input : inputs) {
      if (input.height() != first.height() || input.width() != first.width()) {
        throw new IllegalArgumentException(
            "%s cannot be concatenated with %s: the sides differ".formatted(input, first));
      }
      if (input.channels() % Layout.LANES != 0) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "%d channels cannot be concatenated: their number must be a multiple of %d",
                input.channels(),
                Layout.LANES));
      }
      channels += input.channels();
    }
    return new Shape(first.height(), first.width(), channels);
  }

  @Override
  public boolean concatenates() {
    return true;
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
    int first = 0;
    for (Tensor input : binding.inputs()) {
      Tensor part = binding.output().channels(first, input.shape().channels());
      if (input.data() != part.data() || input.at() != part.at()) {
        throw new IllegalStateException(binding.name() + " is not given views of its output");
      }
      first += input.shape().channels();
    }
    return new Nothing();
  }

  private record Nothing() implements BoundLayer {
    @Override
    public void forward(Pass pass) {}

    @Override
    public void backward(Pass pass) {}
  }
}
