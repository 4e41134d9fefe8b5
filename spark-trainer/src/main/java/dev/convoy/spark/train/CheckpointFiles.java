package dev.convoy.spark.train;

import dev.convoy.collective.Collective;
import dev.convoy.collective.Range;
import dev.convoy.data.store.StoreFault;
import dev.convoy.data.store.Stores;
import dev.convoy.spark.checkpoint.Checkpoint;
import dev.convoy.spark.checkpoint.CheckpointState;
import dev.convoy.spark.checkpoint.CheckpointStore;
import dev.convoy.spark.storage.LeaseLostException;
import dev.convoy.spark.storage.RunFiles;
import dev.convoy.spark.storage.WeightsMetadata;
import dev.convoy.weights.WeightsDigest;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;
import org.apache.hadoop.fs.FSError;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the files of a checkpoint that are this rank's: its slices of the optimizer's state and,
 * on rank 0, the weights. Each is read back before it counts as written. When those of all ranks
 * are there, rank 0 publishes the checkpoint. While the store is away, all of this is tried again
 * and again.
 */
final class CheckpointFiles {
  private static final Logger LOG = LoggerFactory.getLogger(CheckpointFiles.class);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(10);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

  private final CheckpointStore store;
  private final RunPlan plan;
  private final String run;
  private final int attempt;
  private final RunLease lease;
  private final LongConsumer published;
  private final int rank;
  private final List<List<Range>> owned;
  private final List<String> hosts;

  /**
   * Creates the files of one attempt.
   *
   * @param run what defines the run, as JSON
   * @param lease without which nothing is published
   * @param published hears the step of each checkpoint that this rank has published, from the
   *     thread that wrote it
   */
  CheckpointFiles(
      CheckpointStore store,
      RunPlan plan,
      Collective collective,
      String run,
      int attempt,
      RunLease lease,
      LongConsumer published) {
    this.store = store;
    this.plan = plan;
    this.run = run;
    this.attempt = attempt;
    this.lease = lease;
    this.published = published;
    rank = collective.rank();
    owned = IntStream.range(0, collective.ranks()).mapToObj(collective::owned).toList();
    hosts = IntStream.range(0, collective.ranks()).mapToObj(collective::host).toList();
  }

  /**
   * Writes what is this rank's; returns when it is written, on rank 0 when the checkpoint is
   * published.
   *
   * @throws IOException if the store refuses, is full, or is away for longer than {@code
   *     checkpoint.timeout}
   */
  void write(CheckpointSnapshot snapshot) throws IOException, InterruptedException {
    Patience patience = new Patience(snapshot.step(), plan.config().checkpoint().timeout());
    Checkpoint checkpoint = store.unfinished(snapshot.step(), attempt);
    patience.until(() -> written(checkpoint, snapshot));
    if (rank == 0) {
      patience.until(() -> missing(checkpoint));
      patience.until(() -> published(checkpoint, snapshot.step()));
      published.accept(snapshot.step());
    }
  }

  private Optional<String> written(Checkpoint checkpoint, CheckpointSnapshot snapshot)
      throws IOException {
    checkpoint.writeOptimizerState(rank, snapshot.state());
    if (rank == 0) {
      checkpoint.writeWeightsAndState(
          state(snapshot), snapshot.weights(), WeightsMetadata.ofCheckpoint(plan.classNames()));
    }
    return Optional.empty();
  }

  private CheckpointState state(CheckpointSnapshot snapshot) {
    return new CheckpointState(
        snapshot.step(),
        plan.network().name(),
        plan.network().vectorLength(),
        WeightsDigest.sha256(snapshot.weights()),
        owned,
        snapshot.plateau(),
        run);
  }

  /** Returns what is waited for, if anything is. */
  private Optional<String> missing(Checkpoint checkpoint) throws IOException {
    OptionalInt missing = checkpoint.firstMissing(owned.size());
    return missing.isEmpty()
        ? Optional.empty()
        : Optional.of(
            String.format(
                Locale.ROOT,
                "rank %d on host %s has not written its part",
                missing.getAsInt(),
                hosts.get(missing.getAsInt())));
  }

  private Optional<String> published(Checkpoint checkpoint, long step) throws IOException {
    // If two runs take each other for dead, only one of them may publish.
    lease.requireHeld();
    store.publish(checkpoint, step, plan.config().checkpoint().keep());
    return Optional.empty();
  }

  /** Something to be tried; returns what is still waited for. */
  @FunctionalInterface
  private interface Trial {
    Optional<String> run() throws IOException;
  }

  /** The time that a checkpoint may take. */
  private final class Patience {
    private final long step;
    private final Duration timeout;
    private final long start = System.nanoTime();

    Patience(long step, Duration timeout) {
      this.step = step;
      this.timeout = timeout;
    }

    /** Tries until nothing is waited for. */
    void until(Trial trial) throws IOException, InterruptedException {
      Duration pause = FIRST_PAUSE;
      while (true) {
        Optional<String> waitingFor;
        IOException cause = null;
        try {
          waitingFor = Stores.writing(store.folder(), trial::run);
        } catch (IOException e) {
          if (lasts(e)) {
            throw e;
          }
          LOG.warn("the checkpoint at step {} is not written yet", step, e);
          waitingFor = Optional.of(RunFiles.firstLine(e));
          cause = e;
        } catch (FSError e) { // Hadoop's local file system throws an error
          throw new IOException(e.getMessage(), e);
        }
        if (waitingFor.isEmpty()) {
          return;
        }
        if (System.nanoTime() - start > timeout.toNanos()) {
          throw new IOException(
              String.format(
                  Locale.ROOT,
                  "the checkpoint at step %d was not written to %s within %d s"
                      + " (checkpoint.timeout): %s",
                  step,
                  store.folder(),
                  timeout.toSeconds(),
                  waitingFor.get()),
              cause);
        }
        Thread.sleep(pause.toMillis());
        pause = pause.multipliedBy(2);
        pause = pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
      }
    }

    private static boolean lasts(Throwable failure) {
      if (failure instanceof LeaseLostException) {
        return true;
      }
      return StoreFault.of(failure)
          .filter(fault -> fault == StoreFault.FULL || fault.isMistake())
          .isPresent();
    }
  }
}
