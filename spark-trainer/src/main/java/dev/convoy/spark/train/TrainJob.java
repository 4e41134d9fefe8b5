package dev.convoy.spark.train;

import dev.convoy.spark.checkpoint.Checkpoint;
import dev.convoy.spark.checkpoint.CheckpointStore;
import dev.convoy.spark.cluster.ClusterException;
import dev.convoy.spark.cluster.Executors;
import dev.convoy.spark.cluster.FailureText;
import dev.convoy.spark.cluster.Interruption;
import dev.convoy.spark.cluster.SparkApplication;
import dev.convoy.spark.cluster.StageFailure;
import dev.convoy.spark.cluster.TaskFailure;
import dev.convoy.spark.config.ConvoyConfig;
import dev.convoy.spark.config.UserError;
import dev.convoy.spark.telemetry.DataIdentity;
import dev.convoy.spark.telemetry.Outcome;
import dev.convoy.spark.telemetry.RunRecord;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Collections;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code convoy train} in the driver: checks everything, claims the output folder, and starts
 * attempts until one comes to an end. Weights never pass through it.
 */
public final class TrainJob implements Training {
  private static final Logger LOG = LoggerFactory.getLogger(TrainJob.class);

  private final PrintStream out;

  /** Tells a person on {@code out}. */
  public TrainJob(PrintStream out) {
    this.out = out;
  }

  @Override
  public ExitStatus train(Request request) throws Exception {
    Configuration hadoop = SparkApplication.hadoopConfiguration();
    ConvoyConfig given = qualified(request.config(), hadoop);
    ConvoyConfig config;
    RunPlan plan;
    String run;
    DataIdentity identity;
    try (RunData opened = RunData.open(given.data(), hadoop)) {
      config = opened.normalized(given);
      RunData data = opened.under(config.data());
      plan = RunPlan.of(config, data);
      data.trainingPipeline(plan.network());
      RunData.validationPipeline(config.data(), data.validation(), plan.network());
      identity = data.identity();
      run = RunIdentity.of(config, identity);
      PlanPrinter printer = new PlanPrinter(out);
      FirstWeights.Check first = FirstWeights.check(plan, hadoop);
      printer.print(plan, data, first.anew());
      Notices.print(out, plan.notices(data));
      Notices.print(out, first.notices());
      if (request.dryRun()) {
        RunFolder.check(request.output(), request.start(), hadoop);
        printer.printMemory(plan);
        return ExitStatus.DONE;
      }
    }
    try (RunFolder folder =
        RunFolder.claim(request.output(), request.start(), hadoop, out::println)) {
      return train(plan, run, identity, folder, hadoop);
    }
  }

  private ExitStatus train(
      RunPlan plan, String run, DataIdentity data, RunFolder folder, Configuration hadoop)
      throws Exception {
    CheckpointStore store = CheckpointStore.of(folder.path().toString(), hadoop);
    Optional<RunRecord.Earlier> earlier = folder.earlier();
    if (earlier.isPresent()) {
      requireSameRun(folder, store, plan.config().name(), earlier.get(), run);
    }
    Optional<String> finished = earlier.flatMap(RunRecord.Earlier::finishedWeights);
    if (finished.isPresent()) {
      out.println("this run is finished already");
      PlanPrinter.printEnd(out, folder, finished.get());
      return ExitStatus.DONE;
    }
    return train(plan, run, data, folder, store);
  }

  private ExitStatus train(
      RunPlan plan, String run, DataIdentity data, RunFolder folder, CheckpointStore store)
      throws Exception {
    RunJournal journal = RunJournal.begin(plan, data, folder, out);
    try {
      return Interruption.guard(
          () -> interrupted(journal, folder, store),
          () -> train(plan, run, folder, store, journal));
    } catch (Exception | Error e) {
      failed(e, journal, folder, store);
      throw e;
    } finally {
      journal.close();
    }
  }

  private ExitStatus train(
      RunPlan plan, String run, RunFolder folder, CheckpointStore store, RunJournal journal)
      throws Exception {
    try (SparkApplication spark =
        SparkApplication.start(
            "convoy train " + plan.config().name(), plan.config().cluster(), out::println)) {
      folder.lease().whenLost(() -> spark.context().sc().cancelAllJobs());
      AttemptResult result;
      try {
        result = attempts(spark, plan, run, folder, store, journal);
      } catch (ClusterException e) {
        throw withWayOn(e, store);
      }
      if (result instanceof AttemptResult.Done done) {
        journal.done(done.digest());
        PlanPrinter.printEnd(out, folder, done.digest());
        return ExitStatus.DONE;
      }
      if (result instanceof AttemptResult.Diverged diverged) {
        Divergence divergence = diverged.divergence();
        journal.end(Outcome.DIVERGED, divergence.end());
        out.println(
            "diverged: "
                + divergence.sentence()
                + "; a smaller train.schedule.learning-rate or a warm-up may help");
        return ExitStatus.DIVERGED;
      }
      throw new UserError(((AttemptResult.Refused) result).sentence());
    }
  }

  /**
   * Records how the run failed. Unfinished files are deleted first, so that even a full disk has
   * room for it.
   */
  private static void failed(
      Throwable failure, RunJournal journal, RunFolder folder, CheckpointStore store) {
    try {
      folder.lease().requireHeld();
      store.deleteUnfinished();
      journal.end(Outcome.FAILED, new RunRecord.End(FailureText.of(failure)));
    } catch (IOException | RuntimeException e) {
      LOG.error("how the run ended could not be recorded", e);
    }
  }

