package dev.convoy.spark.train;

import dev.convoy.concurrent.ThreadTeam;
import dev.convoy.concurrent.Worker;
import dev.convoy.data.Dataset;
import dev.convoy.data.input.InputPipeline;
import dev.convoy.data.loader.BatchLoader;
import dev.convoy.data.loader.CorruptSamplePolicy;
import dev.convoy.data.loader.EvaluationOrder;
import dev.convoy.data.loader.Microbatch;
import dev.convoy.data.loader.NodeBlock;
import dev.convoy.data.loader.Prefetch;
import dev.convoy.kernel.Kernels;
import dev.convoy.loss.Loss;
import dev.convoy.nn.Network;
import dev.convoy.nn.Pass;
import dev.convoy.nn.Replica;
import dev.convoy.spark.config.DataConfig;
import dev.convoy.train.CropAverage;
import dev.convoy.train.VirtualNodeStatistics;
import java.util.List;

/**
 * Classifies the validation images of a block of virtual nodes, each image once, by one crop or the
 * mean of several. The workers share every microbatch.
 */
final class Evaluator {
  private final EvaluationOrder order;
  private final NodeBlock nodes;
  private final ThreadTeam team;
  private final Loss loss;
  private final Dataset dataset;
  private final List<InputPipeline> crops;
  private final DataConfig config;
  private final CorruptSamplePolicy corruptSamples;
  private final Replica replica;

  /** What is classified at the moment; the first worker takes it and gives it back. */
  private Microbatch batch;

  /**
   * For evaluating again and again.
   *
   * @param crops what is made of each image
   * @param config how images are loaded
   * @param corruptSamples what becomes of corrupt ones
   */
  Evaluator(
      EvaluationOrder order,
      NodeBlock nodes,
      Network network,
      Kernels kernels,
      ThreadTeam team,
      Loss loss,
      Dataset dataset,
      List<InputPipeline> crops,
      DataConfig config,
      CorruptSamplePolicy corruptSamples) {
    this.order = order;
    this.nodes = nodes;
    this.team = team;
    this.loss = loss;
    this.dataset = dataset;
    this.crops = List.copyOf(crops);
    this.config = config;
    this.corruptSamples = corruptSamples;
    int inputs = order.microbatchSize() * crops.size();
    replica = Replica.evaluating(network, kernels, inputs, team.count());
  }

  /** The statistics of this block's nodes; those of the others are empty. */
  VirtualNodeStatistics evaluate(float[] weights) throws Exception {
    int rounds = Math.toIntExact(order.steps());
    VirtualNodeStatistics statistics = new VirtualNodeStatistics(order.virtualNodes(), rounds);
    Prefetch prefetch = new Prefetch(Prefetch.DEFAULT.steps(), config.workers());
    try (BatchLoader loader =
        new BatchLoader(dataset, crops, order, nodes, 0, prefetch, corruptSamples)) {
      team.run(
          worker -> {
            for (int round = 0; round < rounds; round++) {
              for (int node = nodes.from(); node < nodes.to(); node++) {
                classify(worker, loader, round, node, weights, statistics);
              }
            }
          });
    }
    return statistics;
  }

  private void classify(
      Worker worker,
      BatchLoader loader,
      int round,
      int node,
      float[] weights,
      VirtualNodeStatistics statistics)
      throws Exception {
    if (worker.first()) {
      batch = loader.take(round, node);
      System.arraycopy(
          batch.pixels(),
          0,
          replica.input().data(),
          replica.input().at(),
          replica.input().length(batch.count() * crops.size()));
    }
    worker.barrier();
    int images = batch.count();
    if (images == 0) {
      // All of them see that before the first one takes the next.
      worker.barrier();
    } else {
      replica.forward(Pass.evaluation(worker, images * crops.size(), weights));
    }
    if (worker.first()) {
      if (images > 0) {
        CropAverage.of(images, crops.size(), loss, replica.logits());
        float mean = loss.evaluate(images, replica.logits(), batch.labels(), null);
        statistics.record(node, round, mean, images, replica.logits(), batch.labels());
      }
      loader.release(batch);
    }
  }
}
