package dev.convoy.spark.train;

import dev.convoy.nn.StateDict;
import dev.convoy.optim.Plateau;
import dev.convoy.optim.Schedule;
import dev.convoy.spark.recovery.LoopState;
import dev.convoy.train.Score;
import dev.convoy.train.Trainer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * The training loop of one rank, with what happens between steps: reports, validations and
 * checkpoints. All ranks run it in step.
 */
final class TrainingLoop {
  /** As many as there are versions of a slice, and the one before. */
  private static final int MOST_STATES = 4;

  private final RunPlan plan;
  private final Plateau plateau;
  private final Trainer trainer;
  private final MetricsAggregator metrics;
  private final CheckpointWriter checkpoints;
  private final Reporter reporter;
  private final Interval reports;
  private final Interval validations;
  private final Interval saves;
  private long validated;
  private long saved;
  private long reported;

  /** The newest states, the last one last. */
  private final Deque<LoopState> states = new ArrayDeque<>();

  TrainingLoop(
      RunPlan plan,
      Plateau plateau,
      Trainer trainer,
      MetricsAggregator metrics,
      CheckpointWriter checkpoints,
      Reporter reporter) {
    this.plan = plan;
    this.plateau = plateau;
    this.trainer = trainer;
    this.metrics = metrics;
    this.checkpoints = checkpoints;
    this.reporter = reporter;
    reports = Interval.everySteps(plan.config().output().metricsEvery());
    validations = plan.validation();
    saves = plan.checkpoints();
  }

  /**
   * Trains from where it starts to the end of the run.
   *
   * @return where it diverged, if it did; every rank says the same
   */
  Optional<Divergence> run(Start start) throws Exception {
    Schedule schedule = plan.schedule();
    remember(start.loop());
    reported = start.step();
    reporter.begin(start.step());
    try {
      if (start.isBetweenSteps()) {
        // The steps before it were reported, if they were, by those who took them.
        betweenSteps(due(start.step()));
      }
      for (long step = start.step(); step < plan.steps(); step++) {
        float learningRate = schedule.rate(step) * plateau.scale();
        trainer.step(learningRate); // batch, forward, loss, backward, all-reduce, update
        Due due = due(step + 1);
        report(due, learningRate);
        reported = due.steps();
        betweenSteps(due);
      }
      return Optional.empty();
    } catch (DivergedException e) {
      return Optional.of(e.divergence);
    }
  }

  private void betweenSteps(Due due) throws Exception {
    gatherWeights(due);
    checkWeights(due);
    validate(due);
    save(due);
    checkpoints.check();
    if (due.weights()) {
      remember(new LoopState(due.steps(), validated, saved, plateau.state()));
    }
  }

  private void remember(LoopState state) {
    validated = state.validated();
    saved = state.saved();
    states.addLast(state);
    if (states.size() > MOST_STATES) {
      states.removeFirst();
    }
  }

  /** Returns the newest step whose metrics, if any were due, have been reported. */
  long reported() {
    return reported;
  }

  /** Returns the newest states, enough for every step of which there are versions. */
  List<LoopState> states() {
    return List.copyOf(states);
  }

  /** What is due after {@code steps} steps. */
  private record Due(long steps, boolean report, boolean validate, boolean save, boolean last) {
    /** Returns whether somebody relies on the weights. */
    boolean weights() {
      return validate || save || last;
    }
  }

  private Due due(long steps) {
    boolean last = steps == plan.steps();
    boolean inStep = trainer.synchronization().inStep();
    boolean validate =
        inStep && (validations.due(validated, steps) || (last && !validations.never()));
    boolean save = inStep && saves.due(saved, steps);
    // What follows a report relies on a step that is complete, as a report does.
    boolean report = validate || save || last || reports.due(steps - 1, steps);
    return new Due(steps, report, validate, save, last);
  }

  private void report(Due due, float learningRate) throws DivergedException, InterruptedException {
    if (due.report()) {
      trainer.await();
      Score training = metrics.sinceLastAsked();
      if (!training.finite()) {
        throw new DivergedException(Divergence.ofLoss(due.steps()));
      }
      reporter.training(due.steps(), learningRate, training, trainer.timer());
    }
  }

  private void gatherWeights(Due due) throws InterruptedException {
    if (due.weights()) {
      trainer.gatherWeights();
    }
  }

  /**
   * Checks that the weights are finite, for the loss, which is from before the update, does not
   * show an update that went too far.
   */
  private void checkWeights(Due due) throws DivergedException {
    if (due.weights()) {
      Optional<String> tensor =
          StateDict.firstNotFinite(plan.network(), trainer.synchronization().weights());
      if (tensor.isPresent()) {
        throw new DivergedException(Divergence.ofWeights(tensor.get(), due.steps()));
      }
    }
  }

  private void validate(Due due) throws Exception {
    if (due.validate()) {
      float[] weights = trainer.synchronization().weights();
      Score validation = metrics.validate(due.steps(), weights, reporter);
      if (!validation.finite()) {
        throw new DivergedException(Divergence.ofValidation(due.steps()));
      }
      plateau.observe(1 - validation.top1());
      validated = due.steps();
    }
  }

  private void save(Due due) throws Exception {
    if (due.save()) {
      switch (checkpoints.save(
          due.steps(), trainer.synchronization(), plateau.state(), due.last())) {
        case BEGUN -> {}
        case SKIPPED -> reporter.skippedCheckpoint(due.steps());
        case NOT_FINITE -> throw new DivergedException(Divergence.ofOptimizer(due.steps()));
      }
      saved = due.steps();
    }
  }

  /** Ends the loop of a training that has diverged. */
  private static final class DivergedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Divergence divergence;

    DivergedException(Divergence divergence) {
      super(divergence.sentence());
      this.divergence = divergence;
    }
  }
}
