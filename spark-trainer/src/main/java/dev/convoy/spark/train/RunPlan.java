package dev.convoy.spark.train;

import dev.convoy.data.BatchPlan;
import dev.convoy.data.DataException;
import dev.convoy.data.loader.EvaluationOrder;
import dev.convoy.kernel.KernelChoice;
import dev.convoy.loss.Loss;
import dev.convoy.loss.Losses;
import dev.convoy.nn.Network;
import dev.convoy.optim.Optimizer;
import dev.convoy.optim.Optimizers;
import dev.convoy.optim.Part;
import dev.convoy.optim.Schedule;
import dev.convoy.spark.config.ConvoyConfig;
import dev.convoy.spark.config.KernelConfig;
import dev.convoy.spark.config.LossConfig;
import dev.convoy.spark.config.OptimizerConfig;
import dev.convoy.spark.config.ScheduleConfig;
import dev.convoy.spark.config.TrainConfig;
import dev.convoy.spark.config.UserError;
import dev.convoy.zoo.Zoo;

/**
 * What a configuration and its data come to. Driver and executors make it each for themselves and
 * get the same.
 *
 * @param config of the run
 * @param network to be trained
 * @param batches how an epoch is cut
 * @param evaluation how the validation data is cut
 */
record RunPlan(
    ConvoyConfig config, Network network, BatchPlan batches, EvaluationOrder evaluation) {

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
    return new RunPlan(
        config,
        network,
        new BatchPlan(data.training().size(), train.batchSize(), train.virtualNodes()),
        new EvaluationOrder(
            data.validation().size(), config.evaluate().batchSize(), train.virtualNodes()));
  }

  /** The network that a configuration names. */
  static Network network(ConvoyConfig config) {
    config.requireNetwork(Zoo.names());
    try {
      return Zoo.network(config.network().name(), config.network().classes());
    } catch (IllegalArgumentException e) {
      throw new UserError(e.getMessage(), e);
    }
  }

  int stepsPerEpoch() {
    return batches.stepsPerEpoch();
  }

  /** Steps of the whole run. */
  long steps() {
    return config.train().length().inSteps(stepsPerEpoch());
  }

  /** How often the training data has been seen after {@code steps} steps. */
  double epochs(long steps) {
    return (double) steps / stepsPerEpoch();
  }

  Schedule schedule() {
    ScheduleConfig schedule = config.train().schedule();
    long warmUp = Math.round(schedule.warmUp() * stepsPerEpoch());
    Schedule main =
        switch (schedule.name()) {
          case CONSTANT -> Schedule.constant(schedule.learningRate());
          case COSINE -> Schedule.cosine(schedule.learningRate(), Math.max(1, steps() - warmUp));
        };
    return warmUp == 0 ? main : main.after(warmUp);
  }

  Optimizer optimizer() {
    OptimizerConfig optimizer = config.train().optimizer();
    return Optimizers.of(
        optimizer.name().label(),
        new Optimizers.Settings(optimizer.momentum(), optimizer.weightDecay(), optimizer.trust()),
        Part.of(network));
  }

  Loss loss() {
    return loss(config, network);
  }

  /** The loss that a configuration names, or that belongs to the network. */
  static Loss loss(ConvoyConfig config, Network network) {
    LossConfig loss = config.train().loss();
    String name =
        loss.name() == LossConfig.Name.AUTO ? Zoo.loss(network.name()) : loss.name().label();
    return Losses.of(name, loss.j());
  }

  /**
   * The kernels that a configuration asks for.
   *
   * @throws IllegalStateException if this JVM cannot run them
   */
  static KernelChoice kernels(ConvoyConfig config) {
    KernelConfig kernel = config.kernel();
    return KernelChoice.of(kernel.implementation().label(), kernel.winograd());
  }

  /** After which steps to validate; the last one always, unless never. */
  Cadence validation() {
    return Cadence.of(config.evaluate().every(), stepsPerEpoch());
  }

  /** After which steps to keep a checkpoint. */
  Cadence checkpoints() {
    return Cadence.of(config.checkpoint().every(), stepsPerEpoch());
  }
}
