package dev.convoy.train;

import dev.convoy.collective.Collective;
import dev.convoy.collective.Range;
import dev.convoy.collective.Subtree;
import dev.convoy.concurrent.ThreadTeam;
import dev.convoy.concurrent.Worker;
import dev.convoy.nn.LayerHooks;
import dev.convoy.optim.Optimizer;
import dev.convoy.optim.OptimizerShard;
import java.util.List;

/**
 * Synchronous SGD of one executor: the gradients of all virtual nodes are summed in the tree over
 * their numbers while they are computed, then all workers share the update. There is nobody to
 * exchange anything with.
 */
public final class SingleRank implements Synchronization {
  private final ThreadTeam team;
  private final PhaseTimer timer;
  private final float[] weights;
  private final float[] state;
  private final VirtualNodeGradients gradients;
  private final Update update;
  private final ThreadTeam.Program program = this::work;

  // The current step; set by the caller's thread before the team begins.
  private long step;
  private float learningRate;

  /** Begins with the given weights, which it owns from now on. */
  public SingleRank(
      Collective collective,
      Optimizer optimizer,
      ThreadTeam team,
      PhaseTimer timer,
      float[] weights,
      GradientSource source) {
    this.team = team;
    this.timer = timer;
    this.weights = weights;
    state = new float[weights.length];
    float[] sum = new float[weights.length];
    List<Subtree> subtrees = collective.virtualNodes().subtrees(0);
    Range block = collective.virtualNodes().block(0);
    gradients = source.bind(block, weights, subtrees, List.of(sum), LayerHooks.NONE);
    float scale = 1f / collective.virtualNodes().count();
    update = new Update(optimizer, new OptimizerShard(0, weights, sum, scale, state));
  }

  @Override
  public void step(long number, float rate) throws Exception {
    step = number;
    learningRate = rate;
    team.run(program);
  }

  private void work(Worker worker) throws Exception {
    gradients.compute(worker, step); // forward, loss and backward of all virtual nodes
    long start = System.nanoTime();
    update.run(worker, learningRate);
    worker.barrier();
    timer.addSince(worker, Phase.UPDATE, start);
  }

  @Override
  public void await() {}

  @Override
  public boolean inStep() {
    return true;
  }

  @Override
  public float[] weights() {
    return weights;
  }

  @Override
  public List<StateSlice> state() {
    return List.of(new StateSlice(new Range(0, state.length), state));
  }

  @Override
  public void restore(List<StateSlice> restored) {
    System.arraycopy(restored.get(0).values(), 0, state, 0, state.length);
  }
}
