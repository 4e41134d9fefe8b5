package dev.convoy.spark.train;

import dev.convoy.data.loader.BatchLoader;
import dev.convoy.data.loader.Microbatch;
import dev.convoy.kernel.Kernels;
import dev.convoy.loss.Loss;
import dev.convoy.nn.Network;
import dev.convoy.nn.Pass;
import dev.convoy.nn.Replica;
import dev.convoy.spark.sync.NodeGradient;
import dev.convoy.spark.telemetry.Phase;
import dev.convoy.spark.telemetry.PhaseTimer;
import java.util.Arrays;

/**
 * What a virtual node does in a step: its microbatch forward, the loss, and backward. Each worker
 * thread has a replica of its own.
 */
final class NodeTrainer implements NodeGradient {
  private final BatchLoader loader;
  private final Loss loss;
  private final PhaseTimer timer;
  private final NodeStatistics statistics;
  private final Replica[] replicas;

  /** For each worker, the weights its replica has prepared for, and in which step they were so. */
  private final float[][] preparedWeights;

  private final long[] preparedStep;

  NodeTrainer(
      Network network,
      Kernels kernels,
      int microbatch,
      int workers,
      BatchLoader loader,
      Loss loss,
      PhaseTimer timer,
      NodeStatistics statistics) {
    this.loader = loader;
    this.loss = loss;
    this.timer = timer;
    this.statistics = statistics;
    replicas = new Replica[workers];
    Arrays.setAll(replicas, i -> Replica.training(network, kernels, microbatch));
    preparedWeights = new float[workers][];
    preparedStep = new long[workers];
  }

  @Override
  public void compute(int worker, long step, int node, float[] weights, float[] gradient)
      throws Exception {
    Replica replica = replicas[worker];
    long start = System.nanoTime();
    Microbatch batch = loader.take(step, node);
    long loaded = System.nanoTime();
    int images = batch.count();
    System.arraycopy(batch.pixels(), 0, replica.input().data(), 0, replica.input().length(images));
    Pass pass = new Pass(images, weights, gradient);
    replica.forward(pass);
    statistics.record(
        node, 0, images, loss, replica.logits(), batch.labels(), replica.logitsGradient());
    loader.release(batch);
    long forward = System.nanoTime();
    prepare(worker, step, weights);
    replica.backward(pass);
    timer.add(Phase.DATA, loaded - start);
    timer.add(Phase.FORWARD, forward - loaded);
    timer.add(Phase.BACKWARD, System.nanoTime() - forward);
  }

  /** Once for each change of weights, which may serve several nodes. */
  private void prepare(int worker, long step, float[] weights) {
    if (preparedWeights[worker] != weights || preparedStep[worker] != step) {
      replicas[worker].prepare(weights);
      preparedWeights[worker] = weights;
      preparedStep[worker] = step;
    }
  }
}
