package dev.convoy.spark.config;

import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValueFactory;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * What defines the result of a run, and nothing that may differ between a run and its resumption:
 * no cluster, output, checkpoint, evaluate, prefetch or kernel implementation, and no place or
 * format of data, whose content has a fingerprint of its own. Made from typed values, so that
 * {@code 5e-4} and {@code 0.0005} are the same run.
 */
final class ConfigIdentity {
  private ConfigIdentity() {}

  static String of(ConvoyConfig config) {
    Map<String, Object> sections =
        Map.of(
            "network", network(config.network()),
            "data", data(config.data()),
            "train", train(config.train()),
            "sync", sync(config.sync()),
            "kernel", Map.of("winograd", config.kernel().winograd()));
    return ConfigValueFactory.fromMap(sections).render(ConfigRenderOptions.concise());
  }

  private static Map<String, Object> network(NetworkConfig network) {
    return Map.of(
        "name", network.name(),
        "classes", network.classes(),
        "input", network.input().map(ShapeText::text).orElse("paper"),
        "zero-gamma", network.zeroGamma());
  }

  private static Map<String, Object> data(DataConfig data) {
    return Map.of(
        "mean", normalize(data, DataConfig.Normalize::mean),
        "std", normalize(data, DataConfig.Normalize::std),
        "augment", data.augment().train(),
        "on-corrupt", data.onCorrupt().label(),
        "last-batch", data.lastBatch().label());
  }

  /** A run resolves {@code auto} before it asks for its identity. */
  private static Object normalize(
      DataConfig data, Function<DataConfig.Normalize, List<Float>> numbers) {
    return data.normalize().<Object>map(numbers).orElse("auto");
  }

  private static Map<String, Object> train(TrainConfig train) {
    return Map.of(
        "length", train.length().toString(),
        "batch-size", train.batchSize(),
        "virtual-nodes", train.virtualNodes(),
        "seed", train.seed(),
        "init", train.init().orElse(""),
        "freeze", train.freeze(),
        "optimizer", optimizer(train.optimizer()),
        "schedule", train.schedule().identity(),
        "loss",
            Map.of(
                "name", train.loss().name().label(),
                "j", train.loss().j(),
                "label-smoothing", train.loss().labelSmoothing()));
  }

  /** The trust coefficient counts only where LARS uses it. */
  private static Map<String, Object> optimizer(OptimizerConfig optimizer) {
    Map<String, Object> all =
        new TreeMap<>(
            Map.of(
                "name", optimizer.name().label(),
                "momentum", optimizer.momentum(),
                "weight-decay", optimizer.weightDecay(),
                "decay-vectors", optimizer.decaysVectors()));
    if (optimizer.name() == OptimizerConfig.Name.LARS) {
      all.put("trust", optimizer.trust());
    }
    return all;
  }

  /** The period counts only where weights are averaged. */
  private static Map<String, Object> sync(SyncConfig sync) {
    return sync.mode() == SyncConfig.Mode.AVERAGING
        ? Map.of("mode", sync.mode().label(), "period", sync.period())
        : Map.of("mode", sync.mode().label());
  }
}
