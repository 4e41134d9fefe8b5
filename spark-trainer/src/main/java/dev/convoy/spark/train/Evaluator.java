package dev.convoy.spark.train;

import dev.convoy.concurrent.Workers;
import dev.convoy.data.Dataset;
import dev.convoy.data.augment.AugmentationPipeline;
import dev.convoy.data.loader.BatchLoader;
import dev.convoy.data.loader.EvaluationOrder;
import dev.convoy.data.loader.Microbatch;
import dev.convoy.data.loader.NodeBlock;
import dev.convoy.data.loader.Prefetch;
import dev.convoy.kernel.Kernels;
import dev.convoy.loss.Loss;
import dev.convoy.nn.Network;
import dev.convoy.nn.Pass;
import dev.convoy.nn.Replica;
import java.util.Arrays;

/** Classifies the validation images of a block of virtual nodes, each image once. */
final class Evaluator {
  private final EvaluationOrder order;
  private final NodeBlock nodes;
  private final Workers workers;
  private final Loss loss;
  private final Replica[] replicas;

  Evaluator(
      EvaluationOrder order,
      NodeBlock nodes,
      Network network,
      Kernels kernels,
      Workers workers,
      Loss loss) {
    this.order = order;
    this.nodes = nodes;
    this.workers = workers;
    this.loss = loss;
    replicas = new Replica[workers.count()];
    Arrays.setAll(replicas, i -> Replica.evaluating(network, kernels, order.microbatchSize()));
  }

  /** The statistics of this block's nodes; those of the others are empty. */
  NodeStatistics evaluate(Dataset dataset, AugmentationPipeline pipeline, float[] weights)
      throws Exception {
    int rounds = Math.toIntExact(order.steps());
    NodeStatistics statistics = new NodeStatistics(order.virtualNodes(), rounds);
    // A worker that is ahead by a round must find its buffer: one round for each worker, and one.
    Prefetch prefetch = new Prefetch(workers.count() + 1, 1);
    try (BatchLoader loader = new BatchLoader(dataset, pipeline, order, nodes, 0, prefetch)) {
      workers.run(
          rounds * nodes.count(),
          (worker, task) -> {
            int round = task / nodes.count();
            int node = nodes.from() + task % nodes.count();
            Microbatch batch = loader.take(round, node);
            evaluate(replicas[worker], batch, weights, statistics, round);
            loader.release(batch);
          });
    }
    return statistics;
  }

  private void evaluate(
      Replica replica, Microbatch batch, float[] weights, NodeStatistics statistics, int round) {
    int images = batch.count();
    System.arraycopy(batch.pixels(), 0, replica.input().data(), 0, replica.input().length(images));
    replica.forward(Pass.evaluation(images, weights));
    statistics.record(
        batch.virtualNode(), round, images, loss, replica.logits(), batch.labels(), null);
  }
}
