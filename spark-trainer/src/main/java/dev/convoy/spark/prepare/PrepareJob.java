package dev.convoy.spark.prepare;

import dev.convoy.data.Account;
import dev.convoy.data.DataException;
import dev.convoy.data.Split;
import dev.convoy.data.StoragePath;
import dev.convoy.data.prepare.Preparation;
import dev.convoy.data.prepare.PrepareOptions;
import dev.convoy.data.shard.Manifest;
import dev.convoy.data.shard.Manifest.ShardedSplit;
import dev.convoy.data.store.StoreException;
import dev.convoy.data.store.Stores;
import dev.convoy.spark.cluster.ClusterException;
import dev.convoy.spark.cluster.Executors;
import dev.convoy.spark.cluster.FailureText;
import dev.convoy.spark.cluster.HadoopSettings;
import dev.convoy.spark.cluster.Interruption;
import dev.convoy.spark.cluster.SparkApplication;
import dev.convoy.spark.config.ClusterConfig;
import dev.convoy.spark.storage.Lease;
import dev.convoy.spark.telemetry.RunListeners;
import dev.convoy.spark.telemetry.Telemetry;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** {@code convoy prepare} in the driver. */
public final class PrepareJob implements Preparing {
  private final PrintStream out;

  /** Tells a person on {@code out}. */
  public PrepareJob(PrintStream out) {
    this.out = out;
  }

  @Override
  public void prepare(
      PrepareOptions options, ClusterConfig cluster, boolean overwrite, boolean restart)
      throws Exception {
    Configuration hadoop = SparkApplication.hadoopConfiguration();
    // Paths as every executor understands them: they have other working folders.
    PrepareOptions qualified =
        options.at(
            SparkApplication.qualify(options.input(), hadoop),
            SparkApplication.qualify(options.output(), hadoop));
    Preparation preparation = new Preparation(qualified, hadoop, overwrite);
    preparation.notices().forEach(notice -> out.println("notice      " + notice));
    try (Lease lease = take(qualified.output(), hadoop)) {
      print(
          Interruption.guard(
              () -> interrupted(lease),
              () -> prepare(preparation, options.format(), cluster, restart, lease)));
    }
    out.println("output      " + options.output());
    out.flush();
  }

  private Manifest prepare(
      Preparation preparation, String format, ClusterConfig cluster, boolean restart, Lease lease)
      throws Exception {
    PrepareProgress progress = new PrepareProgress(out);
    try (SparkApplication spark =
            SparkApplication.start("convoy prepare " + format, cluster, out::println);
        RunListeners listeners = new RunListeners(List.of(progress), out::println)) {
      lease.whenLost(() -> spark.context().sc().cancelAllJobs());
      new Executors(spark, cluster).await(out::println);
      Telemetry.listen(SparkPrepareTask.ATTEMPT, listeners);
      return preparation.run(
          new SparkTaskRunner(spark, HadoopSettings.ofThisApplication()),
          restart,
          new WhileLeased(progress, lease));
    } catch (ClusterException e) {
      lease.requireHeld();
      throw e;
    }
  }

  /** Takes a lease in a hidden file beside the output, which does not exist yet. */
  private Lease take(String output, Configuration hadoop) throws IOException {
    Path path = StoragePath.of(output);
    Path file = StoragePath.child(path.getParent(), "." + path.getName() + ".lease");
    Lease.Terms terms =
        new Lease.Terms(
            "the output " + output,
            "convoy prepare",
            "wait for its end, stop it, or name another --output");
    try {
      return Stores.ask(
          hadoop, file.toString(), (files, at) -> Lease.take(files, at, terms, out::println));
    } catch (StoreException e) {
      throw e;
    } catch (IOException e) {
      throw new DataException(
          "the output " + output + " cannot be written: " + FailureText.of(e), e);
    }
  }

  private void interrupted(Lease lease) {
    out.println("interrupted; what is done is kept, and the same command goes on");
    out.flush();
    lease.close();
  }

  /** Publishes the output only while this process holds its lease. */
  private record WhileLeased(PrepareProgress progress, Lease lease)
      implements Preparation.Listener {
    @Override
    public void begins(boolean continued, int parts) {
      progress.begins(continued, parts);
    }

    @Override
    public void writes(Split split, int images, int shards) {
      progress.writes(split, images, shards);
    }

    @Override
    public void publishes() throws IOException {
      lease.requireHeld();
    }
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
            written.imageShape(),
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
    print("left out", "item%s of the input", made.leftOut());
    print("noted", "image%s, taken with", made.noted());
    out.printf(Locale.ROOT, "classes     %,d: %s%n", made.classes(), names(made.classNames()));
    printUnseen(made);
  }

  /**
   * Prints which classes have no images, often a sign that labels are counted from another number.
   */
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
    String items = what.formatted(account.total() == 1 ? "" : "s");
    out.printf(Locale.ROOT, "%-12s%,d %s:%n", title, account.total(), items);
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
