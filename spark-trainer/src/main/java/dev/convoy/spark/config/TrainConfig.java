package dev.convoy.spark.config;

/**
 * Section {@code train}.
 *
 * @param length how long to train: the user's steps or epochs
 * @param batchSize images in a step over all executors, a multiple of {@code virtualNodes}
 * @param virtualNodes equal parts of the batch, a power of two
 * @param seed of weights, data order and augmentation
 */
public record TrainConfig(
    Span length,
    int batchSize,
    int virtualNodes,
    long seed,
    OptimizerConfig optimizer,
    ScheduleConfig schedule,
    LossConfig loss) {

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
    return new TrainConfig(
        length,
        batchSize,
        virtualNodes,
        reader.longInteger("train.seed"),
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
