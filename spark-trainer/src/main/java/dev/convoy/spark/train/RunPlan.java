package dev.convoy.spark.train;

import dev.convoy.collective.Buckets;
import dev.convoy.collective.Buddies;
import dev.convoy.collective.CollectivePlan;
import dev.convoy.collective.Rounding;
import dev.convoy.collective.StochasticRounding;
import dev.convoy.collective.VirtualNodes;
import dev.convoy.collective.transport.WireFormat;
import dev.convoy.data.BatchPlan;
import dev.convoy.data.DataException;
import dev.convoy.data.loader.EvaluationOrder;
import dev.convoy.kernel.KernelChoice;
import dev.convoy.loss.Loss;
import dev.convoy.loss.Losses;
import dev.convoy.nn.MemoryTable;
import dev.convoy.nn.Network;
import dev.convoy.optim.Optimizer;
import dev.convoy.optim.Optimizers;
import dev.convoy.optim.ParameterRange;
import dev.convoy.optim.Plateau;
import dev.convoy.optim.Schedule;
import dev.convoy.optim.Schedules;
import dev.convoy.spark.config.ConvoyConfig;
import dev.convoy.spark.config.KernelConfig;
import dev.convoy.spark.config.LossConfig;
import dev.convoy.spark.config.NetworkConfig;
import dev.convoy.spark.config.OptimizerConfig;
import dev.convoy.spark.config.ScheduleConfig;
import dev.convoy.spark.config.TrainConfig;
import dev.convoy.spark.config.UserError;
import dev.convoy.tensor.Shape;
import dev.convoy.zoo.Zoo;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The plan of a run, derived from a configuration and its data. Driver and executors each derive it
 * for themselves, and get the same.
 *
 * @param config of the run
 * @param network to be trained
 * @param classNames of its data, in the order of the labels
 * @param batches how an epoch is cut
 * @param evaluation how the validation data is cut
 */
