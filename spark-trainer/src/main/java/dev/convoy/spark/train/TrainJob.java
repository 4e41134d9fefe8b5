package dev.convoy.spark.train;

import dev.convoy.spark.checkpoint.Checkpoint;
import dev.convoy.spark.checkpoint.CheckpointStore;
import dev.convoy.spark.cluster.ClusterException;
import dev.convoy.spark.cluster.Executors;
import dev.convoy.spark.cluster.SparkApplication;
import dev.convoy.spark.cluster.StageFailure;
import dev.convoy.spark.config.ConvoyConfig;
import dev.convoy.spark.config.UserError;
import dev.convoy.spark.telemetry.Outcome;
import dev.convoy.spark.telemetry.RunRecord;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Locale;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
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
    String fingerprint;
    try (RunData opened = RunData.open(given.data(), hadoop)) {
      config = opened.normalized(given);
      RunData data = opened.under(config.data());
      plan = RunPlan.of(config, data);
      data.trainingPipeline(plan.network());
      RunData.validationPipeline(config.data(), data.validation(), plan.network());
      fingerprint = data.training().fingerprint();
      run = RunIdentity.of(config, fingerprint, plan.classNames());
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
    RunFolder folder = RunFolder.claim(request.output(), request.start(), hadoop);
    CheckpointStore store = CheckpointStore.of(folder.path().toString(), hadoop);
    Optional<RunRecord.Earlier> earlier = folder.earlier();
    if (earlier.isPresent()) {
      requireSameRun(folder, config.name(), earlier.get(), run);
    }
    Optional<String> finished = earlier.flatMap(RunRecord.Earlier::finishedWeights);
    if (finished.isPresent()) {
      out.println("this run is finished already");
      PlanPrinter.printEnd(out, folder, finished.get());
      return ExitStatus.DONE;
    }
    return train(plan, run, fingerprint, folder, store);
  }

  private ExitStatus train(
      RunPlan plan, String run, String fingerprint, RunFolder folder, CheckpointStore store)
      throws Exception {
    RunJournal journal = RunJournal.begin(plan, fingerprint, folder, out);
    try (SparkApplication spark =
        SparkApplication.start("convoy train " + plan.config().name(), plan.config().cluster())) {
      AttemptResult result = attempts(spark, plan, run, folder, store, journal);
      switch (result.ending()) {
        case DONE -> {
          journal.end(Outcome.DONE, result.detail());
          PlanPrinter.printEnd(out, folder, result.detail());
          return ExitStatus.DONE;
        }
        case DIVERGED -> {
          journal.end(Outcome.DIVERGED, null);
          out.println(
              "diverged: the loss is no longer finite; a smaller train.schedule.learning-rate or a"
                  + " warm-up may help");
          return ExitStatus.DIVERGED;
        }
        case REFUSED -> throw new UserError(result.detail());
        default -> throw new IllegalStateException("no such ending: " + result);
      }
    } catch (Exception e) {
      journal.end(Outcome.FAILED, null);
      throw e;
    } finally {
      journal.close();
    }
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
    Executors executors = new Executors(spark.context(), config.cluster());
    JobSecret secret = JobSecret.make(spark, config.cluster());
    for (int attempt = 1; ; attempt++) {
      store.deleteUnfinished();
      Optional<Checkpoint> newest = store.newest(out::println);
      long firstStep = newest.isPresent() ? newest.get().state().step() : 0;
      int ranks = executors.await(out::println);
      journal.attempt(attempt, firstStep, ranks);
      TaskSpec spec =
          new TaskSpec(
              config.name(),
              config.render(),
              SparkApplication.hadoopSettings(),
              folder.path().toString(),
              run,
              newest.map(checkpoint -> checkpoint.folder().getName()).orElse(null),
              secret.jobId(),
              attempt,
              secret.bytes(),
              secret.encrypt());
      try {
        return AttemptResult.of(spark.barrier(ranks, new TrainTaskFunction(spec)));
      } catch (SparkException e) {
        LOG.error("attempt {} failed", attempt, e);
        String cause = StageFailure.of(e);
        if (attempt == config.cluster().attempts()) {
          throw new ClusterException(
              String.format(
                  Locale.ROOT,
                  "attempt %d of %d (cluster.attempts) failed, too: %s",
                  attempt,
                  config.cluster().attempts(),
                  cause),
              e);
        }
        journal.interrupted(attempt, cause);
      }
    }
  }

  /** Refuses to go on under another configuration or with other data than the run began with. */
  private static void requireSameRun(
      RunFolder folder, String name, RunRecord.Earlier earlier, String run) throws IOException {
    ConvoyConfig config = ConvoyConfig.ofRendered(name, earlier.configuration());
    String began = RunIdentity.of(config, earlier.dataFingerprint(), earlier.classNames());
    Optional<String> difference = RunIdentity.difference(began, run);
    if (difference.isPresent()) {
      throw new UserError(
          "--resume: the run in %s is another one: %s".formatted(folder.path(), difference.get()));
    }
  }

  /** Executors have another working folder, so relative paths are made absolute here. */
  private static ConvoyConfig qualified(ConvoyConfig config, Configuration hadoop)
      throws IOException {
    ConvoyConfig qualified =
        config.withData(
            SparkApplication.qualify(config.data().train(), hadoop),
            SparkApplication.qualify(config.data().validation(), hadoop));
    return config.train().init().isPresent()
        ? qualified.withInit(SparkApplication.qualify(config.train().init().get(), hadoop))
        : qualified;
  }
}
