package dev.convoy.spark.config;

import java.util.List;
import java.util.Optional;

/**
 * Section {@code train}.
 *
 * @param length how long to train: the user's steps or epochs
 * @param batchSize images in a step over all executors, a multiple of {@code virtualNodes}
 * @param virtualNodes equal parts of the batch, a power of two
 * @param accumulate rounds in which an executor computes its virtual nodes, at least 1
 * @param seed of weights, data order and augmentation
 * @param init weights to begin with, a path or URI as the user wrote it; empty for random ones
 * @param freeze layers, or groups of them, whose parameters stay
 */
public record TrainConfig(
    Span length,
    int batchSize,
    int virtualNodes,
    int accumulate,
    long seed,
    Optional<String> init,
    List<String> freeze,
    OptimizerConfig optimizer,
    ScheduleConfig schedule,
    LossConfig loss) {

  public TrainConfig {
    freeze = List.copyOf(freeze);
  }

  /** Images that a virtual node takes in a step. */
  public int microbatchSize() {
    return batchSize / virtualNodes;
  }

  static TrainConfig read(ConfigReader reader) {
    Span length = length(reader);
    int batchSize = reader.integer("train.batch-size", 1);
    int virtualNodes = reader.integer("train.virtual-nodes", 1);
    if (Integer.bitCount(virtualNodes) != 1) {
      throw reader.refuse("train.virtual-nodes", "a power of two: 1, 2, 4, 8, 16, …");
    }
    if (virtualNodes > batchSize) {
      throw reader.refuse("train.virtual-nodes", "at most train.batch-size (" + batchSize + ")");
    }
    if (batchSize % virtualNodes != 0) {
      throw reader.refuse(
          "train.batch-size", "divisible by train.virtual-nodes (" + virtualNodes + ")");
    }
    ScheduleConfig schedule = ScheduleConfig.read(reader);
    if (length instanceof Span.Epochs epochs && schedule.warmUp() >= epochs.count()) {
      throw reader.refuse("train.schedule.warm-up", "below train.epochs (" + epochs.count() + ")");
    }
    if (!Float.isFinite((float) schedule.learningRate(batchSize))) {
      throw reader.refuse(
          "train.schedule.learning-rate",
          "small enough that a float of 32 bits holds it times batch-size / reference-batch");
    }
    return new TrainConfig(
        length,
        batchSize,
        virtualNodes,
        reader.integer("train.accumulate", 1),
        reader.longInteger("train.seed"),
        reader.isNull("train.init")
            ? Optional.empty()
            : Optional.of(reader.path("train.init", "the path or URI of a safetensors file")),
        reader.texts("train.freeze", "a list of names of layers, or []"),
        OptimizerConfig.read(reader),
        schedule,
        LossConfig.read(reader));
  }

  private static Span length(ConfigReader reader) {
    return reader.isNull("train.steps")
        ? new Span.Epochs(reader.integer("train.epochs", 1))
        : new Span.Steps(reader.integer("train.steps", 1));
  }
}
