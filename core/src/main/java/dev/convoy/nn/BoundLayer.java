package dev.convoy.nn;

/** A layer with its buffers, in one worker's replica. */
public interface BoundLayer {
  /** Derives what the backward pass reads from the weights, after every change of them. */
  default void prepare(float[] weights) {}

  /** Computes the output from the inputs. */
  void forward(Pass pass);

  /**
   * Computes gradients from the output's. Every gradient is overwritten, never added to: of the
   * parameters in {@code pass.gradients()}, and of each input that has a gradient.
   */
  void backward(Pass pass);
}
