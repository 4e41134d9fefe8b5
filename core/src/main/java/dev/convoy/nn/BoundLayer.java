package dev.convoy.nn;

import dev.convoy.kernel.Epilogue;

/**
 * A layer with its buffers, in one replica. All workers of a team call it together; each does its
 * share, with a barrier before the next layer.
 */
public interface BoundLayer {
  /** Computes the output from the inputs. */
  void forward(Pass pass);

  /**
   * Computes gradients from the output's: those of the parameters, which are overwritten, in each
   * of {@code pass.gradients()}; and of each input that has a gradient, which are overwritten
   * unless {@link Binding#adds}.
   */
  void backward(Pass pass);

  /**
   * Takes over what its only reader does with each band of its output, to do it while the band is
   * in the cache. Asked at most once.
   *
   * @return whether it does so
   */
  default boolean take(Epilogue epilogue) {
    return false;
  }

  /**
   * What it wants done with each band of its output's gradient. Whoever asks for it does so, in its
   * backward pass, which completes that gradient; this layer's own then does not do it again. Asked
   * at most once.
   */
  default Epilogue gradientEpilogue() {
    return Epilogue.NONE;
  }
}
