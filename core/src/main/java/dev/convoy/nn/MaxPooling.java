package dev.convoy.nn;

import dev.convoy.kernel.PoolingGeometry;
import dev.convoy.tensor.Shape;
import java.util.List;
import java.util.Optional;

/**
 * Max pooling.
 *
 * @param size side of the window
 * @param stride its step; windows overlap if it is smaller
 */
public record MaxPooling(int size, int stride) implements Layer {
  @Override
  public String kind() {
    return "max pooling";
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
  public BoundLayer bind(Binding binding) {
    PoolingGeometry geometry = new PoolingGeometry(binding.paddedInput(this).shape(), size, stride);
    return new Bound(binding, binding.kernels().maxPooling(geometry, binding.workspace()));
  }

  private record Bound(Binding to, dev.convoy.kernel.MaxPooling pooling) implements BoundLayer {
    @Override
    public void forward(Pass pass) {
      pooling.forward(pass.worker(), pass.images(), to.input(), to.output());
    }

    @Override
    public void backward(Pass pass) {
      if (to.inputGradient() != null) {
        pooling.backward(
            pass.worker(), pass.images(), to.outputGradient(), to.adds(), to.inputGradient());
      }
    }
  }
}
