package dev.convoy.train;

import dev.convoy.concurrent.Worker;
import dev.convoy.nn.LayerHooks;

/**
 * Completes the sums of a layer's gradients when it has gone backward, before other hooks see them,
 * so that each layer can leave while backward goes on.
 *
 * @param completion what completes them
 * @param hooks that rely on complete sums
 */
record CompletedSums(Completion completion, LayerHooks hooks) implements LayerHooks {
  /** What completes the sums of a range of the flat vector; all workers run it together. */
  @FunctionalInterface
  interface Completion {
    void run(Worker worker, int from, int to);
  }

  @Override
  public void beforeForward(Worker worker, int end) {
    hooks.beforeForward(worker, end);
  }

  @Override
  public void beforeBackward(Worker worker, int from, int to) {
    hooks.beforeBackward(worker, from, to);
  }

  @Override
  public void afterBackward(Worker worker, int from, int to) {
    completion.run(worker, from, to);
    worker.barrier();
    hooks.afterBackward(worker, from, to);
  }
}
