package dev.convoy.spark.train;

import dev.convoy.optim.Schedule;
import dev.convoy.spark.sync.Synchronization;

/** The training loop of one executor. All executors run it in step. */
final class Trainer {
  private final RunPlan plan;
  private final Synchronization synchronization;
  private final ScoreBoard scores;
  private final CheckpointWriter checkpoints;
  private final Reporter reporter;

  Trainer(
      RunPlan plan,
      Synchronization synchronization,
      ScoreBoard scores,
      CheckpointWriter checkpoints,
      Reporter reporter) {
    this.plan = plan;
    this.synchronization = synchronization;
    this.scores = scores;
    this.checkpoints = checkpoints;
    this.reporter = reporter;
  }

  /**
   * Trains from {@code firstStep} to the end of the run.
   *
   * @return whether the loss stayed finite
   */
  boolean train(long firstStep) throws Exception {
    Schedule schedule = plan.schedule();
    Cadence reports = Cadence.everySteps(plan.config().output().metricsEvery());
    Cadence validations = plan.validation();
    Cadence checkpointing = plan.checkpoints();
    long validated = firstStep;
    long saved = firstStep;

    for (long step = firstStep; step < plan.steps(); step++) {
      float learningRate = schedule.rate(step);
      // Next batch, forward, loss, backward, reduce-scatter, update, all-gather.
      synchronization.step(step, learningRate);

      long done = step + 1;
      boolean last = done == plan.steps();
      boolean inStep = synchronization.inStep();
      boolean validate =
          inStep && (validations.due(validated, done) || (last && !validations.never()));
      boolean save = inStep && checkpointing.due(saved, done);

      if (validate || save || last || reports.due(step, done)) {
        Score score = scores.sinceLastAsked();
        if (!score.finite()) {
          return false;
        }
        reporter.training(done, learningRate, score);
      }
      if (validate) {
        scores.validate(done, synchronization.weights(), reporter);
        validated = done;
      }
      if (save) {
        checkpoints.save(done, synchronization);
        reporter.event("checkpoint at step " + done);
        saved = done;
      }
    }
    return true;
  }
}
