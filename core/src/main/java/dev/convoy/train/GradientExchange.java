package dev.convoy.train;

import dev.convoy.collective.Collective;
import dev.convoy.collective.Range;
import dev.convoy.nn.GradientLayout;
import java.util.List;

/**
 * One step's exchange between the ranks, bucket by bucket: reduce-scatter of the gradients and
 * update of the own slices, from the vector's end, as backward completes them; then all-gather of
 * the new weights, from the vector's beginning, as the next forward pass reads them.
 *
 * <pre>
 *   backward    | layer 3 | layer 2 | layer 1 |                 | forward of the next step: 1, 2, 3
 *   exchange              | 3: sum, update | 2 | 1 | gather 1 | gather 2 | gather 3 |
 * </pre>
 *
 * <p>Where ranks keep replicas of each other's slices, the sum of a slice goes to its replicas
 * before the update.
 *
 * <p>All ranks go through the buckets in the same order, whatever their timing.
 */
final class GradientExchange {
  /** The way in which an exchange waits for the computation and tells it what is done. */
  interface Progress {
    /** Waits until the gradients from {@code from} on are complete. */
    void awaitGradients(int from) throws InterruptedException;

    /** Returns the number of the step, once some of its gradients are complete. */
    long step();

    /** Returns the learning rate of the step, once some of its gradients are complete. */
    float learningRate();

    /** Tells that the gradients from {@code from} on are summed, and no longer needed. */
    void summed(int from);

    /** Tells that the weights before {@code to} are new. */
    void gathered(int to);
  }

  private final Collective collective;
  private final SliceUpdate update;
  private final PhaseTimer timer;
  private final List<float[]> partials;
  private final GradientLayout layout;
  private final float[] weights;

  /**
   * @param update of the slices that this rank owns
   * @param timer gets the time of communication and update
   * @param partials the gradients of this rank, summed over each of its subtrees
   * @param layout of the partial sums
   * @param weights the whole vector
   */
  GradientExchange(
      Collective collective,
      SliceUpdate update,
      PhaseTimer timer,
      List<float[]> partials,
      GradientLayout layout,
      float[] weights) {
    this.collective = collective;
    this.update = update;
    this.timer = timer;
    this.partials = partials;
    this.layout = layout;
    this.weights = weights;
  }

  /** Runs the exchange of a step; every rank must. */
  void run(Progress progress) throws InterruptedException {
    int buckets = collective.buckets().count();
    for (int bucket = buckets - 1; bucket >= 0; bucket--) {
      int from = range(bucket).from();
      progress.awaitGradients(from);
      collective.step(progress.step());
      long start = System.nanoTime();
      collective.reduceScatter(bucket, partials, layout.place(from), update.sum(bucket));
      progress.summed(from);
      update.replicate(bucket);
      long summed = timer.addSince(Phase.EXCHANGE, start);
      update.summed(bucket, weights, progress.learningRate(), progress.step());
      timer.addSince(Phase.UPDATE, summed);
    }
    long start = System.nanoTime();
    update.allSummed(weights, progress.learningRate(), progress.step());
    timer.addSince(Phase.UPDATE, start);
    for (int bucket = 0; bucket < buckets; bucket++) {
      start = System.nanoTime();
      collective.allGather(bucket, weights);
      timer.addSince(Phase.EXCHANGE, start);
      progress.gathered(range(bucket).to());
    }
  }

  private Range range(int bucket) {
    return collective.buckets().range(bucket);
  }
}
