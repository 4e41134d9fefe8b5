package dev.convoy.spark.config;

import dev.convoy.zoo.Zoo;
import java.util.List;
import java.util.function.Predicate;

/** Notices of keys that somebody has set although nothing uses them under the names chosen. */
final class UnusedKeys {
  /**
   * A key that only counts beside others.
   *
   * @param needs in words
   * @param used whether it counts
   */
  private record Rule(String key, String needs, Predicate<ConvoyConfig> used) {}

  private static final List<Rule> RULES =
      List.of(
          new Rule(
              "network.zero-gamma",
              "a residual network",
              config ->
                  !config.network().zeroGamma() || config.network().name().contains("resnet")),
          new Rule(
              "train.optimizer.trust",
              "train.optimizer.name = lars",
              config -> config.train().optimizer().name() == OptimizerConfig.Name.LARS),
          new Rule(
              "train.optimizer.decay-vectors",
              "train.optimizer.weight-decay above 0",
              config -> config.train().optimizer().weightDecay() > 0),
          new Rule(
              "train.schedule.milestones",
              "train.schedule.name = step",
              config -> schedule(config, ScheduleConfig.Name.STEP)),
          new Rule(
              "train.schedule.factor",
              "train.schedule.name = step or plateau",
              config -> schedule(config, ScheduleConfig.Name.STEP, ScheduleConfig.Name.PLATEAU)),
          new Rule(
              "train.schedule.power",
              "train.schedule.name = polynomial",
              config -> schedule(config, ScheduleConfig.Name.POLYNOMIAL)),
          new Rule(
              "train.schedule.patience",
              "train.schedule.name = plateau",
              config -> schedule(config, ScheduleConfig.Name.PLATEAU)),
          new Rule("train.loss.j", "the loss rbf", UnusedKeys::lossIsRbf),
          new Rule(
              "sync.period",
              "sync.mode = averaging",
              config -> config.sync().mode() == SyncConfig.Mode.AVERAGING),
          new Rule(
              "checkpoint.keep",
              "checkpoint.every",
              config -> config.checkpoint().every().isPresent()));

  private UnusedKeys() {}

  static List<String> notices(ConvoyConfig config, ConfigReader reader) {
    return RULES.stream()
        .filter(rule -> reader.isGiven(rule.key()) && !rule.used().test(config))
        .map(
            rule ->
                "%s has no effect here; it needs %s"
                    .formatted(reader.assignment(rule.key()), rule.needs()))
        .toList();
  }

  private static boolean schedule(ConvoyConfig config, ScheduleConfig.Name... names) {
    return List.of(names).contains(config.train().schedule().name());
  }

  private static boolean lossIsRbf(ConvoyConfig config) {
    String network = config.network().name();
    return switch (config.train().loss().name()) {
      case RBF -> true;
      case SOFTMAX_CROSS_ENTROPY -> false;
      case AUTO -> !Zoo.names().contains(network) || Zoo.loss(network).equals("rbf");
    };
  }
}
