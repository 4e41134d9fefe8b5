package dev.convoy.nn;

import dev.convoy.kernel.Epilogue;
import dev.convoy.kernel.Kernels;
import dev.convoy.kernel.Workspace;
import dev.convoy.tensor.Layout;
import dev.convoy.tensor.Tensor;
import java.util.List;

/**
 * What a layer is given to run with: the tensors it reads and fills in one replica, and the places
 * of its parameters. All tensors hold the images of one batch, NHWC.
 *
 * @param name the node's
 * @param kernels to make its kernels with
 * @param workspace for its kernels
 * @param forwardFused whether the layer before it does its {@link Layer#forwardWork}
 * @param backwardFused whether a layer that reads its output does its {@link Layer#backwardWork}
 * @param inputGradientEpilogue what its backward pass does to each complete band of the first
 *     input's gradient
 * @param inputs its inputs
 * @param inputGradients of each input; null where the gradient is not needed
 * @param adding for each input whether its gradient is added to the previous values
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

  /** Returns the first input, mostly the only one. */
  public Tensor input() {
    return inputs.get(0);
  }

  /**
   * Returns the first input, whose channels must be padded to a multiple of 16.
   *
   * @param reader the layer, for the message
   * @throws IllegalArgumentException if they are not, as in images
   */
  public Tensor paddedInput(Layer reader) {
    Tensor input = input();
    if (input.stride() < Layout.padded(input.shape().channels())) {
      throw new IllegalArgumentException(
          "%s reads activations with padded channels, not images of %s"
              .formatted(reader.kind(), input.shape()));
    }
    return input;
  }

  /** Returns the first input's gradient, or null where it is not needed. */
  public Tensor inputGradient() {
    return inputGradients.get(0);
  }

  /** Returns whether the first input's gradient is added to its previous values. */
  public boolean adds() {
    return adding.get(0);
  }

  /** Returns whether backward passes will follow. */
  public boolean trains() {
    return outputGradient != null;
  }

  /**
   * Returns where one of the layer's parameters begins in the flat vector of weights.
   *
   * @param index in the order of {@link Layer#parameters}, from 0
   * @throws IllegalArgumentException if the layer asked for fewer
   */
  public int at(int index) {
    return parameter(index).at();
  }

  /**
   * Returns where the gradient of one of the layer's parameters begins in each of {@link
   * Pass#gradients}; with a layer that goes backward in several parts, that of its first part.
   *
   * @param index in the order of {@link Layer#parameters}, from 0
   * @throws IllegalArgumentException if the layer asked for fewer
   */
  public int gradientAt(int index) {
    return parameter(index).gradientAt(0);
  }

  /**
   * Returns one of the layer's parameters.
   *
   * @param index in the order of {@link Layer#parameters}, from 0
   * @throws IllegalArgumentException if the layer asked for fewer
   */
  public Parameter parameter(int index) {
    if (index < 0 || index >= parameters.size()) {
      throw new IllegalArgumentException(
          "layer %s asked for %s parameters, so it has none with the index %s"
              .formatted(name, parameters.size(), index));
    }
    return parameters.get(index);
  }
}
