package dev.convoy.nn;

import dev.convoy.kernel.Epilogue;
import dev.convoy.kernel.Kernels;
import dev.convoy.kernel.Workspace;
import dev.convoy.tensor.Layout;
import dev.convoy.tensor.Tensor;
import java.util.List;

/**
 * What a layer is given to run with.
 *
 * @param name the node's
 * @param kernels to make its kernels with
 * @param workspace for its kernels
 * @param forwardFused whether the layer before it does its {@link Layer#forwardWork}
 * @param backwardFused whether a layer that reads its output does its {@link Layer#backwardWork}
 * @param inputGradientEpilogue what its backward pass does to each complete band of the first
 *     input's gradient
 * @param inputs its inputs
 * @param inputGradients of each input; null where nobody wants the gradient
 * @param adding for each input whether its gradient is added to what is there
 * @param output what it fills
 * @param outputGradient what it is given
 * @param parameters its own, in the order in which it asked for them
 */
public record Binding(
    String name,
    Kernels kernels,
    Workspace workspace,
    boolean forwardFused,
    boolean backwardFused,
    Epilogue inputGradientEpilogue,
    List<Tensor> inputs,
    List<Tensor> inputGradients,
    List<Boolean> adding,
    Tensor output,
    Tensor outputGradient,
    List<Parameter> parameters) {

  /** The first input, mostly the only one. */
  Tensor input() {
    return inputs.get(0);
  }

  /**
   * The first input, whose channels must be padded.
   *
   * @throws IllegalArgumentException if they are not, as in images
   */
  Tensor paddedInput(Layer reader) {
    Tensor input = input();
    if (input.stride() < Layout.padded(input.shape().channels())) {
      throw new IllegalArgumentException(
          "%s reads activations with padded channels, not images of %s"
              .formatted(reader.kind(), input.shape()));
    }
    return input;
  }

  /** The first input's gradient, or null. */
  Tensor inputGradient() {
    return inputGradients.get(0);
  }

  /** Whether the first input's gradient is added to what is there. */
  boolean adds() {
    return adding.get(0);
  }

  /** Whether backward passes will follow. */
  boolean trains() {
    return outputGradient != null;
  }

  /** Where parameter number {@code index} begins in the flat vector. */
  int at(int index) {
    return parameters.get(index).at();
  }
}
