package dev.convoy.nn;

import dev.convoy.concurrent.Worker;

/**
 * What happens between the layers of a training step, such as the exchange of gradients while
 * backward goes on. Every worker of the team calls every hook, and none allocates memory.
 *
 * <p>The flat vector has the parameters in the order of the layers. So forward reads it from its
 * beginning to its end, and backward completes its gradient from the end to the beginning.
 */
public interface LayerHooks {
  /** Does nothing. */
  LayerHooks NONE = new LayerHooks() {};

  /**
   * Runs before a layer with parameters goes forward.
   *
   * @param end how far the flat vector of weights has been read when the layer has gone forward
   */
  default void beforeForward(Worker worker, int end) {}

  /**
   * Runs before a layer with parameters goes backward, or one of its parts does. What lies at the
   * places of its gradients must have been used when it returns: {@link GradientLayout#overwrites}.
   *
   * @param from where the layer's part of the flat vector begins
   * @param to where it ends, exclusive
   */
  default void beforeBackward(Worker worker, int from, int to) {}

  /**
   * Runs after a layer with parameters, or one of its parts, has gone backward, and all workers
   * have passed a barrier. Nothing reads the weights from {@code from} on before the next forward
   * pass.
   *
   * @param from where the layer's part of the flat vector begins; from here on the gradient is
   *     complete
   * @param to where it ends, exclusive; the gradient from here on was complete before
   */
  default void afterBackward(Worker worker, int from, int to) {}
}