  /** Records that the run was ended from outside. */
  private void interrupted(RunJournal journal, RunFolder folder, CheckpointStore store) {
    try {
      if (journal.end(Outcome.INTERRUPTED, new RunRecord.End("interrupted"))) {
        OptionalLong step = store.newestStep();
        out.println(
            step.isPresent()
                ? "interrupted; --resume goes on from the checkpoint at step " + step.getAsLong()
                : "interrupted before the first checkpoint; --resume begins again");
      }
    } catch (IOException | RuntimeException e) {
      LOG.error("how the run ended could not be recorded", e);
      out.println("interrupted; --resume goes on from the newest checkpoint");
    }
    out.flush();
    folder.close();
  }

  private AttemptResult attempts(
      SparkApplication spark,
      RunPlan plan,
      String run,
      RunFolder folder,
      CheckpointStore store,
      RunJournal journal)
      throws Exception {
    ConvoyConfig config = plan.config();
    Executors executors = new Executors(spark, config.cluster());
    JobSecret secret = JobSecret.make(spark, config.cluster());
    AttemptLimit limit = new AttemptLimit(config.cluster().attempts());
    for (int attempt = 1; ; attempt++) {
      store.deleteUnfinished();
      Optional<Checkpoint> newest = store.newest(out::println);
      long firstStep = newest.isPresent() ? newest.get().state().step() : 0;
      int ranks = executors.await(out::println);
      journal.attempt(attempt);
      TrainSpec spec =
          new TrainSpec(
              JobSpec.of(config),
              folder.path().toString(),
              folder.lease().token(),
              run,
              newest.map(checkpoint -> checkpoint.folder().getName()).orElse(null),
              firstStep,
              attempt,
              secret);
      try {
        return AttemptResult.of(spark.barrier(Collections.nCopies(ranks, spec)));
      } catch (SparkException e) {
        LOG.error("attempt {} failed", attempt, e);
        Interruption.awaitEnd();
        folder.lease().requireHeld();
        refuseWhatLasts(e, journal);
        String cause = StageFailure.of(e);
        limit.failed(Math.max(journal.begunAt(), store.newestStep().orElse(0)));
        if (limit.reached()) {
          throw new ClusterException(
              String.format(
                  Locale.ROOT,
                  "attempt %d failed: %s; that makes %d in a row that kept no new step"
                      + " (cluster.attempts)",
                  attempt,
                  cause,
                  limit.inARow()),
              e);
        }
        journal.failed(attempt, cause);
        spark.leaveOutSilent(out::println);
      }
    }
  }

  /**
   * Refuses to try again, which takes a minute of many machines, where the same failure would come
   * again.
   */
  private static void refuseWhatLasts(SparkException failed, RunJournal journal) {
    Optional<TaskFailure> lasting =
        journal
            .lastingFailure()
            .map(said -> new TaskFailure(said.refused(), said.sentence()))
            .or(() -> TaskFailure.of(failed));
    if (lasting.isPresent()) {
      String sentence = lasting.get().sentence();
      if (lasting.get().refused()) {
        throw new UserError(sentence, failed);
      }
      throw new ClusterException(sentence, failed);
    }
  }

  /**
   * Returns the end of a run with a word on how to go on, where there is something to go on from.
   */
  private static ClusterException withWayOn(ClusterException end, CheckpointStore store) {
    try {
      OptionalLong step = store.newestStep();
      return step.isPresent()
          ? new ClusterException(
              end.getMessage()
                  + "; --resume goes on from the checkpoint at step "
                  + step.getAsLong(),
              end)
          : end;
    } catch (IOException e) {
      end.addSuppressed(e);
      return end;
    }
  }

  /** Refuses to go on under another configuration or with other data than the run began with. */
  private static void requireSameRun(
      RunFolder folder, CheckpointStore store, String name, RunRecord.Earlier earlier, String run)
      throws IOException {
    ConvoyConfig config = ConvoyConfig.ofRendered(name, earlier.configuration());
    String began = RunIdentity.of(config, earlier.data());
    Optional<String> difference = RunIdentity.difference(began, run);
    if (difference.isPresent()) {
      throw new UserError(
          String.format(
              Locale.ROOT,
              "--resume: the run in %s is another one: %s; go on as it began, or begin a new run"
                  + " with another --output%s",
              folder.path(),
              difference.get(),
              weights(folder, store, earlier)
                  .map(
                      path ->
                          ", which takes over its weights, but not its momentum, by --set train.init="
                              + path)
                  .orElse("")));
    }
  }

  /** Returns where a run's newest weights are, if it has any. */
  private static Optional<Path> weights(
      RunFolder folder, CheckpointStore store, RunRecord.Earlier earlier) throws IOException {
    if (earlier.finishedWeights().isPresent()) {
      return Optional.of(folder.path());
    }
    OptionalLong step = store.newestStep();
    return step.isPresent() ? Optional.of(store.pathOf(step.getAsLong())) : Optional.empty();
  }

  /** Makes relative paths absolute, for executors have another working folder. */
  static ConvoyConfig qualified(ConvoyConfig config, Configuration hadoop) throws IOException {
    ConvoyConfig qualified =
        config.withData(
            SparkApplication.qualify(config.data().train(), hadoop),
            SparkApplication.qualify(config.data().validation(), hadoop));
    return config.train().init().isPresent()
        ? qualified.withInit(SparkApplication.qualify(config.train().init().get(), hadoop))
        : qualified;
  }
}
