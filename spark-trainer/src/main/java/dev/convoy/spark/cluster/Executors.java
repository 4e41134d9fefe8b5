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

  /** What is missing is told sooner, but not while the first executors are being started. */
  private static final Duration STARTING = Duration.ofSeconds(3);

  private final SparkApplication application;
  private final JavaSparkContext spark;
  private final ClusterConfig cluster;
  private final RegisteredExecutors registered;
  private final StartFailures starts;

  public Executors(SparkApplication application, ClusterConfig cluster) {
    this.application = application;
    this.spark = application.context();
    this.cluster = cluster;
    this.registered = new RegisteredExecutors(spark.sc(), application::isLeftOut);
    this.starts = application.starts(registered, cluster, outputs());
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
    registered.refresh();
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
                "the others did not come within %d s (cluster.timeouts.executors); %s",
                patience.toSeconds(),
                starts.lack().orElseGet(() -> logs() + " say why"));
        return goOn(alive, others, notices);
      }
      Optional<String> lack = starts.lack().filter(known -> waited.compareTo(STARTING) >= 0);
      if (!told && (lack.isPresent() || waited.compareTo(SILENCE) >= 0)) {
        told = true;
        notices.accept(
            String.format(
                Locale.ROOT,
                "waiting for executors of %s: %d of %d are there%s; at most %d s"
                    + " (cluster.timeouts.executors)",
                spark.master(),
                alive,
                cluster.executors(),
                lack.map(known -> "; " + known).orElse(""),
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
    try {
      application.requireRunning(starts::failureOfEnded);
      if (spark.isLocal()) {
        return spark.defaultParallelism() / cluster.coresPerExecutor();
      }
      registered.refresh();
      return registered.active();
    } catch (IllegalStateException e) {
      // Spark may stop at any moment.
      application.requireRunning(starts::failureOfEnded);
      throw e;
    }
  }
}
