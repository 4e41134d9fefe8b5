package dev.convoy.spark.train;

import dev.convoy.collective.Range;
import dev.convoy.concurrent.ThreadTeam;
import dev.convoy.data.Dataset;
import dev.convoy.data.input.InputPipeline;
import dev.convoy.data.loader.EvaluationOrder;
import dev.convoy.data.loader.NodeBlock;
import dev.convoy.kernel.KernelChoice;
import dev.convoy.nn.Network;
import dev.convoy.spark.config.ConvoyConfig;
import dev.convoy.spark.storage.WeightsFile;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One part of an evaluation, on an executor: the images of a block of virtual nodes. */
final class EvaluateTask {
  private static final Logger LOG = LoggerFactory.getLogger(EvaluateTask.class);

  private EvaluateTask() {}

  /** The statistics of the part's nodes, as {@link FloatText}. */
  static String run(EvaluateSpec spec, int part) throws Exception {
    ConvoyConfig config = spec.config();
    Configuration hadoop = spec.hadoopConfiguration();
    Network network = RunPlan.network(config);
    KernelChoice kernels = RunPlan.kernels(config);
    float[] weights = WeightsFile.read(spec.weights(), hadoop).vector(network);
    Range block = spec.nodes().block(part);
    try (Dataset validation = RunData.openValidation(config.data(), hadoop);
        ThreadTeam team = new ThreadTeam(config.cluster().coresPerExecutor())) {
      Evaluator evaluator =
          new Evaluator(
              order(config, validation, network),
              new NodeBlock(block.from(), block.to()),
              network,
              kernels.kernels(),
              team,
              RunPlan.loss(config, network),
              validation,
              crops(config, validation, network),
              config.data(),
              RunData.corruptSamples(config.data(), LOG::warn));
      return FloatText.encode(evaluator.evaluate(weights).values());
    }
  }

  /** What is made of each image. */
  static List<InputPipeline> crops(ConvoyConfig config, Dataset validation, Network network) {
    return RunData.crops(config.data(), config.evaluate().crops(), validation, network);
  }

  /**
   * As in training, so that the same sums are made of the same images; with several crops of each,
   * fewer at a time.
   */
  static EvaluationOrder order(ConvoyConfig config, Dataset validation, Network network) {
    int crops = crops(config, validation, network).size();
    return RunPlan.evaluationOrder(config, validation.size(), network, crops);
  }
}
