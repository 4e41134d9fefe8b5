package dev.convoy.train;

import dev.convoy.collective.Collective;
import dev.convoy.collective.Range;
import dev.convoy.collective.Subtree;
import dev.convoy.concurrent.ThreadTeam;
import dev.convoy.concurrent.Worker;
import dev.convoy.optim.Optimizer;
import dev.convoy.optim.OptimizerShard;
import java.util.ArrayList;
import java.util.List;

/**
 * Synchronous SGD: gradients of all virtual nodes are summed in the tree over their numbers, within
 * an executor while they are computed, and over executors slice by slice at the slice's owner
 * (reduce-scatter); the owner updates its slice of the weights, and all executors get every slice
 * (all-gather). An executor holds the optimizer's state of its slice only.
 */
public final class AllReduce implements Synchronization {
  private final Collective collective;
  private final ThreadTeam team;
  private final PhaseTimer timer;
  private final float[] weights;
  private final List<float[]> partials = new ArrayList<>();
  private final VirtualNodeGradients gradients;
  private final Range slice;
  private final boolean single;
  private final float[] sliceSum;
  private final float[] state;
  private final Update update;
  private final ThreadTeam.Program program = this::work;

  // The current step; set by the caller's thread before the team begins.
  private long step;
  private float learningRate;

  /** Begins with the given weights, which it owns from now on. */
  public AllReduce(
      Collective collective,
      Optimizer optimizer,
      ThreadTeam team,
      PhaseTimer timer,
      float[] weights,
      GradientSource source) {
    this.collective = collective;
    this.team = team;
    this.timer = timer;
    this.weights = weights;
    List<Subtree> subtrees = collective.virtualNodes().subtrees(collective.rank());
    subtrees.forEach(subtree -> partials.add(new float[weights.length]));
    Range block = collective.virtualNodes().block(collective.rank());
    gradients = source.bind(block, weights, subtrees, List.copyOf(partials));
    slice = collective.slice();
    single = collective.ranks() == 1;
    // A single rank has one subtree, which is the tree: its sum needs no copy.
    sliceSum = single ? partials.get(0) : new float[slice.length()];
    state = new float[slice.length()];
    float reciprocal = 1f / collective.virtualNodes().count();
    List<Range> sumRanges =
        collective.slices().all().stream()
            .map(s -> new Range(optimizer.sumsBefore(s.from()), optimizer.sumsBefore(s.to())))
            .toList();
    update =
        new Update(
            optimizer,
            new OptimizerShard(slice.from(), weights, sliceSum, reciprocal, state),
            slice,
            sums -> collective.allGather(sums, sumRanges));
  }

  @Override
  public void step(long number, float rate) throws Exception {
    step = number;
    learningRate = rate;
    team.run(program);
  }

  private void work(Worker worker) throws Exception {
    gradients.compute(worker, step); // forward, loss and backward of this rank's virtual nodes
    reduceScatter(worker); // the owner of a slice completes its sum, in the fixed tree
    update(worker); // the owner updates its slice of the weights
    allGather(worker); // every rank gets every slice
  }

  private void reduceScatter(Worker worker) {
    if (single) {
      return;
    }
    if (worker.first()) {
      long start = System.nanoTime();
      collective.reduceScatter(partials, sliceSum);
      timer.add(Phase.COMMUNICATION, System.nanoTime() - start);
    }
    worker.barrier();
  }

  private void update(Worker worker) {
    long start = System.nanoTime();
    update.run(worker, learningRate);
    worker.barrier();
    timer.addSince(worker, Phase.UPDATE, start);
  }

  private void allGather(Worker worker) {
    if (worker.first() && !single) {
      long start = System.nanoTime();
      collective.allGather(weights);
      timer.add(Phase.COMMUNICATION, System.nanoTime() - start);
    }
  }

  @Override
  public boolean inStep() {
    return true;
  }

  @Override
  public float[] weights() {
    return weights;
  }

  @Override
  public Range stateSlice() {
    return slice;
  }

  @Override
  public float[] state() {
    return state;
  }

  @Override
  public void restore(float[] restored) {
    System.arraycopy(restored, 0, state, 0, state.length);
  }
}
