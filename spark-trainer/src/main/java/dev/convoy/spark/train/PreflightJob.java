package dev.convoy.spark.train;

import dev.convoy.kernel.Kernels;
import dev.convoy.spark.cluster.ClusterException;
import dev.convoy.spark.cluster.Executors;
import dev.convoy.spark.cluster.FailureText;
import dev.convoy.spark.cluster.SparkApplication;
import dev.convoy.spark.cluster.StageFailure;
import dev.convoy.spark.config.ConvoyConfig;
import dev.convoy.spark.train.Finding.Verdict;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkException;

/**
 * {@code convoy doctor} in the driver: looks at everything that a long run relies on, on the driver
 * and on all executors at once, and prints one list. Leaves nothing behind.
 */
public final class PreflightJob implements Preflight {
  /** Clocks that are farther apart make logs hard to read, and leases expire. */
  private static final Duration CLOCKS_APART = Duration.ofSeconds(2);

  /** Weights, and the optimizer's state. */
  private static final int VECTORS_OF_A_CHECKPOINT = 2;

  private final PrintStream out;
  private final List<Finding> findings = new ArrayList<>();

  /** Tells a person on {@code out}. */
  public PreflightJob(PrintStream out) {
    this.out = out;
  }

  @Override
  public ExitStatus check(ConvoyConfig given, String output) throws Exception {
    Configuration hadoop = SparkApplication.hadoopConfiguration();
    ConvoyConfig config = TrainJob.qualified(given, hadoop);
    RunPlan plan;
    try (RunData data = RunData.open(config.data(), hadoop)) {
      plan = RunPlan.of(data.normalized(config), data);
      add(
          Finding.ok(
              "data",
              String.format(
                  Locale.ROOT,
                  "%,d training and %,d validation images",
                  data.training().size(),
                  data.validation().size())));
    }
    room(plan, output, hadoop);
    String folder = SparkApplication.qualify(output, hadoop);
    try (SparkApplication spark =
        SparkApplication.start("convoy doctor " + config.name(), config.cluster(), out::println)) {
      settings(spark.context().getConf());
      executors(spark, plan, folder);
    }
    long failed = findings.stream().filter(f -> f.verdict() == Verdict.FAILS).count();
    out.println(
        failed == 0
            ? "nothing stands against this run"
            : failed + (failed == 1 ? " finding stands" : " findings stand") + " against this run");
    return failed == 0 ? ExitStatus.DONE : ExitStatus.FAILED;
  }

  /** Adds a finding, and prints it at once. */
  private void add(Finding finding) {
    findings.add(finding);
    out.printf(
        Locale.ROOT,
        "%-6s %-12s %s%n",
        finding.verdict().name().toLowerCase(Locale.ROOT),
        finding.subject(),
        finding.sentence());
  }

  /** Looks for room for the checkpoints that are kept, and the one that is being written. */
  private void room(RunPlan plan, String output, Configuration hadoop) {
    long checkpoint = (long) VECTORS_OF_A_CHECKPOINT * plan.network().vectorLength() * Float.BYTES;
    boolean saves = plan.config().checkpoint().every().isPresent();
    long needed = checkpoint * (saves ? plan.config().checkpoint().keep() + 1 : 1);
    try {
      Optional<Long> free = ExecutorChecks.free(output, hadoop);
      String need = String.format(Locale.ROOT, "checkpoints need %,d MiB", needed >> 20);
      if (free.isEmpty()) {
        add(Finding.ok("room", need + "; the store does not say what is free"));
      } else {
        String sentence =
            String.format(
                Locale.ROOT, "%s, %,d MiB are free at %s", need, free.get() >> 20, output);
        add(free.get() < needed ? Finding.fails("room", sentence) : Finding.ok("room", sentence));
      }
    } catch (IOException | RuntimeException e) {
      add(Finding.fails("output", output + " cannot be reached: " + FailureText.of(e)));
    }
  }

