package dev.convoy.spark.cluster;

import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.yarn.api.records.ApplicationReport;
import org.apache.hadoop.yarn.api.records.QueueInfo;
import org.apache.hadoop.yarn.api.records.QueueStatistics;
import org.apache.hadoop.yarn.api.records.YarnApplicationState;
import org.apache.hadoop.yarn.client.api.YarnClient;
import org.apache.hadoop.yarn.conf.YarnConfiguration;
import org.apache.hadoop.yarn.exceptions.YarnException;
import org.apache.spark.SparkConf;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What YARN's resource manager says of this application: why it has not been started, and what its
 * queue has left. A thread of its own asks while somebody wants to know, for a resource manager
 * that does not answer must delay nothing.
 */
final class YarnApplication implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(YarnApplication.class);
  private static final String TAGS = "spark.yarn.tags";
  private static final long PAUSE_MILLIS = 1000;
  private static final long GIVE_UP_MILLIS = 5000;

  /** A date in front, and a phrase of which the rest is the reason. */
  private static final Pattern OPENING =
      Pattern.compile("^\\[[^]]*]\\s*|^Application is added to the scheduler[^.]*\\.\\s*");

  private static final Pattern DETAILS = Pattern.compile("[.;]?\\s*Details : .*|\\.$");

  private static final Set<YarnApplicationState> WAITING =
      Set.of(
          YarnApplicationState.NEW,
          YarnApplicationState.NEW_SAVING,
          YarnApplicationState.SUBMITTED,
          YarnApplicationState.ACCEPTED);

  private final String tag;
  private final Configuration settings;
  private final AtomicReference<State> newest = new AtomicReference<>();
  private final Semaphore wanted = new Semaphore(0);
  private final AtomicBoolean given = new AtomicBoolean();
  private final Thread thread = new Thread(this::ask, "yarn-application");

  /** The latest answer; there are no statistics while the queue is not known. */
  private record State(ApplicationReport report, Optional<QueueStatistics> queue) {}

  private YarnApplication(String tag, Configuration settings) {
    this.tag = tag;
    this.settings = settings;
    thread.setDaemon(true);
    thread.start();
  }

  /**
   * Prepares to ask for the application that these settings are going to start, which get a tag to
   * find it by.
   */
  static YarnApplication of(SparkConf conf) {
    String tag = "convoy-" + UUID.randomUUID();
    conf.set(TAGS, conf.contains(TAGS) ? conf.get(TAGS) + "," + tag : tag);
    return new YarnApplication(tag, SparkApplication.hadoopConfiguration());
  }

  /** Returns whether a master is YARN. */
  static boolean is(String master) {
    return master.equals("yarn");
  }

  /** Returns why YARN has not started the application yet, if it was submitted and has not. */
  Optional<String> whatItWaitsFor() {
    return state()
        .filter(state -> WAITING.contains(state.report.getYarnApplicationState()))
        .map(
            state ->
                state.report.getApplicationId()
                    + " is in YARN's queue "
                    + state.report.getQueue()
                    + state.queue.map(YarnApplication::left).orElse("")
                    + reason(state.report));
  }

  private static String left(QueueStatistics queue) {
    return String.format(
        Locale.ROOT, ", which has %d MiB left", Math.max(0, queue.getAvailableMemoryMB()));
  }

  private static String reason(ApplicationReport report) {
    String said = reason(report.getDiagnostics());
    return said.isEmpty() ? "" : ": " + said;
  }

  /** Returns YARN's explanation without what does not explain, and without a page of figures. */
  static String reason(String diagnostics) {
    String said = diagnostics == null ? "" : diagnostics.strip().replaceAll("\\s+", " ");
    for (int i = 0; i < 2; i++) {
      said = OPENING.matcher(said).replaceFirst("");
    }
    return DETAILS.matcher(said).replaceFirst("");
  }

  /** Returns what the queue has too little of for so many containers, if that is so. */
  Optional<String> lack(int missing, int cores, long mebibytes) {
    return state()
        .flatMap(
            state ->
                state.queue.flatMap(
                    queue -> lack(state.report.getQueue(), queue, missing, cores, mebibytes)));
  }

  private static Optional<String> lack(
      String name, QueueStatistics queue, int missing, int cores, long mebibytes) {
    if (queue.getAvailableMemoryMB() >= missing * mebibytes) {
      return Optional.empty();
    }
    return Optional.of(
        String.format(
            Locale.ROOT,
            "YARN's queue %s has %d MiB left (%d MiB in use), and needed is room for %d of %d %s"
                + " and %d MiB, Spark's overhead included",
            name,
            queue.getAvailableMemoryMB(),
            queue.getAllocatedMemoryMB(),
            missing,
            cores,
            cores == 1 ? "core" : "cores",
            mebibytes));
  }

  /** Returns the latest answer, and has the thread ask again. */
  private Optional<State> state() {
    wanted.release();
    return Optional.ofNullable(newest.get());
  }

  private void ask() {
    try (YarnClient client = YarnClient.createYarnClient()) {
      client.init(new YarnConfiguration(settings));
      client.start();
      while (true) {
        wanted.acquire();
        wanted.drainPermits();
        if (given.get()) {
          kill(client);
          return;
        }
        askOnce(client);
        Thread.sleep(PAUSE_MILLIS);
      }
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    } catch (IOException | RuntimeException | LinkageError e) {
      LOG.info("YARN cannot be asked", e);
    }
  }

  private void askOnce(YarnClient client) {
    try {
      for (ApplicationReport report : reports(client)) {
        newest.set(new State(report, statistics(client, report.getQueue())));
      }
    } catch (IOException | YarnException | RuntimeException e) {
      LOG.info("YARN does not answer", e);
    }
  }

  private List<ApplicationReport> reports(YarnClient client) throws IOException, YarnException {
    return client.getApplications(null, EnumSet.allOf(YarnApplicationState.class), Set.of(tag));
  }

  private static Optional<QueueStatistics> statistics(YarnClient client, String queue)
      throws IOException, YarnException {
    return Optional.ofNullable(client.getQueueInfo(queue)).map(QueueInfo::getQueueStatistics);
  }

  private void kill(YarnClient client) {
    try {
      for (ApplicationReport report : reports(client)) {
        client.killApplication(report.getApplicationId());
      }
    } catch (IOException | YarnException | RuntimeException e) {
      LOG.info("YARN does not end the application", e);
    }
  }

  /**
   * Ends an application that YARN has not started, which would otherwise stay in its queue; within
   * seconds, even if YARN does not answer.
   */
  void giveUp() throws InterruptedException {
    given.set(true);
    wanted.release();
    thread.join(GIVE_UP_MILLIS);
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
