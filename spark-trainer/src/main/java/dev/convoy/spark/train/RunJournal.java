package dev.convoy.spark.train;

import dev.convoy.spark.config.ConvoyConfig;
import dev.convoy.spark.telemetry.AttemptBegun;
import dev.convoy.spark.telemetry.DataIdentity;
import dev.convoy.spark.telemetry.EventFile;
import dev.convoy.spark.telemetry.FirstFailure;
import dev.convoy.spark.telemetry.LastValidation;
import dev.convoy.spark.telemetry.LastingFailure;
import dev.convoy.spark.telemetry.MetricsFile;
import dev.convoy.spark.telemetry.Outcome;
import dev.convoy.spark.telemetry.ProgressPrinter;
import dev.convoy.spark.telemetry.RunListener;
import dev.convoy.spark.telemetry.RunListeners;
import dev.convoy.spark.telemetry.RunRecord;
import dev.convoy.spark.telemetry.SlowHostNotice;
import dev.convoy.spark.telemetry.Telemetry;
import dev.convoy.spark.telemetry.Versions;
import java.io.Closeable;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.hadoop.fs.Path;
import org.apache.spark.package$;

/** All that is written about a run while it runs: for people, for programs, for TensorBoard. */
final class RunJournal implements Closeable {
  /** The launcher knows; {@code System.console()} has meant different things since JDK 22. */
  private static final boolean TERMINAL = "1".equals(System.getenv("CONVOY_TERMINAL"));

  private final RunPlan plan;
  private final RunFolder folder;
  private final PrintStream out;
  private final RunRecord record;
  private final LastValidation lastValidation = new LastValidation();

  /** Over all attempts, for a host is named once. */
  private final SlowHostNotice slowHosts;

  private FirstFailure firstFailure = new FirstFailure();
  private boolean ended;
  private volatile long begunAt;
  private RunListeners listeners = new RunListeners(List.of(), warning -> {});

  private RunJournal(RunPlan plan, RunFolder folder, PrintStream out, RunRecord record) {
    this.plan = plan;
    this.folder = folder;
    this.out = out;
    this.record = record;
    slowHosts = new SlowHostNotice(out::println);
  }

  static RunJournal begin(RunPlan plan, DataIdentity data, RunFolder folder, PrintStream out)
      throws IOException {
    ConvoyConfig config = plan.config();
    RunRecord record =
        RunRecord.running(
            config.render(),
            Versions.here(package$.MODULE$.SPARK_VERSION()),
            data,
            config.train().seed(),
            config.cluster().executors(),
            Instant.now());
    RunJournal journal = new RunJournal(plan, folder, out, record);
    journal.write(record);
    return journal;
  }

  /** Listens to an attempt. */
  void attempt(int attempt) {
    listeners.close();
    firstFailure = new FirstFailure();
    listeners = new RunListeners(List.of(new Beginning(), slowHosts, firstFailure), out::println);
    Telemetry.listen(attempt, listeners);
  }

  /**
   * Opens the files once it is known with which step an attempt begins: what they tell of later
   * steps is forgotten, for those come again.
   */
  private final class Beginning implements RunListener {
    @Override
    public void onBegun(AttemptBegun begun) throws IOException {
      begunAt = begun.step();
      if (begun.step() > 0) {
        out.printf(
            Locale.ROOT,
            "going on after step %d%s with %d executors%n",
            begun.step(),
            begun.fromMemory() ? ", from memory," : "",
            begun.executors());
      }
      listeners.addAll(listenersFrom(begun));
    }
  }

  private List<RunListener> listenersFrom(AttemptBegun begun) throws IOException {
    ProgressPrinter.Options progress =
        new ProgressPrinter.Options(
            TERMINAL,
            plan.config().output().progressEvery(),
            plan.steps(),
            plan.epochs(plan.steps()));
    Path file = folder.file(RunFolder.METRICS);
    // From memory, a validation that follows the step comes again.
    MetricsFile metrics =
        MetricsFile.open(folder.fileSystem(), file, begun.step(), begun.fromMemory());
    lastValidation.recall(folder.fileSystem(), file);
    EventFile events =
        EventFile.create(
            folder.fileSystem(), folder.path(), hostName(), Clock.systemUTC(), begun.step());
    List<RunListener> all = new ArrayList<>();
    all.add(new ProgressPrinter(out, progress));
    all.add(lastValidation);
    all.add(metrics);
    all.add(events);
    return all;
  }

  /** Returns the steps done when the newest attempt began that got so far. */
  long begunAt() {
    return begunAt;
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "localhost";
    }
  }

  /** Records that an attempt has failed and another will follow. */
  void failed(int attempt, String cause) {
    listeners.close();
    out.printf(
        Locale.ROOT,
        "attempt %d ended early: %s; going on from the newest step that is left%n",
        attempt,
        cause);
  }

  /** Returns what a rank has said of this attempt that another attempt would meet again. */
  Optional<LastingFailure> lastingFailure() {
    return firstFailure.failure();
  }

  /** Records that the run is done. */
  void done(String digest) throws IOException {
    end(Outcome.DONE, digest, null);
  }

  /**
   * Records that the run is over without being done. Only the first call counts: what is
   * interrupted fails, too.
   *
   * @return whether this was the first to say
   */
  boolean end(Outcome outcome, RunRecord.End how) throws IOException {
    return end(outcome, null, how);
  }

  private synchronized boolean end(Outcome outcome, String digest, RunRecord.End how)
      throws IOException {
    listeners.close();
    if (ended) {
      return false;
    }
    ended = true;
    folder.lease().requireHeld();
    write(record.ended(Instant.now(), outcome, lastValidation.metrics(), digest, how));
    return true;
  }

  private void write(RunRecord now) throws IOException {
    now.write(folder.fileSystem(), folder.file(RunFolder.RUN_RECORD));
  }

  @Override
  public void close() {
    listeners.close();
  }
}
