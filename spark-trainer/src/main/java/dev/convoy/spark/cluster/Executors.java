package dev.convoy.spark.cluster;

import dev.convoy.spark.config.ClusterConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.spark.api.java.JavaSparkContext;

/** The executors that are alive, and how to wait for them. */
public final class Executors {
  private static final Duration POLL = Duration.ofMillis(100);

  /** After this time a notice says what is waited for. */
  private static final Duration SILENCE = Duration.ofSeconds(15);

  private final JavaSparkContext spark;
  private final ClusterConfig cluster;
  private final ExecutorStarts starts;

  public Executors(JavaSparkContext spark, ClusterConfig cluster) {
    this.spark = spark;
    this.cluster = cluster;
    this.starts = new ExecutorStarts(spark.sc(), cluster.executors(), outputs());
  }

  /**
   * Waits until all executors asked for are there, or, when the time is over or they end as they
   * start, goes on with fewer if the configuration allows.
   *
   * @param notices gets a sentence if there are fewer, or if it takes long
   * @return how many to use
   * @throws ClusterException if there are fewer than {@code cluster.min-executors}
   */
  public int await(Consumer<String> notices) throws InterruptedException {
    Duration patience = cluster.timeouts().executors();
    long start = System.nanoTime();
    boolean told = false;
    int alive = alive();
    while (alive < cluster.executors()) {
      Optional<String> failure = starts.failure();
      if (failure.isPresent()) {
        return goOn(alive, "the others exit while starting: " + failure.get(), notices);
      }
      Duration waited = Duration.ofNanos(System.nanoTime() - start);
      if (waited.compareTo(patience) >= 0) {
        String others =
            String.format(
                Locale.ROOT,
                "the others did not come within %d s (cluster.timeouts.executors); %s say why",
                patience.toSeconds(),
                logs());
        return goOn(alive, others, notices);
      }
      if (!told && waited.compareTo(SILENCE) >= 0) {
        told = true;
        notices.accept(
            String.format(
                Locale.ROOT,
                "waiting for executors of %s: %d of %d are there; at most %d s"
                    + " (cluster.timeouts.executors)",
                spark.master(),
                alive,
                cluster.executors(),
                patience.toSeconds()));
      }
      Thread.sleep(POLL.toMillis());
      alive = alive();
    }
    return cluster.executors();
  }

  private int goOn(int alive, String others, Consumer<String> notices) {
    String there =
        String.format(
            Locale.ROOT,
            "%d of the %d executors asked for are there; %s",
            alive,
            cluster.executors(),
            others);
    if (alive < cluster.minExecutors()) {
      throw new ClusterException(
          String.format(
              Locale.ROOT, "only %s; cluster.min-executors is %d", there, cluster.minExecutors()));
    }
    notices.accept("going on with fewer executors: " + there);
    return alive;
  }

  /**
   * Returns where a local cluster keeps what its executors said, in Spark's home; other clusters
   * elsewhere.
   */
  private Path outputs() {
    Path work = Path.of(System.getenv().getOrDefault("SPARK_HOME", "."), "work");
    return work.resolve(spark.sc().applicationId());
  }

  private String logs() {
    Path outputs = outputs();
    return Files.isDirectory(outputs)
        ? "the executors' logs in " + outputs
        : "Spark's log and the executors' logs";
  }

  private int alive() {
    if (spark.sc().isStopped()) {
      throw new ClusterException(
          "Spark has ended the application while executors were waited for; "
              + starts
                  .failureOfEnded()
                  .map(failure -> "they exit while starting: " + failure)
                  .orElseGet(() -> logs() + " say why"));
    }
    if (spark.isLocal()) {
      return spark.defaultParallelism() / cluster.coresPerExecutor();
    }
    int withDriver = spark.sc().statusTracker().getExecutorInfos().length;
    return Math.max(0, withDriver - 1);
  }
}
