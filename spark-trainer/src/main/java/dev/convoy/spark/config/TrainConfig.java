package dev.convoy.spark.config;

import static dev.convoy.spark.config.DefinesResult.NO;
import static dev.convoy.spark.config.DefinesResult.YES;

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

  /** Returns the number of images that a virtual node takes in a step. */
  public int microbatchSize() {
    return batchSize / virtualNodes;
  }

  static final Section SECTION = new Section("train");

  static final Key<Optional<Integer>> EPOCHS =
      SECTION.key(
          "epochs",
          Types.wholeNumber(1).orNull(),
          "10",
          YES,
          "How long to train, in passes over the training data. Used where steps is not set.");

  static final Key<Optional<Integer>> STEPS =
      SECTION.key(
          "steps",
          Types.wholeNumber(1).orNull(),
          "null",
          YES,
          "How long to train, in steps (weight updates). Set either this or epochs.");

  private static final Key<Integer> BATCH_SIZE =
      SECTION.key(
          "batch-size",
          Types.wholeNumber(1),
          "128",
          YES,
          "Images in a step, over all executors; divisible by virtual-nodes.");

  private static final Key<Integer> VIRTUAL_NODES =
      SECTION.key(
          "virtual-nodes",
          Types.wholeNumber(1),
          "8",
          YES,
          "Equal parts that a step's batch is cut into; a power of two, at most batch-size. Part of"
              + " the arithmetic: the result depends on it, and never on how many executors (at most"
              + " as many) share the parts out.");

  private static final Key<Integer> ACCUMULATE =
      SECTION.key(
          "accumulate",
          Types.wholeNumber(1),
          "1",
          NO,
          "In how many rounds an executor computes its virtual nodes, where they do not fit in its"
              + " memory at once. Never changes the result: more and smaller parts of the batch are"
              + " more virtual-nodes.");

  private static final Key<Long> SEED =
      SECTION.key(
          "seed",
          Types.longNumber(),
          "1",
          YES,
          "Seed of the initial weights, of the order of the data and of augmentation.");

  static final Key<Optional<String>> INIT =
      SECTION.key(
          "init",
          Types.path("the path or URI of a safetensors file").orNull(),
          "null",
          YES,
          "Weights to begin with, such as torchvision's or another run's: a safetensors file or a"
              + " run's folder; null begins with random ones. If the file's number of classes is"
              + " another, the last layer begins anew.");

  private static final Key<List<String>> FREEZE =
      SECTION.key(
          "freeze",
          Types.texts("a list of names of layers, or []", layers -> true),
          "[]",
          YES,
          "Layers whose weights stay as they are, by name or by the part of it before a dot, such as"
              + " [\"conv1\", \"bn1\", \"layer1\"]. Running statistics of batch normalization go"
              + " on.");

  static TrainConfig read(Values values) {
    Span length = length(values);
    int batchSize = values.get(BATCH_SIZE);
    int virtualNodes = values.get(VIRTUAL_NODES);
    if (Integer.bitCount(virtualNodes) != 1) {
      throw values.refuse(VIRTUAL_NODES, "a power of two: 1, 2, 4, 8, 16, …");
    }
    if (virtualNodes > batchSize) {
      throw values.refuse(VIRTUAL_NODES, "at most train.batch-size (" + batchSize + ")");
    }
    if (batchSize % virtualNodes != 0) {
      throw values.refuse(BATCH_SIZE, "a multiple of train.virtual-nodes (" + virtualNodes + ")");
    }
    ScheduleConfig schedule = ScheduleConfig.read(values);
    if (length instanceof Span.Epochs epochs && schedule.warmUp() >= epochs.count()) {
      throw values.refuse(
          ScheduleConfig.WARM_UP, "a number below train.epochs (" + epochs.count() + ")");
    }
    if (!Float.isFinite((float) schedule.learningRate(batchSize))) {
      throw values.refuse(
          ScheduleConfig.LEARNING_RATE,
          "a number so small that a float of 32 bits holds it times batch-size / reference-batch");
    }
    return new TrainConfig(
        length,
        batchSize,
        virtualNodes,
        values.get(ACCUMULATE),
        values.get(SEED),
        values.get(INIT),
        values.get(FREEZE),
        OptimizerConfig.read(values),
        schedule,
        LossConfig.read(values));
  }

  private static Span length(Values values) {
    Optional<Integer> steps = values.get(STEPS);
    if (steps.isPresent()) {
      return new Span.Steps(steps.get());
    }
    return new Span.Epochs(
        values.get(EPOCHS).orElseThrow(() -> values.refuse(EPOCHS, EPOCHS.type().allowed())));
  }
}
