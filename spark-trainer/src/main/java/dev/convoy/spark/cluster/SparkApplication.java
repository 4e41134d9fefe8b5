package dev.convoy.spark.cluster;

import dev.convoy.data.StoragePath;
import dev.convoy.spark.config.ClusterConfig;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkException;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.rdd.RDD;
import org.apache.spark.scheduler.TaskInfo;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

/** The application's connection to Spark, with the kinds of job that Convoy runs. */
public final class SparkApplication implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SparkApplication.class);

  /** The start itself takes some seconds, however short a time executors are given. */
  private static final Duration LEAST_PATIENCE = Duration.ofMinutes(1);

  private static final Duration POLL = Duration.ofMillis(500);

  /** After this time a notice says what Spark waits for as it starts. */
  private static final Duration SILENCE = Duration.ofSeconds(8);

  /** How long a task takes to end when its stage has failed. */
  private static final Duration LAST_WORDS = Duration.ofSeconds(2);

  private static final ClassTag<Object> OBJECT = ClassTag$.MODULE$.AnyRef();

  private final JavaSparkContext context;
  private final ApplicationEnd end;
  private final RemovedExecutors removed;
  private final Optional<YarnApplication> yarn;
  private final Duration patience;
  private final SilentExecutors silent = new SilentExecutors();
  private int barriers;

  /**
   * Takes a context over.
   *
   * @param end watches it
   * @param removed watches its executors
   * @param yarn asks YARN, where it runs there
   * @param patience how long tasks may wait for executors
   */
  SparkApplication(
      JavaSparkContext context,
      ApplicationEnd end,
      RemovedExecutors removed,
      Optional<YarnApplication> yarn,
      Duration patience) {
    this.context = context;
    this.end = end;
    this.removed = removed;
    this.yarn = yarn;
    this.patience = patience;
    context.sc().addSparkListener(silent);
  }

  /**
   * Connects to the master that spark-submit was given.
   *
   * @param notices gets a sentence if the cluster says what it waits for
   * @throws ClusterException if Spark refuses, or has not started when executors should be there
   */
  public static SparkApplication start(String name, ClusterConfig cluster, Consumer<String> notices)
      throws InterruptedException {
    SparkConf settings = new SparkConf().setAppName(name);
    ApplicationEnd end = ApplicationEnd.watch();
    RemovedExecutors removed = RemovedExecutors.watch();
    String master = settings.get("spark.master", "its master");
    Optional<YarnApplication> yarn =
        YarnApplication.is(master) ? Optional.of(YarnApplication.of(settings)) : Optional.empty();
    FutureTask<JavaSparkContext> starting = new FutureTask<>(() -> new JavaSparkContext(settings));
    Thread thread = new Thread(starting, "spark-start");
    thread.setDaemon(true);
    thread.start();
    Duration patience = cluster.timeouts().executors();
    patience = patience.compareTo(LEAST_PATIENCE) < 0 ? LEAST_PATIENCE : patience;
    try {
      return new SparkApplication(
          await(starting, yarn, patience, notices),
          end,
          removed,
          yarn,
          cluster.timeouts().executors());
    } catch (ExecutionException e) {
      throw new ClusterException(
          "Spark did not start: " + end.reason().orElse(e.getCause().getMessage()), e.getCause());
    } catch (TimeoutException e) {
      Optional<String> why = yarn.flatMap(YarnApplication::whatItWaitsFor);
      if (yarn.isPresent()) {
        yarn.get().giveUp();
      }
      throw new ClusterException(
          String.format(
              Locale.ROOT,
              "Spark has not started on %s within %d s (cluster.timeouts.executors); %s",
              master,
              patience.toSeconds(),
              why.orElse("its log says what it waits for")),
          e);
    }
  }

  /** Waits for Spark to start, and tells once what it waits for, if that is known. */
  private static JavaSparkContext await(
      FutureTask<JavaSparkContext> starting,
      Optional<YarnApplication> yarn,
      Duration patience,
      Consumer<String> notices)
      throws InterruptedException, ExecutionException, TimeoutException {
    long start = System.nanoTime();
    long end = start + patience.toNanos();
    long tell = start + SILENCE.toNanos();
    while (true) {
      try {
        long left = Math.max(0, end - System.nanoTime());
        return starting.get(Math.min(left, POLL.toNanos()), TimeUnit.NANOSECONDS);
      } catch (TimeoutException stillStarting) {
        if (System.nanoTime() - end >= 0) {
          throw stillStarting;
        }
        Optional<String> why = yarn.flatMap(YarnApplication::whatItWaitsFor);
        if (why.isPresent() && System.nanoTime() - tell >= 0) {
          notices.accept(
              String.format(
                  Locale.ROOT,
                  "waiting for the cluster to start this application: %s; at most %d s"
                      + " (cluster.timeouts.executors)",
                  why.get(),
                  patience.toSeconds()));
          tell = end;
        }
      }
    }
  }

  /** Returns Spark's own context. */
  public JavaSparkContext context() {
    return context;
  }

  /**
   * Runs all tasks at once, each on an executor of its own, and returns their results in the same
   * order. A task's rank is its place in the list.
   *
   * @throws SparkException if one of them fails or is lost; all have ended or are being ended
   * @throws ClusterException if the cluster has ended the application
   */
  public <R> List<R> barrier(List<? extends ExecutorTask<R>> tasks) throws SparkException {
    try (StartWatch watch = new StartWatch(context.sc(), "barrier-" + ++barriers, patience)) {
      try {
        return collect(
            partitions(tasks).barrier().mapPartitions(new TaskFunction(false), false, OBJECT));
      } catch (SparkException e) {
        watch.explain();
        throw e;
      }
    }
  }

  /**
   * Leaves the executors out that were silent in the barrier stage that has just failed, and asks
   * for others.
   *
   * @param notices gets a sentence for each
   */
  public void leaveOutSilent(Consumer<String> notices) throws InterruptedException {
    if (context.isLocal()) {
      return; // all ranks are threads of this process
    }
    for (TaskInfo task : silent.find(LAST_WORDS)) {
      notices.accept(
          String.format(
              Locale.ROOT,
              "executor %s on %s is silent: it is left out, and another is asked for",
              task.executorId(),
              task.host()));
      silent.leaveOut(context.sc(), task.executorId());
    }
  }

  /** Returns what is known of executors that do not come. */
  StartFailures starts(
      RegisteredExecutors registered, ClusterConfig cluster, java.nio.file.Path outputs) {
    if (yarn.isPresent()) {
      return new YarnStartFailures(yarn.get(), removed, registered, cluster, context.getConf());
    }
    return StandaloneMaster.is(context.master())
        ? new StandaloneStartFailures(context.sc(), registered, cluster)
        : new LocalStartFailures(registered, cluster.executors(), outputs);
  }

  /** Returns whether an executor is not to be counted on. */
  boolean isLeftOut(String executor) {
    return silent.isLeftOut(executor);
  }

  /**
   * Runs each task on whichever executor has room, and returns how they ended, in the same order.
   * Spark repeats a task whose executor is lost.
   *
   * @throws SparkException if a task fails again and again
   * @throws ClusterException if the cluster has ended the application
   */
  public <R> List<TaskReport<R>> each(List<? extends ExecutorTask<R>> tasks) throws SparkException {
    return collect(partitions(tasks).mapPartitions(new TaskFunction(true), false, OBJECT));
  }

  /** Returns a partition for each task. */
  private RDD<ExecutorTask<?>> partitions(List<? extends ExecutorTask<?>> tasks) {
    return context.parallelize(List.<ExecutorTask<?>>copyOf(tasks), tasks.size()).rdd();
  }

  @SuppressWarnings("unchecked") // R is what the tasks return; Spark has no words for it.
  private <R> List<R> collect(RDD<Object> results) throws SparkException {
    try {
      return (List<R>) results.toJavaRDD().collect();
    } catch (Exception e) { // Scala declares none, and throws SparkException, too
      requireRunning(Optional::empty, e);
      throw e;
    }
  }

  /**
   * Checks that the application goes on.
   *
   * @param why knows more than Spark's reason, if that is so
   * @throws ClusterException if the cluster has given it up, or Spark has stopped it
   */
  void requireRunning(Supplier<Optional<String>> why) {
    requireRunning(why, null);
  }

  private void requireRunning(Supplier<Optional<String>> why, Exception cause) {
    if (context.sc().isStopped() || end.reason().isPresent()) {
      String reason =
          end.reason()
              .map(said -> "the cluster has ended the application (" + said + ")")
              .orElse("Spark has ended the application");
      throw new ClusterException(
          reason
              + why.get()
                  .map(failure -> "; its executors exit while starting: " + failure)
                  .orElse(""),
          cause);
    }
  }

  /**
   * Returns Hadoop's configuration, with the settings of {@code spark.hadoop.*}, before Spark
   * starts.
   */
  public static Configuration hadoopConfiguration() {
    return HadoopSettings.ofThisApplication().configuration();
  }

  /** Returns a path as every process of the application understands it. */
  public static String qualify(String path, Configuration hadoop) throws IOException {
    Path given = StoragePath.of(path);
    return StoragePath.fileSystem(given, hadoop).makeQualified(given).toString();
  }

  /**
   * Stops Spark. Where executors are being started at this moment, some of its threads print stack
   * traces that mean nothing; they go to the log.
   */
  @Override
  public void close() {
    PrintStream console = System.err;
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    System.setErr(new PrintStream(said, true, StandardCharsets.UTF_8));
    try {
      context.close();
    } finally {
      end.close();
      removed.close();
      yarn.ifPresent(YarnApplication::close);
      System.setErr(console);
      if (said.size() > 0) {
        LOG.info("while Spark was stopped: {}", said.toString(StandardCharsets.UTF_8));
      }
    }
  }
}