  private void settings(SparkConf conf) {
    if (conf.getBoolean("spark.dynamicAllocation.enabled", false)) {
      add(
          Finding.fails(
              "spark",
              "spark.dynamicAllocation.enabled is true, which barrier stages refuse; set it to"
                  + " false"));
    }
    if (conf.getBoolean("spark.speculation", false)) {
      add(
          Finding.warns(
              "spark",
              "spark.speculation is true; it has no effect on a training, whose tasks run at"
                  + " once"));
    }
    add(
        Finding.ok(
            "spark",
            String.format(
                Locale.ROOT,
                "%s on %s, Java %s",
                org.apache.spark.package$.MODULE$.SPARK_VERSION(),
                conf.get("spark.master"),
                Runtime.version())));
  }

  private void executors(SparkApplication spark, RunPlan plan, String output)
      throws InterruptedException {
    ConvoyConfig config = plan.config();
    int ranks;
    try {
      ranks = new Executors(spark, config.cluster()).await(notice -> {});
    } catch (ClusterException e) {
      add(Finding.fails("executors", e.getMessage()));
      return;
    }
    int asked = config.cluster().executors();
    if (ranks < asked) {
      add(
          Finding.warns(
              "executors",
              String.format(
                  Locale.ROOT, "%d of %d came; a run would begin with these", ranks, asked)));
    }
    Kernels kernels = RunPlan.kernels(config).kernels();
    long heap = ExecutorMemoryPlan.largest(plan, kernels).heap();
    PreflightTask task = new PreflightTask(JobSpec.of(config), output, heap);
    long begin = System.currentTimeMillis();
    List<PreflightReport> reports;
    try {
      reports = spark.barrier(Collections.nCopies(ranks, task));
    } catch (SparkException e) {
      add(Finding.fails("executors", StageFailure.of(e)));
      return;
    }
    long end = System.currentTimeMillis();
    add(
        Finding.ok(
            "executors",
            String.format(
                Locale.ROOT,
                "%d of %d at once, on %s",
                ranks,
                asked,
                reports.stream()
                    .map(PreflightReport::host)
                    .distinct()
                    .collect(Collectors.joining(", ")))));
    versions(reports);
    reports.forEach(report -> clock(report, begin, end));
    summarize(
        reports,
        "connections",
        String.format(Locale.ROOT, "each of %d executors reaches each other", reports.size()));
    summarize(
        reports,
        "memory",
        String.format(
            Locale.ROOT,
            "a step needs %,d MiB of each executor's %,d",
            heap >> 20,
            config.cluster().memoryMiB()));
    summarize(reports, "kernels", "");
    summarize(reports, "data", "can be read by all executors");
    summarize(reports, "output", output + " can be written by all executors");
  }

  private void versions(List<PreflightReport> reports) {
    TreeSet<String> versions =
        reports.stream().map(PreflightReport::java).collect(Collectors.toCollection(TreeSet::new));
    if (versions.size() > 1) {
      add(
          Finding.warns(
              "java", "the executors have several versions: " + String.join(", ", versions)));
    }
  }

  private void clock(PreflightReport report, long begin, long end) {
    long apart = Math.max(begin - report.clockMillis(), report.clockMillis() - end);
    if (apart > CLOCKS_APART.toMillis()) {
      add(
          Finding.warns(
              "clocks",
              String.format(
                  Locale.ROOT,
                  "%s: its clock is %.1f s away from the driver's",
                  report.host(),
                  apart * 1e-3)));
    }
  }

  /** Adds what executors have found of a subject, or that all is well. */
  private void summarize(List<PreflightReport> reports, String subject, String well) {
    List<Finding> ofSubject =
        reports.stream()
            .flatMap(report -> report.findings().stream())
            .filter(finding -> finding.subject().equals(subject))
            .distinct()
            .toList();
    if (ofSubject.isEmpty()) {
      add(Finding.ok(subject, well));
    }
    ofSubject.forEach(this::add);
  }
}
