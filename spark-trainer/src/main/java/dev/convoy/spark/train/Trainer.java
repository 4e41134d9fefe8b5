package dev.convoy.spark.train;

import dev.convoy.nn.StateDict;
import dev.convoy.optim.Plateau;
import dev.convoy.optim.Schedule;
import dev.convoy.train.Score;
import dev.convoy.train.Synchronization;
import java.util.Optional;

/** The training loop of one executor. All executors run it in step. */
final class Trainer {
  private final RunPlan plan;
  private final Plateau plateau;
  private final Synchronization synchronization;
  private final MetricsAggregator scores;
  private final CheckpointWriter checkpoints;
  private final Reporter reporter;

  Trainer(
      RunPlan plan,
      Plateau plateau,
      Synchronization synchronization,
      MetricsAggregator scores,
      CheckpointWriter checkpoints,
      Reporter reporter) {
    this.plan = plan;
    this.plateau = plateau;
    this.synchronization = synchronization;
    this.scores = scores;
    this.checkpoints = checkpoints;
    this.reporter = reporter;
  }

  /**
   * Trains from {@code firstStep} to the end of the run.
   *
   * @return where it diverged, if it did; every rank says the same
   */
  Optional<Divergence> train(long firstStep) throws Exception {
    Schedule schedule = plan.schedule();
    Interval reports = Interval.everySteps(plan.config().output().metricsEvery());
    Interval validations = plan.validation();
    Interval checkpointing = plan.checkpoints();
    long validated = firstStep;
    long saved = firstStep;

    for (long step = firstStep; step < plan.steps(); step++) {
      float learningRate = schedule.rate(step) * plateau.scale();
      // Next batch, forward, loss, backward, reduce-scatter, update, all-gather.
      synchronization.step(step, learningRate);

      long done = step + 1;
      boolean last = done == plan.steps();
      boolean inStep = synchronization.inStep();
      boolean validate =
          inStep && (validations.due(validated, done) || (last && !validations.never()));
      boolean save = inStep && checkpointing.due(saved, done);

      if (validate || save || last || reports.due(step, done)) {
        Score training = scores.sinceLastAsked();
        if (!training.finite()) {
          return Optional.of(Divergence.ofLoss(done));
        }
        reporter.training(done, learningRate, training);
      }
      if (validate || save || last) {
        // The loss is that before the update, which may have been the one that went too far.
        Optional<String> tensor =
            StateDict.firstNotFinite(plan.network(), synchronization.weights());
        if (tensor.isPresent()) {
          return Optional.of(Divergence.ofWeights(tensor.get(), done));
        }
      }
      if (validate) {
        Score validation = scores.validate(done, synchronization.weights(), reporter);
        if (!validation.finite()) {
          return Optional.of(Divergence.ofValidation(done));
        }
        plateau.observe(1 - validation.top1());
        validated = done;
      }
      if (save) {
        if (!checkpoints.save(done, synchronization, plateau.state())) {
          return Optional.of(Divergence.ofOptimizer(done));
        }
        reporter.event("checkpoint at step " + done);
        saved = done;
      }
    }
    return Optional.empty();
  }
}
