package dev.convoy.nn;

import dev.convoy.kernel.Epilogue;
import dev.convoy.kernel.MaxPoolingKernel;
import dev.convoy.kernel.PoolingGeometry;
import dev.convoy.tensor.Shape;
import java.util.List;
import java.util.Optional;

/**
 * Max pooling.
 *
 * @param size side of the window
 * @param stride its step; windows overlap if it is smaller
 * @param padding rows and columns around the input, which never win
 * @param ceil whether a last window that leaves the input counts, as in GoogLeNet
 */
public record MaxPooling(int size, int stride, int padding, boolean ceil) implements Layer {
  /** Makes a pooling without padding, whose windows are inside the input only. */
  public MaxPooling(int size, int stride) {
    this(size, stride, 0, false);
  }

  @Override
  public String kind() {
    return "max pooling";
  }

  private PoolingGeometry geometry(Shape input) {
    return new PoolingGeometry(input, size, size, stride, padding, ceil);
  }

  @Override
  public Shape output(List<Shape> inputs) {
    return geometry(inputs.get(0)).output();
  }

  @Override
  public Optional<Window> window() {
    return Optional.of(new Window(size, size, stride, padding));
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
  public boolean runsGradientEpilogues() {
    return true;
  }

  @Override
  public BoundLayer bind(Binding binding) {
    PoolingGeometry geometry = geometry(binding.paddedInput(this).shape());
    return new Bound(
        binding,
        binding.kernels().maxPooling(geometry, binding.workspace()),
        binding.inputGradientEpilogue());
  }

  private record Bound(Binding to, MaxPoolingKernel pooling, Epilogue inputGradientEpilogue)
      implements BoundLayer {
    @Override
    public void forward(Pass pass) {
      pooling.forward(pass.worker(), pass.images(), to.input(), to.output());
    }

    @Override
    public void backward(Pass pass) {
      if (to.inputGradient() != null) {
        pooling.backward(
            pass.worker(),
            pass.images(),
            to.outputGradient(),
            to.adds(),
            inputGradientEpilogue,
            to.inputGradient());
      }
    }
  }
}
