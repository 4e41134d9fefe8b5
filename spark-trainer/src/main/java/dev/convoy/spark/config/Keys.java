package dev.convoy.spark.config;

import java.util.List;
import java.util.stream.Stream;

/** The list of sections, in the order of {@code reference.conf}; a section lists its keys. */
final class Keys {
  private static final List<Section> SECTIONS =
      List.of(
          NetworkConfig.SECTION,
          DataConfig.SECTION,
          DataConfig.NORMALIZE,
          DataConfig.AUGMENT,
          TrainConfig.SECTION,
          OptimizerConfig.SECTION,
          ScheduleConfig.SECTION,
          LossConfig.SECTION,
          SyncConfig.SECTION,
          CheckpointConfig.SECTION,
          EvaluateConfig.SECTION,
          ClusterConfig.SECTION,
          ClusterConfig.TIMEOUTS,
          KernelConfig.SECTION,
          OutputConfig.SECTION);

  private Keys() {}

  static List<Section> sections() {
    return SECTIONS;
  }

  /** Returns every key there is. */
  static List<Key<?>> all() {
    return stream().toList();
  }

  static Stream<Key<?>> stream() {
    return SECTIONS.stream().flatMap(section -> section.keys().stream());
  }
}
