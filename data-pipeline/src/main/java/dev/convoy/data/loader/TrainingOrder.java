package dev.convoy.data.loader;

import dev.convoy.data.BatchPlan;
import dev.convoy.data.EpochPlan;
import dev.convoy.random.CounterRandom;
import dev.convoy.random.RandomStream;

/** Epoch after epoch without end, each shuffled anew. Steps are counted over all epochs. */
public final class TrainingOrder implements SampleOrder {
  private final long seed;
  private final BatchPlan plan;

  // Loading runs ahead, so at an epoch's end two epochs are wanted at once: one slot is for even
  // epochs, one for odd ones. Any other plan is computed again, which is slower but the same.
  private final EpochPlan[] plans = new EpochPlan[2];
  private final long[] epochs = {-1, -1};

  /** Creates the order that a run of that seed has. */
  public TrainingOrder(long seed, BatchPlan plan) {
    this.seed = seed;
    this.plan = plan;
  }

  @Override
  public int microbatchSize() {
    return plan.microbatchSize();
  }

  @Override
  public long steps() {
    return Long.MAX_VALUE;
  }

  @Override
  public int virtualNodes() {
    return plan.virtualNodes();
  }

  @Override
  public boolean fills() {
    return true;
  }

  @Override
  public int samples(long step, int virtualNode, int[] into) {
    int batchInEpoch = (int) (step % plan.stepsPerEpoch());
    epoch(step / plan.stepsPerEpoch()).samples(batchInEpoch, virtualNode, into);
    return plan.microbatchSize();
  }

  @Override
  public long epochKey(long step, RandomStream stream) {
    long epoch = step / plan.stepsPerEpoch();
    return CounterRandom.derive(CounterRandom.key(seed, stream), epoch);
  }

  private synchronized EpochPlan epoch(long epoch) {
    int place = (int) (epoch & 1);
    if (epochs[place] != epoch) {
      plans[place] = new EpochPlan(seed, epoch, plan);
      epochs[place] = epoch;
    }
    return plans[place];
  }
}
