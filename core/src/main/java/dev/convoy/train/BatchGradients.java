package dev.convoy.train;

import dev.convoy.collective.Range;
import dev.convoy.collective.Subtree;
import dev.convoy.concurrent.Worker;
import dev.convoy.kernel.VirtualNodeTree;
import dev.convoy.loss.Loss;
import dev.convoy.nn.LayerHooks;
import dev.convoy.nn.Pass;
import dev.convoy.nn.Replica;
import dev.convoy.tensor.Tensor;
import java.util.List;
import java.util.Locale;

/**
 * Computes the gradients of virtual nodes on one replica, whose batch is the nodes' microbatches
 * one after another. Allocates nothing per step.
 */
public final class BatchGradients implements GradientSource {
  private final Replica replica;
  private final int microbatch;
  private final int workers;
  private final BatchSource source;
  private final Loss loss;
  private final PredictionListener listener;
  private final PhaseTimer timer;
  private final int[][] labels;
  private final long[] keys;
  private final HeadLoss[] heads;
  private final Tensor[] inputs;

  /**
   * @param replica for training; its capacity is a multiple of {@code microbatch}
   * @param microbatch images of a virtual node
   * @param workers of the team
   */
  public BatchGradients(
      Replica replica,
      int microbatch,
      int workers,
      BatchSource source,
      Loss loss,
      PredictionListener listener,
      PhaseTimer timer) {
    this.replica = replica;
    this.microbatch = microbatch;
    this.workers = workers;
    this.source = source;
    this.loss = loss;
    this.listener = listener;
    this.timer = timer;
    int nodes = replica.input().images() / microbatch;
    labels = new int[nodes][microbatch];
    keys = new long[nodes * microbatch];
    heads = new HeadLoss[nodes];
    inputs = new Tensor[nodes];
    for (int i = 0; i < nodes; i++) {
      heads[i] = new HeadLoss(replica, i * microbatch, microbatch);
      inputs[i] = replica.input().from(i * microbatch, microbatch);
    }
  }

  @Override
  public VirtualNodeGradients bind(
      Range nodes, float[] weights, List<Subtree> subtrees, List<float[]> sums, LayerHooks hooks) {
    if (nodes.length() > inputs.length) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "a replica of %d virtual nodes cannot compute %d",
              inputs.length,
              nodes.length()));
    }
    List<VirtualNodeTree> trees =
        subtrees.stream()
            .map(
                t ->
                    new VirtualNodeTree(
                        (t.first() - nodes.from()) * microbatch, t.size(), microbatch))
            .toList();
    return new Bound(nodes, weights, trees, List.copyOf(sums), hooks);
  }

  private final class Bound implements VirtualNodeGradients {
    private final Range nodes;
    private final float[] weights;
    private final List<VirtualNodeTree> trees;
    private final List<float[]> sums;
    private final LayerHooks hooks;

    /** Per-worker state, created on first use. */
    private final Pass[] passes = new Pass[workers];

    Bound(
        Range nodes,
        float[] weights,
        List<VirtualNodeTree> trees,
        List<float[]> sums,
        LayerHooks hooks) {
      this.nodes = nodes;
      this.weights = weights;
      this.trees = trees;
      this.sums = sums;
      this.hooks = hooks;
    }

    @Override
    public void compute(Worker worker, long step) throws Exception {
      Pass pass = pass(worker);
      int end = worker.to(nodes.length());
      long start = System.nanoTime();
      for (int i = worker.from(nodes.length()); i < end; i++) {
        source.copy(step, nodes.from() + i, inputs[i], labels[i], keys, i * microbatch);
      }
      worker.barrier();
      long loaded = System.nanoTime();
      replica.forward(pass, hooks);
      for (int i = worker.from(nodes.length()); i < end; i++) {
        float mean = heads[i].evaluate(loss, labels[i]);
        listener.predicted(nodes.from() + i, mean, microbatch, heads[i].logits(), labels[i]);
      }
      worker.barrier();
      long forward = System.nanoTime();
      replica.backward(pass, hooks);
      if (worker.first()) {
        timer.add(Phase.DATA, loaded - start);
        timer.add(Phase.FORWARD, forward - loaded);
        timer.add(Phase.BACKWARD, System.nanoTime() - forward);
      }
    }

    private Pass pass(Worker worker) {
      if (passes[worker.index()] == null) {
        int images = nodes.length() * microbatch;
        passes[worker.index()] =
            new Pass(worker, images, nodes.length(), weights, trees, sums, keys);
      }
      return passes[worker.index()];
    }
  }
}
