package dev.convoy.nn;

import dev.convoy.tensor.Shape;
import java.util.List;
import java.util.Optional;

/**
 * One layer of a network, as a description: it infers shapes, names its parameters and counts its
 * work, and is bound to buffers by {@link #bind} to be run. Immutable.
 *
 * <p>Layers can be written in any package: {@link #kind}, {@link #output} and {@link #bind} are
 * needed, and {@link #parameters} if it has some; {@link #backwardReadsInput} and {@link
 * #backwardReadsOutput} save memory; the rest has defaults for layers that neither work in place
 * nor share work with others. Shapes are of one image. An {@link IllegalArgumentException} that it
 * throws is reported with the names of the network and of the layer.
 */
public interface Layer {
  /** Returns its kind, for people: {@code convolution}. */
  String kind();

  /**
   * Returns the shape of its output.
   *
   * @throws IllegalArgumentException if it cannot take these inputs
   */
  Shape output(List<Shape> inputs);

  /** Returns the parameters it needs, in an order of its choice. */
  default List<ParameterSpec> parameters(List<Shape> inputs) {
    return List.of();
  }

  /** Returns the multiply-adds of convolutions and fully connected layers, one image, forward. */
  default long multiplyAdds(List<Shape> inputs) {
    return 0;
  }

  /** Returns the connections as the paper of 1998 counts them: each use of each weight and bias. */
  default long connections(List<Shape> inputs) {
    return 0;
  }

  /** Returns the fewest images of a virtual node that it can be trained on. */
  default int fewestImages(List<Shape> inputs) {
    return 1;
  }

  /** Returns the window it slides, if it slides one. */
  default Optional<Window> window() {
    return Optional.empty();
  }

  /** Returns whether it replaces its first input by its output, in the same buffer. */
  default boolean inPlace() {
    return false;
  }

  /**
   * Returns the input whose gradient it can write in place of its output's, in the same buffer;
   * negative if there is none. It gets one buffer for both only if no layer has written that
   * input's gradient before, so that there is nothing to add to.
   */
  default int gradientInPlace(List<Shape> inputs) {
    return -1;
  }

  /**
   * Returns whether its inputs are the channels of its output, one after another, so that the
   * layers that compute them write into it.
   */
  default boolean concatenates() {
    return false;
  }

  /**
   * Returns whether its backward pass reads input number {@code input}, which must then be kept.
   */
  default boolean backwardReadsInput(int input) {
    return true;
  }

  /** Returns whether its backward pass reads its output, which must then be kept. */
  default boolean backwardReadsOutput() {
    return true;
  }

  /**
   * Returns whether its forward pass runs an epilogue on each band of its output, while it is
   * cached.
   */
  default boolean runsEpilogues() {
    return false;
  }

  /**
   * Returns whether its backward pass runs an epilogue on each band of its first input's gradient,
   * once that is complete.
   */
  default boolean runsGradientEpilogues() {
    return false;
  }

  /**
   * Returns the part of its forward pass that the layer before it can do to each band of its first
   * input, as {@link BoundLayer#epilogue}. The {@link FusionPlan} decides whether it does.
   */
  default Optional<FusedWork> forwardWork(boolean training) {
    return Optional.empty();
  }

  /**
   * Returns the part of its backward pass that a layer which reads its output can do to each band
   * of that output's gradient, as {@link BoundLayer#gradientEpilogue}. It may write gradients of
   * other inputs only where they lie in that gradient.
   */
  default Optional<FusedWork> backwardWork() {
    return Optional.empty();
  }

  /**
   * Returns where its backward pass is cut into parts, so that nobody needs the whole gradient of a
   * very long layer at once: as floats behind the beginning of its first parameter, ascending. The
   * parts come in descending order: {@link BoundLayer#backward} computes the last one, {@link
   * BoundLayer#backwardPart} each one before it.
   */
  default List<Integer> backwardCuts(List<Shape> inputs) {
    return List.of();
  }

  /** Binds it to a replica's buffers. */
  BoundLayer bind(Binding binding);
}
