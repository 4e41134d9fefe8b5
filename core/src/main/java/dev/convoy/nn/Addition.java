package dev.convoy.nn;

import dev.convoy.kernel.AdditionKernel;
import dev.convoy.kernel.Epilogue;
import dev.convoy.kernel.NormalizationGradients;
import dev.convoy.kernel.NormalizationTensors;
import dev.convoy.kernel.RowBands;
import dev.convoy.tensor.Shape;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The sum of two inputs of one shape (He et al. 2016, equation 1).
 *
 * @param relu whether ReLU follows
 * @param inPlace whether the sum replaces the first input, which no other layer reads
 */
public record Addition(boolean relu, boolean inPlace) implements Layer {
  /** Makes an addition that leaves both inputs as they are. */
  public Addition(boolean relu) {
    this(relu, false);
  }

  @Override
  public String kind() {
    return relu ? "addition, ReLU" : "addition";
  }

  @Override
  public Shape output(List<Shape> inputs) {
    return sameShape(inputs, 2);
  }

  /**
   * Returns the shape of all inputs.
   *
   * @throws IllegalArgumentException if they differ or are not {@code count}
   */
  static Shape sameShape(List<Shape> inputs, int count) {
    if (inputs.size() != count || inputs.stream().distinct().count() > 1) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "%d inputs of one shape are needed, not %s", count, inputs));
    }
    return inputs.get(0);
  }

  @Override
  public int gradientInPlace(List<Shape> inputs) {
    return inPlace ? -1 : 1;
  }

  @Override
  public boolean backwardReadsInput(int input) {
    return false;
  }

  @Override
  public boolean backwardReadsOutput() {
    return relu;
  }

  /**
   * Returns its work if it is in place. In a buffer of its own it could not be done: while the
   * layer before it runs, that layer's inputs may be there.
   */
  @Override
  public Optional<FusedWork> forwardWork(boolean training) {
    return inPlace ? Optional.of(new FusedWork(kind(), true)) : Optional.empty();
  }

  @Override
  public BoundLayer bind(Binding binding) {
    return new Bound(binding, binding.kernels().addition(binding.output().shape(), relu));
  }

  /** Returns the tensors of two inputs and of the output. */
  static NormalizationTensors tensors(Binding to) {
    return new NormalizationTensors(
        to.input(), to.inputs().size() > 1 ? to.inputs().get(1) : null, to.output());
  }

  /** Returns their gradients; null in a replica that only evaluates. */
  static NormalizationGradients gradients(Binding to) {
    if (!to.trains()) {
      return null;
    }
    boolean shortcut = to.inputs().size() > 1;
    return new NormalizationGradients(
        to.outputGradient(),
        to.inputGradient(),
        to.adds(),
        shortcut ? to.inputGradients().get(1) : null,
        shortcut && to.adding().get(1));
  }

  private static final class Bound implements BoundLayer {
    private final AdditionKernel addition;
    private final NormalizationTensors tensors;
    private final NormalizationGradients gradients;
    private final int pixels;
    private final Epilogue epilogue;
    private final boolean fused;

    Bound(Binding to, AdditionKernel addition) {
      this.addition = addition;
      tensors = tensors(to);
      gradients = gradients(to);
      RowBands bands = new RowBands(to.output().shape());
      pixels = bands.shape().pixels();
      epilogue =
          (from, end) -> addition.forward(tensors, bands.firstPixel(from), bands.firstPixel(end));
      fused = to.forwardFused();
    }

    @Override
    public Epilogue epilogue() {
      return epilogue;
    }

    @Override
    public void forward(Pass pass) {
      if (!fused) {
        int all = pass.images() * pixels;
        addition.forward(tensors, pass.worker().from(all), pass.worker().to(all));
      }
    }

    @Override
    public void backward(Pass pass) {
      addition.backward(pass.worker(), pass.images(), tensors, gradients);
    }
  }
}
