package dev.convoy.concurrent;

/** Busy waiting, because a thread that sleeps wakes 50 microseconds late. */
final class Spinning {
  /** Some hundred microseconds. */
  private static final int SPINS = 10_000;

  /** Polls between two yields, which let the thread that is waited for have this core. */
  private static final int YIELD_EVERY = 128;

  private Spinning() {}

  /**
   * Returns how often to poll before going to sleep: never if there are more threads than cores.
   */
  static int polls(int threads) {
    return threads <= Runtime.getRuntime().availableProcessors() ? SPINS : 0;
  }

  /** Pauses between poll {@code i} and the next. */
  @SuppressWarnings("ThreadPriorityCheck") // nothing but the duration depends on it
  static void pause(int i) {
    if (i % YIELD_EVERY == YIELD_EVERY - 1) {
      Thread.yield();
    } else {
      Thread.onSpinWait();
    }
  }
}
