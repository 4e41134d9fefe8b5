package dev.convoy.nn;

import dev.convoy.kernel.PoolingGeometry;
import dev.convoy.tensor.Shape;
import java.util.List;
import java.util.Optional;

/**
 * Average pooling without padding.
 *
 * @param size side of the window
 * @param stride its step
 */
public record AveragePooling(int size, int stride) implements Layer {
  @Override
  public String kind() {
    return "average pooling";
  }

  @Override
  public Shape output(List<Shape> inputs) {
    return new PoolingGeometry(inputs.get(0), size, stride).output();
  }

  @Override
  public Optional<Window> window() {
    return Optional.of(new Window(size, size, stride, 0));
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
    Shape input = binding.paddedInput(this).shape();
    return BoundAverage.of(binding, new PoolingGeometry(input, size, stride));
  }
}
