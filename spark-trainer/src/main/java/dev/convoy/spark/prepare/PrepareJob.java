package dev.convoy.spark.prepare;

import dev.convoy.data.Account;
import dev.convoy.data.Split;
import dev.convoy.data.prepare.Hadoop;
import dev.convoy.data.prepare.Preparation;
import dev.convoy.data.prepare.PrepareOptions;
import dev.convoy.data.shard.Manifest;
import dev.convoy.data.shard.Manifest.ShardedSplit;
import dev.convoy.spark.cluster.Executors;
import dev.convoy.spark.cluster.SparkApplication;
import dev.convoy.spark.config.ClusterConfig;
import dev.convoy.spark.telemetry.PreparedImages;
import dev.convoy.spark.telemetry.RunListeners;
import dev.convoy.spark.telemetry.Telemetry;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/** {@code convoy prepare} in the driver. */
public final class PrepareJob implements Preparing {
  /** Only runs of training have several attempts. */
  private static final int ATTEMPT = 0;

  private final PrintStream out;

  /** Tells a person on {@code out}. */
  public PrepareJob(PrintStream out) {
    this.out = out;
  }

  @Override
  public void prepare(
      PrepareOptions options, ClusterConfig cluster, boolean overwrite, boolean restart)
      throws Exception {
    Map<String, String> settings = SparkApplication.hadoopSettings();
    Hadoop hadoop = () -> SparkApplication.hadoopConfiguration(settings);
    // Paths as every executor understands them: they have other working folders.
    PrepareOptions qualified =
        options.at(
            SparkApplication.qualify(options.input(), hadoop.configuration()),
            SparkApplication.qualify(options.output(), hadoop.configuration()));
    Preparation preparation = new Preparation(qualified, hadoop, overwrite);
    preparation.notices().forEach(notice -> out.println("notice      " + notice));
    PrepareProgress progress = new PrepareProgress(out);
    try (SparkApplication spark =
            SparkApplication.start("convoy prepare " + options.format(), cluster);
        RunListeners listeners = new RunListeners(List.of(progress), out::println)) {
      new Executors(spark.context(), cluster).await(out::println);
      Telemetry.listen(ATTEMPT, listeners);
      print(
          preparation.run(
              new SparkTasks(spark),
              restart,
              images -> Telemetry.send(ATTEMPT, new PreparedImages(images)),
              progress));
    }
    out.println("output      " + options.output());
    out.flush();
  }

  private void print(Manifest made) {
    for (Split split : Split.values()) {
      ShardedSplit written = made.split(split);
      if (written != null) {
        out.printf(
            Locale.ROOT,
            "%-12s%,d images (%s) in %d shards, fingerprint %s%n",
            Manifest.name(split),
            written.samples(),
            written.frame(),
            written.shards().size(),
            written.fingerprint());
        if (written.skipped() > 0) {
          out.printf(
              Locale.ROOT,
              "            %,d corrupt images were left out; skipped.txt names them%n",
              written.skipped());
        }
      }
    }
    print("left out", "items of the input", made.leftOut());
    print("noted", "images, taken with", made.noted());
    out.printf(Locale.ROOT, "classes     %,d: %s%n", made.classes(), names(made.classNames()));
    printUnseen(made);
  }

  /** Classes without images are often a sign that labels are counted from another number. */
  private void printUnseen(Manifest made) {
    ShardedSplit training = made.split(Split.TRAIN);
    if (training == null) {
      return;
    }
    List<String> unseen =
        IntStream.range(0, made.classes())
            .filter(label -> training.classCounts().get(label) == 0)
            .mapToObj(made.classNames()::get)
            .toList();
    if (!unseen.isEmpty()) {
      out.printf(
          Locale.ROOT,
          "notice      %,d of %,d classes have no training images: %s%n",
          unseen.size(),
          made.classes(),
          names(unseen));
    }
  }

  private void print(String title, String what, Account account) {
    if (account.isEmpty()) {
      return;
    }
    out.printf(Locale.ROOT, "%-12s%,d %s:%n", title, account.total(), what);
    account
        .reasons()
        .forEach(
            (reason, tally) ->
                out.printf(
                    Locale.ROOT,
                    "            %,d %s: %s%s%n",
                    tally.count(),
                    reason,
                    String.join(", ", tally.examples()),
                    tally.count() > tally.examples().size() ? ", …" : ""));
  }

  private static String names(List<String> classes) {
    int shown = Math.min(classes.size(), 10);
    String names = String.join(", ", classes.subList(0, shown));
    return shown == classes.size() ? names : names + ", …";
  }
}
