package dev.convoy.train;

import dev.convoy.collective.Collective;
import dev.convoy.collective.Range;
import dev.convoy.collective.Subtree;
import dev.convoy.concurrent.ThreadTeam;
import dev.convoy.concurrent.Worker;
import dev.convoy.nn.GradientLayout;
import dev.convoy.optim.Optimizer;
import dev.convoy.optim.OptimizerShard;
import java.util.List;

/**
 * Synchronous SGD of one executor: the gradients of all virtual nodes are summed in the tree over
 * their numbers while they are computed, and all workers share the {@link Update} of a layer as
 * soon as its sum is complete. There is nobody to exchange anything with.
 */
public final class SingleRank implements Synchronization {
  private final ThreadTeam team;
  private final float[] weights;
  private final float[] state;
  private final VirtualNodeGradients gradients;
  private final Update update;
  private final ThreadTeam.Program program = this::work;

  // The current step; set by the caller's thread before the team begins.
  private long step;

  /**
   * Begins with the given weights, which it owns from now on.
   *
   * @param layout of the gradients that the source computes
   */
  public SingleRank(
      Collective collective,
      Optimizer optimizer,
      ThreadTeam team,
      PhaseTimer timer,
      float[] weights,
      GradientSource source,
      GradientLayout layout) {
    this.team = team;
    this.weights = weights;
    state = new float[weights.length];
    float[] sum = new float[layout.length()];
    float scale = 1f / collective.virtualNodes().count();
    OptimizerShard vector = new OptimizerShard(0, weights, sum, scale, state);
    update = new Update(optimizer, layout, vector, team.count(), timer);
    List<Subtree> subtrees = collective.virtualNodes().subtrees(0);
    Range block = collective.virtualNodes().block(0);
    gradients = source.bind(block, weights, subtrees, List.of(sum), update);
  }

  @Override
  public void step(long number, float rate) throws Exception {
    step = number;
    update.begin(rate);
    team.run(program);
  }

  private void work(Worker worker) throws Exception {
    gradients.compute(worker, step); // forward, loss, and backward with the update of each layer
    update.end(worker);
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
  public void restore(List<StateSlice> restored, long steps) {
    System.arraycopy(restored.get(0).values(), 0, state, 0, state.length);
  }
}
