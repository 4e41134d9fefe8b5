package dev.convoy.nn;

import dev.convoy.kernel.Kernels;
import dev.convoy.tensor.Layout;
import dev.convoy.tensor.Tensor;
import java.util.List;

/**
 * What a layer is given to run with.
 *
 * @param kernels to make its kernels with
 * @param images the capacity in images
 * @param inputs its inputs
 * @param inputGradients of each input; null where nobody wants the gradient
 * @param output what it fills
 * @param outputGradient what it is given
 * @param parameters its own, in the order in which it asked for them
 */
public record Binding(
    Kernels kernels,
    int images,
    List<Tensor> inputs,
    List<Tensor> inputGradients,
    Tensor output,
    Tensor outputGradient,
    List<Parameter> parameters) {

  /** The only input. */
  Tensor input() {
    return inputs.get(0);
  }

  /**
   * The only input, whose channels must be padded.
   *
   * @throws IllegalArgumentException if they are not, as in images
   */
  Tensor paddedInput(Layer reader) {
    Tensor input = input();
    if (input.stride() != Layout.padded(input.shape().channels())) {
      throw new IllegalArgumentException(
          "%s reads activations with padded channels, not images of %s"
              .formatted(reader.kind(), input.shape()));
    }
    return input;
  }

  /** The only input's gradient, or null. */
  Tensor inputGradient() {
    return inputGradients.get(0);
  }

  /** Where parameter number {@code index} begins in the flat vector. */
  int at(int index) {
    return parameters.get(index).at();
  }
}
