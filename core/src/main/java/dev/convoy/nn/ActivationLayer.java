package dev.convoy.nn;

import dev.convoy.kernel.ActivationKernel;
import dev.convoy.kernel.Epilogue;
import dev.convoy.kernel.Kernels;
import dev.convoy.kernel.RowBands;
import dev.convoy.tensor.Layout;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.Tensor;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** An activation function, in place. */
@SuppressWarnings("ImmutableEnumChecker") // a method reference has no state
public enum ActivationLayer implements Layer {
  /** ReLU, max(x, 0) (Nair and Hinton 2010). */
  RELU("ReLU", Kernels::relu),
  /** 1.7159 tanh(2x/3) (LeCun et al. 1998, equation 6). */
  SCALED_TANH("scaled tanh", Kernels::scaledTanh);

  private final String kind;
  private final Function<Kernels, ActivationKernel> activation;

  ActivationLayer(String kind, Function<Kernels, ActivationKernel> activation) {
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
  public boolean backwardReadsInput(int input) {
    return false;
  }

  @Override
  public Optional<FusedWork> forwardWork(boolean training) {
    return Optional.of(new FusedWork(kind));
  }

  @Override
  public Optional<FusedWork> backwardWork() {
    return Optional.of(new FusedWork(kind));
  }

  @Override
  public BoundLayer bind(Binding binding) {
    return new Bound(binding, activation.apply(binding.kernels()));
  }

  /** The layer in place: output and input share one buffer, and so do their gradients. */
  private static final class Bound implements BoundLayer {
    private final Binding to;
    private final ActivationKernel activation;
    private final RowBands bands;

    Bound(Binding to, ActivationKernel activation) {
      this.to = to;
      this.activation = activation;
      bands = new RowBands(to.output().shape());
    }

    @Override
    public Epilogue epilogue() {
      return (from, end) -> forward(bands.firstPixel(from), bands.firstPixel(end));
    }

    @Override
    public void forward(Pass pass) {
      if (!to.forwardFused()) {
        int pixels = pass.images() * to.output().shape().pixels();
        forward(pass.worker().from(pixels), pass.worker().to(pixels));
      }
    }

    /** Applies the function to all pixels at once, unless other channels lie between them. */
    private void forward(int firstPixel, int endPixel) {
      Tensor values = to.output();
      int channels = Layout.padded(values.shape().channels());
      if (values.stride() == channels) {
        activation.forward(values.data(), values.pixel(firstPixel), values.pixel(endPixel));
        return;
      }
      for (int p = firstPixel; p < endPixel; p++) {
        activation.forward(values.data(), values.pixel(p), values.pixel(p) + channels);
      }
    }

    @Override
    public Epilogue gradientEpilogue() {
      return (from, end) -> backwardPixels(bands.firstPixel(from), bands.firstPixel(end));
    }

    @Override
    public void backward(Pass pass) {
      if (!to.backwardFused()) {
        int pixels = pass.images() * to.output().shape().pixels();
        backwardPixels(pass.worker().from(pixels), pass.worker().to(pixels));
      }
    }

    private void backwardPixels(int first, int end) {
      Tensor values = to.output();
      Tensor gradient = to.outputGradient();
      int channels = Layout.padded(values.shape().channels());
      if (values.stride() == channels && gradient.stride() == channels) {
        backward(first, values.pixel(end) - values.pixel(first));
        return;
      }
      for (int p = first; p < end; p++) {
        backward(p, channels);
      }
    }

    private void backward(int pixel, int length) {
      activation.backward(
          to.output().data(),
          to.output().pixel(pixel),
          to.outputGradient().data(),
          to.outputGradient().pixel(pixel),
          length);
    }
  }
}
