package dev.convoy.spark.train;

import dev.convoy.collective.Range;
import dev.convoy.concurrent.ThreadTeam;
import dev.convoy.data.Dataset;
import dev.convoy.data.input.InputPipeline;
import dev.convoy.data.loader.BatchLoader;
import dev.convoy.data.loader.CorruptSamplePolicy;
import dev.convoy.data.loader.EvaluationOrder;
import dev.convoy.data.loader.Microbatch;
import dev.convoy.data.loader.Prefetch;
import dev.convoy.kernel.Kernels;
import dev.convoy.loss.Loss;
import dev.convoy.nn.Network;
import dev.convoy.spark.config.DataConfig;
import dev.convoy.tensor.Tensor;
import dev.convoy.train.EvaluationSource;
import dev.convoy.train.Evaluator;
import dev.convoy.train.VirtualNodeStatistics;
import java.util.List;

/** Evaluates the images of a dataset that belong to a block of virtual nodes, each image once. */
final class DatasetEvaluator {
  private final EvaluationOrder order;
  private final Range nodes;
  private final Dataset dataset;
  private final List<InputPipeline> crops;
  private final Prefetch prefetch;
  private final CorruptSamplePolicy corruptSamples;
  private final Evaluator evaluator;

  /**
   * Allocates an evaluator, which may evaluate any number of times.
   *
   * @param crops what is made of each image
   * @param config how images are loaded
   * @param corruptSamples what becomes of corrupt ones
   */
  DatasetEvaluator(
      EvaluationOrder order,
      Range nodes,
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
    this.dataset = dataset;
    this.crops = List.copyOf(crops);
    this.corruptSamples = corruptSamples;
    prefetch = new Prefetch(Prefetch.DEFAULT.steps(), config.workers());
    evaluator = new Evaluator(network, kernels, team, loss, order.microbatchSize(), crops.size());
  }

  /** Returns the statistics of this block's virtual nodes; those of the others are empty. */
  VirtualNodeStatistics evaluate(float[] weights) throws Exception {
    try (BatchLoader loader =
        new BatchLoader(dataset, crops, order, nodes, 0, prefetch, corruptSamples)) {
      int rounds = Math.toIntExact(order.steps());
      LoadedImages images = new LoadedImages(loader, rounds, crops.size());
      return evaluator.evaluate(weights, nodes, order.virtualNodes(), images);
    }
  }

  /** The microbatches of a loader, as an {@link Evaluator} takes them. */
  private record LoadedImages(BatchLoader loader, int rounds, int crops)
      implements EvaluationSource {
    @Override
    public int copy(int round, int node, Tensor images, int[] labels) throws Exception {
      Microbatch batch = loader.take(round, node);
      int count = batch.count();
      int values = images.length(count * crops);
      System.arraycopy(batch.pixels(), 0, images.data(), images.at(), values);
      System.arraycopy(batch.labels(), 0, labels, 0, count);
      loader.release(batch);
      return count;
    }
  }
}
