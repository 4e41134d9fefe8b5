package dev.convoy.spark.cluster;

import dev.convoy.spark.config.ClusterConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Consumer;
import org.apache.spark.api.java.JavaSparkContext;

/** The executors that are alive, and waiting for them. */
public final class Executors {
  private static final Duration POLL = Duration.ofMillis(100);

  private final JavaSparkContext spark;
  private final ClusterConfig cluster;

  public Executors(JavaSparkContext spark, ClusterConfig cluster) {
    this.spark = spark;
    this.cluster = cluster;
  }

  /**
   * Waits until all executors asked for are there, or, when the time is over, goes on with fewer if
   * the configuration allows.
   *
   * @param notices gets a sentence if there are fewer
   * @return how many to use
   * @throws ClusterException if there are fewer than {@code cluster.min-executors}
   */
  public int await(Consumer<String> notices) throws InterruptedException {
    Duration patience = cluster.timeouts().executors();
    long deadline = System.nanoTime() + patience.toNanos();
    int alive = alive();
    while (alive < cluster.executors() && System.nanoTime() < deadline) {
      Thread.sleep(POLL.toMillis());
      alive = alive();
    }
    if (alive >= cluster.executors()) {
      return cluster.executors();
    }
    if (alive < cluster.minExecutors()) {
      throw new ClusterException(
          String.format(
              Locale.ROOT,
              ("only %d of the %d executors asked for came within %d s (cluster.timeouts.executors);"
                  + " %s say why; cluster.min-executors is %d"),
              alive,
              cluster.executors(),
              patience.toSeconds(),
              logs(),
              cluster.minExecutors()));
    }
    notices.accept(
        String.format(
            Locale.ROOT,
            "going on with %d executors; %d did not come within %d s",
            alive,
            cluster.executors() - alive,
            patience.toSeconds()));
    return alive;
  }

  /** A local cluster keeps what its executors said in Spark's home; other clusters elsewhere. */
  private String logs() {
    Path work = Path.of(System.getenv().getOrDefault("SPARK_HOME", "."), "work");
    Path ofThisApplication = work.resolve(spark.sc().applicationId());
    return Files.isDirectory(ofThisApplication)
        ? "the executors' logs in " + ofThisApplication
        : "Spark's log and the executors' logs";
  }

  private int alive() {
    int withDriver = spark.sc().statusTracker().getExecutorInfos().length;
    if (spark.isLocal()) {
      return spark.defaultParallelism() / cluster.coresPerExecutor();
    }
    return withDriver - 1;
  }
}
