package dev.convoy.train;

import dev.convoy.concurrent.Worker;

/** Computes the gradients of some virtual nodes; see {@link GradientSource}. */
@FunctionalInterface
public interface VirtualNodeGradients {
  /**
   * Computes forward, loss and backward of a step. All workers of the team call it together, and
   * have passed a barrier when it returns.
   *
   * @param step counted from 0 over the whole run
   */
  void compute(Worker worker, long step) throws Exception;
}
