package dev.convoy.spark.train;

import dev.convoy.collective.Collective;
import dev.convoy.optim.Plateau;
import dev.convoy.train.StateSlice;
import dev.convoy.train.Synchronization;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Saves checkpoints beside the training: between two steps each rank copies what it saves, and a
 * thread of its own writes the copy ({@link CheckpointFiles}). So a store that is slow, or away for
 * a while, delays a checkpoint, but no step.
 */
final class CheckpointWriter implements AutoCloseable {
  /** How a request to save was answered, the same on all ranks. */
  enum Answer {
    /** It is being written. */
    BEGUN,
    /** The one before is still being written; this one is left out. */
    SKIPPED,
    /** The optimizer's state is not finite, so there is nothing worth saving. */
    NOT_FINITE
  }

  private static final Duration PAUSE = Duration.ofMillis(20);

  /** How long an interrupted writer may take to end; longer only if the store does not let go. */
  private static final int LAST_SECONDS = 5;

  private final CheckpointFiles files;
  private final RunPlan plan;
  private final Collective collective;
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          work -> {
            Thread writer = new Thread(work, "convoy-checkpoint");
            writer.setDaemon(true);
            return writer;
          });

  /** The newest checkpoint of this rank that was begun; null before the first. */
  private Future<?> writing;

  CheckpointWriter(CheckpointFiles files, RunPlan plan, Collective collective) {
    this.files = files;
    this.plan = plan;
    this.collective = collective;
  }

  /**
   * Begins to save a step that is complete, with finite weights; every rank must call it.
   *
   * @param last whether no step follows that could be delayed: it is saved in any case then
   */
  Answer save(long step, Synchronization synchronization, Plateau.State plateau, boolean last)
      throws IOException, InterruptedException {
    if (!doAllAgree(synchronization.state().stream().allMatch(CheckpointWriter::isFinite))) {
      return Answer.NOT_FINITE;
    }
    while (!doAllAgree(writing == null || writing.isDone())) {
      if (!last) {
        return Answer.SKIPPED;
      }
      // Asking again and again, no rank is silent for longer than a collective's time-out.
      Thread.sleep(PAUSE.toMillis());
      check();
    }
    CheckpointSnapshot snapshot =
        CheckpointSnapshot.of(
            step, plan.network(), synchronization, plateau, collective.rank() == 0);
    writing =
        thread.submit(
            () -> {
              files.write(snapshot);
              return null;
            });
    return Answer.BEGUN;
  }

  /**
   * Fails if a checkpoint could not be written.
   *
   * @throws IOException why
   */
  void check() throws IOException, InterruptedException {
    if (writing != null && writing.isDone()) {
      await();
    }
  }

  /**
   * Waits until the newest checkpoint that was begun is written; on rank 0, until it is published.
   *
   * @throws IOException why it could not be
   */
  void await() throws IOException, InterruptedException {
    if (writing == null) {
      return;
    }
    try {
      writing.get();
    } catch (ExecutionException e) {
      throw unwrapped(e.getCause());
    }
  }

  /** Throws or returns what the writing threw. */
  private static IOException unwrapped(Throwable cause) throws InterruptedException {
    if (cause instanceof IOException io) {
      return io;
    }
    if (cause instanceof InterruptedException interruption) {
      throw interruption;
    }
    if (cause instanceof RuntimeException exception) {
      throw exception;
    }
    if (cause instanceof Error error) {
      throw error;
    }
    return new IOException(cause);
  }

  private static boolean isFinite(StateSlice slice) {
    for (float value : slice.values()) {
      if (!Float.isFinite(value)) {
        return false;
      }
    }
    return true;
  }

  /** Returns whether all ranks agree. */
  private boolean doAllAgree(boolean agree) {
    float[] denials = new float[collective.ranks()];
    denials[collective.rank()] = agree ? 0 : 1;
    collective.allGather(denials, collective.equalRanges(1));
    for (float denial : denials) {
      if (denial != 0) {
        return false;
      }
    }
    return true;
  }

  /** Ends the writing, finished or not. */
  @Override
  public void close() {
    thread.shutdownNow();
    try {
      thread.awaitTermination(LAST_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
