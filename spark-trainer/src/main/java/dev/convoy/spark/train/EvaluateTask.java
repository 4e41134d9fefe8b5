package dev.convoy.spark.train;

import dev.convoy.collective.Range;
import dev.convoy.collective.VirtualNodes;
import dev.convoy.concurrent.ThreadTeam;
import dev.convoy.data.Dataset;
import dev.convoy.data.input.InputPipeline;
import dev.convoy.data.loader.EvaluationOrder;
import dev.convoy.kernel.KernelChoice;
import dev.convoy.nn.Network;
import dev.convoy.spark.cluster.ExecutorTask;
import dev.convoy.spark.config.ConvoyConfig;
import dev.convoy.spark.storage.WeightsFile;
import dev.convoy.train.VirtualNodeStatistics;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One part of an evaluation: the images of a block of virtual nodes. Its result has the statistics
 * of these nodes, and zeros for the others.
 *
 * @param job configuration and settings
 * @param weights the file, as every executor understands it
 * @param part which part, counted from 0
 * @param parts how many parts share the virtual nodes
 */
public record EvaluateTask(JobSpec job, String weights, int part, int parts)
    implements ExecutorTask<VirtualNodeStatistics> {
  private static final Logger LOG = LoggerFactory.getLogger(EvaluateTask.class);

  @Override
  public VirtualNodeStatistics run() throws Exception {
    ConvoyConfig config = job.config();
    Configuration hadoop = job.hadoopConfiguration();
    Network network = RunPlan.network(config);
    KernelChoice kernels = RunPlan.kernels(config);
    float[] vector = WeightsFile.read(weights, hadoop).vector(network);
    Range block = nodes(config, parts).block(part);
    try (Dataset validation = RunData.openValidation(config.data(), hadoop);
        ThreadTeam team = new ThreadTeam(config.cluster().coresPerExecutor())) {
      DatasetEvaluator evaluator =
          new DatasetEvaluator(
              order(config, validation, network),
              block,
              network,
              kernels.kernels(),
              team,
              RunPlan.loss(config, network),
              validation,
              crops(config, validation, network),
              config.data(),
              RunData.corruptSamples(config.data(), LOG::warn));
      return evaluator.evaluate(vector);
    }
  }

  /** Returns how the virtual nodes lie on the parts. */
  static VirtualNodes nodes(ConvoyConfig config, int parts) {
    return new VirtualNodes(config.train().virtualNodes(), parts);
  }

  /** Returns what is made of each image. */
  static List<InputPipeline> crops(ConvoyConfig config, Dataset validation, Network network) {
    return RunData.crops(config.data(), config.evaluate().crops(), validation, network);
  }

  /**
   * Returns the order of the validations while training, so that sums are made of the same images;
   * with several crops of each, fewer at a time.
   */
  static EvaluationOrder order(ConvoyConfig config, Dataset validation, Network network) {
    int crops = crops(config, validation, network).size();
    return RunPlan.evaluationOrder(config, validation.size(), network, crops);
  }
}
