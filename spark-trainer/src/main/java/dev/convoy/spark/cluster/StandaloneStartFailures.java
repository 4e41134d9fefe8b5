package dev.convoy.spark.cluster;

import dev.convoy.spark.config.ClusterConfig;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.apache.spark.SparkContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the workers of a standalone cluster, for they know which executors have ended and how much
 * room there is. They are asked in a thread of their own: one that does not answer must not delay
 * the wait for executors, and whatever cannot be learned is only left out of a sentence.
 */
final class StandaloneStartFailures implements StartFailures {
  private static final Logger LOG = LoggerFactory.getLogger(StandaloneStartFailures.class);
  private static final Duration PAUSE = Duration.ofSeconds(1);

  /** A sentence names no more workers than a person reads. */
  private static final int MOST = 3;

  private final RegisteredExecutors registered;
  private final ClusterConfig cluster;
  private final String application;
  private final StandaloneMaster master;
  private final AtomicReference<List<StandaloneWorker>> arrived = new AtomicReference<>();
  private volatile List<URI> pages = List.of();
  private Optional<List<StandaloneWorker>> workers = Optional.empty();
  private List<Ended> before = List.of();
  private List<Ended> ended = List.of();
  private Thread asking;
  private long next = System.nanoTime();

  /** An executor that has ended before it registered. */
  private record Ended(URI page, String executor) {}

  StandaloneStartFailures(
      SparkContext spark, RegisteredExecutors registered, ClusterConfig cluster) {
    this.registered = registered;
    this.cluster = cluster;
    application = spark.applicationId();
    master = new StandaloneMaster(spark.master());
  }

  @Override
  public Optional<String> failure() {
    refresh();
    // Spark tells of those that registered a moment later: whoever is here twice has not.
    List<Ended> settled = new ArrayList<>(ended);
    settled.retainAll(before);
    return settled.size() < TOO_MANY ? Optional.empty() : Optional.of(lastLine(settled));
  }

  @Override
  public Optional<String> failureOfEnded() {
    take(ask(pages));
    return ended.size() < TOO_MANY ? Optional.empty() : Optional.of(lastLine(ended));
  }

  @Override
  public Optional<String> lack() {
    refresh();
    return workers.flatMap(this::lack);
  }

  private Optional<String> lack(List<StandaloneWorker> all) {
    int starting = 0;
    int room = 0;
    for (StandaloneWorker worker : all) {
      room += worker.room(cluster.coresPerExecutor(), cluster.memoryMiB());
      starting += (int) worker.running().stream().filter(id -> !registered.contains(id)).count();
    }
    int missing = cluster.executors() - registered.active() - starting;
    return room >= missing ? Optional.empty() : Optional.of(lack(all, missing, room));
  }

  private String lack(List<StandaloneWorker> all, int missing, int room) {
    String each =
        String.format(
            Locale.ROOT,
            "%d of %d %s and %d MiB",
            missing,
            cluster.coresPerExecutor(),
            cluster.coresPerExecutor() == 1 ? "core" : "cores",
            cluster.memoryMiB());
    if (all.isEmpty()) {
      return "the master has no worker that answers, and needed is room for " + each;
    }
    String free =
        all.stream()
            .limit(MOST)
            .map(
                worker ->
                    String.format(
                        Locale.ROOT,
                        "%s has %d of %d cores and %d of %d MiB free",
                        worker.page().getHost(),
                        worker.cores().free(),
                        worker.cores().all(),
                        worker.memoryMiB().free(),
                        worker.memoryMiB().all()))
            .collect(Collectors.joining(", "));
    return String.format(
        Locale.ROOT,
        "the workers have room for %d of the missing executors, and needed is room for %s (%s%s)",
        room,
        each,
        free,
        all.size() > MOST ? " …" : "");
  }

  private String lastLine(List<Ended> executors) {
    Ended first = executors.get(0);
    return workers.orElse(List.of()).stream()
        .filter(worker -> worker.page().equals(first.page()))
        .findFirst()
        .map(worker -> worker.lastLine(application, first.executor()))
        .orElse("their worker " + first.page() + " does not answer");
  }

  /** Takes the workers' answer if it is there, and asks again after a pause. */
  private void refresh() {
    registered.refresh();
    List<StandaloneWorker> answer = arrived.getAndSet(null);
    if (answer != null) {
      take(answer);
    }
    boolean idle = asking == null || !asking.isAlive();
    if (idle && System.nanoTime() - next >= 0) {
      next = System.nanoTime() + PAUSE.toNanos();
      asking = new Thread(this::askMaster, "standalone-workers");
      asking.setDaemon(true);
      asking.start();
    }
  }

  private void take(List<StandaloneWorker> answer) {
    workers = Optional.of(answer);
    before = ended;
    ended = new ArrayList<>();
    for (StandaloneWorker worker : answer) {
      for (String executor : worker.ended()) {
        if (!registered.contains(executor)) {
          ended.add(new Ended(worker.page(), executor));
        }
      }
    }
  }

  private void askMaster() {
    try {
      pages = master.workers();
      arrived.set(ask(pages));
    } catch (RuntimeException e) {
      LOG.info("the master cannot be asked for its workers", e);
    }
  }

  private List<StandaloneWorker> ask(List<URI> all) {
    List<StandaloneWorker> answers = new ArrayList<>();
    for (URI page : all) {
      try {
        answers.add(StandaloneWorker.ask(page, application));
      } catch (IOException e) {
        LOG.info("the worker {} does not answer", page, e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    return answers;
  }
}
