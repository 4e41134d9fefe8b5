package dev.convoy.spark.cluster;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.util.ShutdownHookManager;

/**
 * The last actions of a process that a signal ends. They run before Spark and the file systems are
 * stopped, which is done by later entries of Hadoop's list of shutdown hooks.
 */
public final class Interruption {
  /** Spark's own are below 100. */
  private static final int BEFORE_SPARK = 1_000;

  private static final Duration LONGEST = Duration.ofSeconds(20);
  private static final Duration SIGNAL_ON_ITS_WAY = Duration.ofMillis(500);

  private Interruption() {}

  /**
   * Does {@code work}, and {@code lastWord} if the process is ended meanwhile. What fails because
   * of that end is not told.
   */
  public static <T> T guard(Runnable lastWord, Callable<T> work) throws Exception {
    ShutdownHookManager hooks = ShutdownHookManager.get();
    hooks.addShutdownHook(lastWord, BEFORE_SPARK, LONGEST.toSeconds(), TimeUnit.SECONDS);
    try {
      return work.call();
    } catch (Exception | Error e) {
      awaitEnd();
      throw e;
    } finally {
      if (!isEnding()) {
        hooks.removeShutdownHook(lastWord);
      }
    }
  }

  /**
   * Blocks for good if the process is being ended, for whatever failed then did so because of that,
   * and there is nothing to tell and nothing to go on with. A signal to a whole group of processes
   * may reach the executors a little sooner.
   */
  public static void awaitEnd() {
    try {
      Thread.sleep(SIGNAL_ON_ITS_WAY.toMillis());
      if (isEnding()) {
        new CountDownLatch(1).await();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Returns whether the process is being ended. */
  public static boolean isEnding() {
    return ShutdownHookManager.get().isShutdownInProgress();
  }
}
