package dev.convoy.spark.cluster;

import dev.convoy.data.StoragePath;
import dev.convoy.data.store.StoreDefaults;
import dev.convoy.spark.config.ClusterConfig;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.BarrierTaskContext;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkException;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.rdd.RDD;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

/** The application's connection to Spark, with the kinds of job that Convoy runs. */
public final class SparkApplication implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SparkApplication.class);

  private static final String HADOOP_PREFIX = "spark.hadoop.";
  private static final String TEMPORARY = "hadoop.tmp.dir";

  /** The start itself takes some seconds, however short a time executors are given. */
  private static final Duration LEAST_PATIENCE = Duration.ofMinutes(1);

  private static final ClassTag<String> STRING = ClassTag$.MODULE$.apply(String.class);

  private final JavaSparkContext context;

  private SparkApplication(JavaSparkContext context) {
    this.context = context;
  }

  /**
   * Connects to the master that spark-submit was given.
   *
   * @throws ClusterException if Spark refuses, or has not started when executors should be there
   */
  public static SparkApplication start(String name, ClusterConfig cluster)
      throws InterruptedException {
    SparkConf settings = new SparkConf().setAppName(name);
    FutureTask<JavaSparkContext> starting = new FutureTask<>(() -> new JavaSparkContext(settings));
    Thread thread = new Thread(starting, "spark-start");
    thread.setDaemon(true);
    thread.start();
    Duration patience = cluster.timeouts().executors();
    patience = patience.compareTo(LEAST_PATIENCE) < 0 ? LEAST_PATIENCE : patience;
    try {
      return new SparkApplication(starting.get(patience.toMillis(), TimeUnit.MILLISECONDS));
    } catch (ExecutionException e) {
      throw new ClusterException("Spark did not start: " + e.getCause().getMessage(), e.getCause());
    } catch (TimeoutException e) {
      throw new ClusterException(
          String.format(
              Locale.ROOT,
              "Spark has not started on %s within %d s (cluster.timeouts.executors); its log says"
                  + " what it waits for",
              settings.get("spark.master", "its master"),
              patience.toSeconds()),
          e);
    }
  }

  /** Spark's own context. */
  public JavaSparkContext context() {
    return context;
  }

  /**
   * Runs {@code function} on {@code ranks} executors at once and returns what each says, in the
   * order of ranks.
   *
   * @throws SparkException if one of them fails or is lost; all have ended or are being ended
   */
  public List<String> barrier(int ranks, BarrierFunction function) throws SparkException {
    TextTask task = new TextTask(() -> function.call(BarrierTaskContext.get()));
    return partitions(ranks).barrier().mapPartitions(task, false, STRING).toJavaRDD().collect();
  }

  /**
   * Runs {@code function} once for each part, on whichever executor has room, and returns what each
   * says, in the order of parts. Spark repeats a part whose executor is lost.
   *
   * @throws SparkException if a part fails again and again
   */
  public List<String> each(int parts, PartFunction function) throws SparkException {
    TextTask task = new TextTask(() -> function.call(TaskContext.getPartitionId()));
    return partitions(parts).mapPartitions(task, false, STRING).toJavaRDD().collect();
  }

  private RDD<Integer> partitions(int count) {
    List<Integer> partitions = IntStream.range(0, count).boxed().collect(Collectors.toList());
    return context.parallelize(partitions, count).rdd();
  }

  /** Hadoop's settings, with those of {@code spark.hadoop.*}, before Spark starts. */
  public static Configuration hadoopConfiguration() {
    return hadoopConfiguration(hadoopSettings());
  }

  /** Hadoop's settings, with those that {@link #hadoopSettings()} gave in another process. */
  public static Configuration hadoopConfiguration(Map<String, String> settings) {
    Configuration hadoop = new Configuration();
    if (List.of(hadoop.getPropertySources(TEMPORARY)).equals(List.of("core-default.xml"))) {
      // The default is in /tmp, whatever the JVM was told.
      hadoop.set(TEMPORARY, "${java.io.tmpdir}/hadoop");
    }
    settings.forEach(hadoop::set);
    StoreDefaults.apply(hadoop);
    return hadoop;
  }

  /** The settings of {@code spark.hadoop.*}, for other processes to make the same. */
  public static Map<String, String> hadoopSettings() {
    Map<String, String> settings = new HashMap<>();
    for (var setting : new SparkConf().getAllWithPrefix(HADOOP_PREFIX)) {
      settings.put(setting._1(), setting._2());
    }
    return settings;
  }

  /** A path as every process of the application understands it. */
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
      System.setErr(console);
      if (said.size() > 0) {
        LOG.info("while Spark was stopped: {}", said.toString(StandardCharsets.UTF_8));
      }
    }
  }
}
