package dev.convoy.nn;

import dev.convoy.kernel.Epilogue;

/**
 * A layer with its buffers, in one replica. All workers of a team call it together; each does its
 * share, with a barrier before the next layer.
 */
public interface BoundLayer {
  /**
   * Computes the output from the inputs, with zeros in the padding of its channels, where another
   * value may have left something.
   */
  void forward(Pass pass);

  /**
   * Computes gradients from the output's: those of the parameters, which are overwritten, in each
   * of {@code pass.gradients()}, as {@link Pass#parameterGradient} does; and of each input that has
   * a gradient, padding included, which are overwritten unless {@link Binding#adding} says that
   * they are added to the previous values.
   *
   * <p>Of a layer that goes backward in several parts ({@link Layer#backwardCuts}) it computes the
   * inputs' gradients and the last part of the parameters'; nothing reads the layer's weights
   * afterwards.
   */
  void backward(Pass pass);

  /**
   * Computes the gradients of another part of the parameters.
   *
   * @param part its number in the order of the flat vector, descending to 0
   */
  default void backwardPart(Pass pass, int part) {
    throw new IllegalStateException(getClass().getName() + " goes backward in one part");
  }

  /**
   * Returns the part of its forward pass that is done to each band of its first input: its {@link
   * Layer#forwardWork}. If {@link Binding#forwardFused}, the layer before it does that, and {@link
   * #forward} must not do it again.
   */
  default Epilogue epilogue() {
    return Epilogue.NONE;
  }

  /**
   * Returns the part of its backward pass that is done to each band of its output's gradient: its
   * {@link Layer#backwardWork}. If {@link Binding#backwardFused}, the layer that completes the
   * gradient does that, and {@link #backward} must not do it again.
   */
  default Epilogue gradientEpilogue() {
    return Epilogue.NONE;
  }

  /**
   * Makes its forward pass run the epilogue of the layer that reads its output. Called at most
   * once, when a replica is made, and only if {@link Layer#runsEpilogues}.
   */
  default void runOnOutput(Epilogue ofReader) {
    throw new IllegalStateException(getClass().getName() + " runs no epilogues");
  }
}
