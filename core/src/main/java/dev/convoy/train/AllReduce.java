package dev.convoy.train;

import dev.convoy.collective.Collective;
import dev.convoy.collective.Range;
import dev.convoy.collective.Subtree;
import dev.convoy.concurrent.ThreadTeam;
import dev.convoy.concurrent.Worker;
import dev.convoy.nn.GradientLayout;
import dev.convoy.nn.LayerHooks;
import dev.convoy.optim.Optimizer;
import java.util.ArrayList;
import java.util.List;

/**
 * Synchronous SGD of several executors: gradients of all virtual nodes are summed in the tree over
 * their numbers, within an executor while they are computed, and over executors by {@link
 * GradientExchange}: the owner of a slice completes its sum, updates its weights and sends them to
 * all. An executor holds the optimizer's state of its slices only.
 *
 * <p>The exchange runs beside backward and the next forward ({@link BackgroundExchange}). If that
 * is not wanted, or the vector is a single bucket, which is complete only when backward is, the
 * first worker runs it after backward.
 */
public final class AllReduce implements Synchronization {
  private final ThreadTeam team;
  private final PhaseTimer timer;
  private final float[] weights;
  private final VirtualNodeGradients gradients;
  private final SliceUpdate update;
  private final GradientExchange exchange;

  /** Null if steps compute with the weights as they are. */
  private final MasterWeights masters;

  /** Null if the first worker runs the exchange. */
  private final BackgroundExchange background;

  private final AfterBackward afterBackward = new AfterBackward();
  private final ThreadTeam.Program program = this::work;

  // The current step; set by the caller's thread before the team begins.
  private long step;
  private float learningRate;

  /**
   * Begins with the given weights, which it owns from now on.
   *
   * @param layout of the gradients that the source computes
   * @param overlap whether the exchange may run beside the computation; changes no bit
   */
  public AllReduce(
      Collective collective,
      Optimizer optimizer,
      ThreadTeam team,
      PhaseTimer timer,
      float[] weights,
      GradientSource source,
      GradientLayout layout,
      boolean overlap) {
    this.team = team;
    this.timer = timer;
    this.weights = weights;
    List<Subtree> subtrees = collective.virtualNodes().subtrees(collective.rank());
    List<float[]> partials = new ArrayList<>();
    subtrees.forEach(subtree -> partials.add(new float[layout.length()]));
    update = new SliceUpdate(optimizer, collective, weights);
    masters = collective.rounds() ? new MasterWeights(collective, update, weights) : null;
    exchange =
        new GradientExchange(collective, update, timer, List.copyOf(partials), layout, weights);
    background =
        overlap && collective.buckets().count() > 1
            ? new BackgroundExchange(exchange, timer, layout)
            : null;
    Range block = collective.virtualNodes().block(collective.rank());
    LayerHooks hooks = background == null ? LayerHooks.NONE : background;
    gradients = source.bind(block, weights, subtrees, List.copyOf(partials), hooks);
  }

  @Override
  public void step(long number, float rate) throws Exception {
    step = number;
    learningRate = rate;
    if (masters != null) {
      masters.round();
    }
    if (background != null) {
      background.begin(number, rate);
    }
    team.run(program);
  }

  private void work(Worker worker) throws Exception {
    gradients.compute(worker, step); // forward, loss and backward of this rank's virtual nodes
    if (background == null && worker.first()) {
      long start = System.nanoTime();
      exchange.run(afterBackward);
      timer.addSince(Phase.COMMUNICATION, start);
    }
  }

  /** All gradients are complete, and nobody waits for the weights. */
  private final class AfterBackward implements GradientExchange.Progress {
    @Override
    public void awaitGradients(int from) {}

    @Override
    public long step() {
      return step;
    }

    @Override
    public float learningRate() {
      return learningRate;
    }

    @Override
    public void summed(int from) {}

    @Override
    public void gathered(int to) {}
  }

  @Override
  public void await() throws InterruptedException {
    if (background != null) {
      background.await();
    }
  }

  @Override
  public void gatherWeights() throws InterruptedException {
    await();
    if (masters != null) {
      masters.gather();
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
  public List<StateSlice> state() {
    return update.slices().stream().map(OwnedSlice::state).toList();
  }

  @Override
  public List<Range> held() {
    return update.held().stream().map(OwnedSlice::range).toList();
  }

  @Override
  public void restore(List<StateSlice> state, long steps) {
    List<OwnedSlice> slices = update.held();
    for (int i = 0; i < state.size(); i++) {
      slices.get(i).restore(state.get(i));
      slices.get(i).complete(steps);
    }
  }

  @Override
  public List<SliceVersions> versions() {
    if (background != null && !background.hasEnded()) {
      return List.of();
    }
    return update.versions();
  }

  @Override
  public void close() {
    if (background != null) {
      background.close();
    }
  }
}