record RunPlan(
    ConvoyConfig config,
    Network network,
    List<String> classNames,
    BatchPlan batches,
    EvaluationOrder evaluation) {
  private static final long EVALUATION_BYTES = 256L << 20;
  private static final int AUTOMATIC_BUCKET = 4 << 20;

  /**
   * Plans a run.
   *
   * @throws UserError if network and data do not fit each other
   * @throws DataException if batch size and data do not
   */
  static RunPlan of(ConvoyConfig config, RunData data) {
    Network network = network(config);
    data.requireClasses(network.classes());
    TrainConfig train = config.train();
    try {
      network.requireTrainableOn(train.microbatchSize());
    } catch (IllegalArgumentException e) {
      throw new UserError(
          String.format(
              Locale.ROOT,
              "train.batch-size = %d in train.virtual-nodes = %d is invalid: %s; raise the one or lower the"
                  + " other",
              train.batchSize(),
              train.virtualNodes(),
              e.getMessage()),
          e);
    }
    bucketFloats(config, network);
    return new RunPlan(
        config,
        network,
        data.classNames(),
        new BatchPlan(
            data.training().size(),
            train.batchSize(),
            train.virtualNodes(),
            config.data().lastBatch()),
        evaluationOrder(config, data.validation().size(), network, 1));
  }

  /**
   * Returns how validation data is cut: into chunks of {@code evaluate.batch-size} images, or fewer
   * where a network's values would need more than 256 MiB. That depends on neither executors nor
   * cores, on which the sums must not depend.
   *
   * @param crops how many inputs are made of each image
   */
  static EvaluationOrder evaluationOrder(
      ConvoyConfig config, int size, Network network, int crops) {
    long fitting = EVALUATION_BYTES / MemoryTable.evaluationValues(network, 1);
    long inputs = Math.min(config.evaluate().batchSize(), fitting);
    int images = (int) Math.max(1, inputs / crops);
    return new EvaluationOrder(size, images, config.train().virtualNodes());
  }

  /** Returns the network that a configuration names. */
  static Network network(ConvoyConfig config) {
    config.requireNetwork(Zoo.names());
    NetworkConfig network = config.network();
    Shape input = network.input().orElse(Zoo.named(network.name()).input());
    try {
      Network built = Zoo.named(network.name()).input(input).classes(network.classes()).build();
      return network.zeroGamma() ? built.zeroInitResidual() : built;
    } catch (IllegalArgumentException e) {
      throw new UserError(e.getMessage(), e);
    }
  }

  /** Returns the buckets in which executors exchange gradients and weights. */
  Buckets buckets() {
    return buckets(config, network);
  }

  /** Returns the buckets in which a network is exchanged. */
  static Buckets buckets(ConvoyConfig config, Network network) {
    int length = network.vectorLength();
    int size = bucketFloats(config, network);
    // An optimizer that adds up squares in blocks needs buckets of whole blocks.
    return optimizer(config, network).sumsBefore(length) > 0
        ? Buckets.of(length, size)
        : Buckets.ofParts(network.backwardParts(), length, size);
  }

  /** Returns the floats of a bucket; refuses those that are longer than the vector. */
  private static int bucketFloats(ConvoyConfig config, Network network) {
    long vector = (long) network.vectorLength() * Float.BYTES;
    int bytes = config.sync().bucket().orElse(AUTOMATIC_BUCKET);
    if (config.sync().bucket().isPresent() && bytes > vector) {
      throw new UserError(
          String.format(
              Locale.ROOT,
              "sync.bucket = %d bytes is invalid: the gradient of %s has only %d bytes; allowed are"
                  + " auto and sizes from 4k to that",
              bytes,
              network.name(),
              vector));
    }
    return bytes / Float.BYTES;
  }

  /** Returns how so many executors exchange gradients and weights, each on a host of its own. */
  CollectivePlan collective(int executors) {
    return collective(IntStream.range(0, executors).mapToObj(Integer::toString).toList());
  }

  /** Returns how executors on these hosts exchange gradients and weights. */
  CollectivePlan collective(List<String> hosts) {
    return new CollectivePlan(
        config.virtualNodes(hosts.size()),
        buckets(),
        config.sync().wire(),
        Buddies.of(hosts, config.cluster().replicas()));
  }

  /** Returns how sums of gradients are rounded. */
  Rounding rounding() {
    VirtualNodes nodes = config.virtualNodes(1);
    return config.sync().wire() == WireFormat.FLOAT32
        ? Rounding.NONE
        : new StochasticRounding(config.train().seed(), nodes.count(), nodes.unit());
  }

  int stepsPerEpoch() {
    return batches.stepsPerEpoch();
  }

  /** Returns the number of synchronous steps before local ones, where weights are averaged. */
  long averagingFrom() {
    return config.sync().from().map(span -> span.inSteps(stepsPerEpoch())).orElse(0L);
  }

  /** Returns the steps of the whole run. */
  long steps() {
    return config.train().length().inSteps(stepsPerEpoch());
  }

  /** Returns how often the training data has been seen after {@code steps} steps. */
  double epochs(long steps) {
    return (double) steps / stepsPerEpoch();
  }

  /** Returns what a person should know of the plan, a sentence each. */
  List<String> notices(RunData data) {
    List<String> notices = new ArrayList<>(config.notices());
    notices.addAll(config.trainingNotices());
    int classes = data.training().classes();
    if (network.classes() > classes) {
      notices.add(
          String.format(
              Locale.ROOT,
              "network.classes is %d, but the data has %d classes",
              network.classes(),
              classes));
    }
    if (classes == 1) {
      notices.add("the data has one class only, so there is nothing to tell apart");
    }
    ScheduleConfig schedule = config.train().schedule();
    double epochs = epochs(steps());
    if (schedule.warmUp() >= epochs) {
      notices.add(
          "train.schedule.warm-up is %s epochs, but the run ends after %s: its learning rate only rises"
              .formatted(decimal(schedule.warmUp()), decimal(epochs)));
    }
    List<Float> late = schedule.milestones().stream().filter(at -> at >= epochs).toList();
    if (schedule.usesMilestones() && !late.isEmpty()) {
      notices.add(
          "train.schedule.milestones has %s, but the run ends after %s epochs"
              .formatted(
                  late.stream().map(RunPlan::decimal).collect(Collectors.joining(", ")),
                  decimal(epochs)));
    }
    return notices;
  }

  private static String decimal(double number) {
    return BigDecimal.valueOf(number)
        .round(new MathContext(4))
        .stripTrailingZeros()
        .toPlainString();
  }

  /** Returns how many training images an epoch leaves out, for they do not fill a batch. */
  int leftOut() {
    return Math.max(0, batches.size() - batches.stepsPerEpoch() * batches.batchSize());
  }

  /** Returns the learning rate of each step, before {@link #plateau} lowers it. */
  Schedule schedule() {
    Schedule main = config.train().schedule().factory().schedule().apply(scheduleSettings());
    long warmUp = warmUpSteps();
    return warmUp == 0 ? main : main.after(warmUp);
  }

  private long warmUpSteps() {
    return Math.round(config.train().schedule().warmUp() * stepsPerEpoch());
  }

  private Schedules.Settings scheduleSettings() {
    ScheduleConfig schedule = config.train().schedule();
    return new Schedules.Settings(
        learningRate(),
        Math.max(1, steps() - warmUpSteps()),
        milestones(schedule, warmUpSteps()),
        schedule.factor(),
        schedule.power(),
        schedule.patience());
  }

  /** Returns the highest learning rate. */
  double learningRate() {
    return config.train().schedule().learningRate(config.train().batchSize());
  }

  /** Returns the milestones in steps after the warm-up. */
  private List<Long> milestones(ScheduleConfig schedule, long warmUp) {
    return schedule.milestones().stream()
        .map(epoch -> Math.round((double) epoch * stepsPerEpoch()) - warmUp)
        .toList();
  }

  /**
   * Returns what lowers the learning rate by the validations; it never does where nobody asked for
   * it.
   */
  Plateau plateau() {
    return config.train().schedule().factory().plateau().apply(scheduleSettings());
  }

  Optimizer optimizer() {
    return optimizer(config, network);
  }

  private static Optimizer optimizer(ConvoyConfig config, Network network) {
    OptimizerConfig optimizer = config.train().optimizer();
    return Optimizers.of(optimizer.name(), optimizer.settings(), ranges(config, network));
  }

  /** Returns the places of the network's parameters, and which of them are trained. */
  private static List<ParameterRange> ranges(ConvoyConfig config, Network network) {
    try {
      return ParameterRange.of(network, config.train().freeze());
    } catch (IllegalArgumentException e) {
      throw new UserError("train.freeze: " + e.getMessage(), e);
    }
  }

  Loss loss() {
    return loss(config, network);
  }

  /** Returns the loss that a configuration names, or that belongs to the network. */
  static Loss loss(ConvoyConfig config, Network network) {
    LossConfig loss = config.train().loss();
    String name = loss.name().orElseGet(() -> Zoo.named(network.name()).loss());
    try {
      return Losses.of(name, loss.settings());
    } catch (IllegalArgumentException e) {
      throw new UserError(e.getMessage(), e);
    }
  }

  /**
   * Returns the kernels that a configuration asks for.
   *
   * @throws IllegalStateException if this JVM cannot run them
   */
  static KernelChoice kernels(ConvoyConfig config) {
    KernelConfig kernel = config.kernel();
    return KernelChoice.of(kernel.implementation(), kernel.winograd());
  }

  /** Returns after which steps to validate: always after the last one, unless never. */
  Interval validation() {
    return Interval.of(config.evaluate().every(), stepsPerEpoch());
  }

  /** Returns after which steps to keep a checkpoint. */
  Interval checkpoints() {
    return Interval.of(config.checkpoint().every(), stepsPerEpoch());
  }
}
