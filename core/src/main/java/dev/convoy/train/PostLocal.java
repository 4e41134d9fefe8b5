package dev.convoy.train;

import dev.convoy.collective.Range;
import java.util.List;
import java.util.function.Function;

/**
 * Post-local SGD (Lin et al. 2018, "Don't use large mini-batches, use local SGD", algorithm 2):
 * synchronous steps first, while the weights move fast, then local steps with averaging. Where the
 * local steps begin, every virtual node takes over the weights and the whole momentum of the
 * synchronous ones; from then on its momentum is its own, and is averaged with its weights.
 */
final class PostLocal implements Synchronization {
  private final long firstLocalStep;
  private final Function<float[], Synchronization> local;
  private Synchronization current;

  /**
   * @param firstLocalStep counted from 0 over the whole run
   * @param synchronous takes the steps before
   * @param local makes what takes the steps from there on, from their initial weights
   */
  PostLocal(
      long firstLocalStep, Synchronization synchronous, Function<float[], Synchronization> local) {
    this.firstLocalStep = firstLocalStep;
    this.local = local;
    current = synchronous;
  }

  @Override
  public void step(long step, float learningRate) throws Exception {
    if (step == firstLocalStep) {
      goLocal();
    }
    current.step(step, learningRate);
  }

  private void goLocal() throws InterruptedException {
    current.gatherWeights();
    float[] weights = current.weights();
    List<StateSlice> state = current.state();
    current.close();
    // Both at once may not fit into memory.
    current = null;
    current = local.apply(weights);
    current.restore(state, firstLocalStep);
  }

  @Override
  public void await() throws InterruptedException {
    current.await();
  }

  @Override
  public void gatherWeights() throws InterruptedException {
    current.gatherWeights();
  }

  @Override
  public boolean inStep() {
    return current.inStep();
  }

  @Override
  public float[] weights() {
    return current.weights();
  }

  @Override
  public List<StateSlice> state() {
    return current.state();
  }

  @Override
  public List<Range> held() {
    return current.held();
  }

  @Override
  public void restore(List<StateSlice> state, long steps) {
    current.restore(state, steps);
  }

  @Override
  public List<SliceVersions> versions() {
    return current == null ? List.of() : current.versions();
  }

  @Override
  public void close() {
    if (current != null) {
      current.close();
    }
  }
}
