package dev.convoy.concurrent;

/** Waiting without sleeping: a thread that sleeps is back 50 microseconds late. */
final class Spinning {
  /** Some hundred microseconds. */
  private static final int SPINS = 10_000;

  /** Now and then another thread gets the core: it may be the one that is waited for. */
  private static final int YIELD_EVERY = 128;

  private Spinning() {}

  /** How often to look before going to sleep; not at all where the threads have no core each. */
  static int worthIt(int threads) {
    return threads <= Runtime.getRuntime().availableProcessors() ? SPINS : 0;
  }

  /** Between two looks, of which this is number {@code i}. */
  @SuppressWarnings("ThreadPriorityCheck") // nothing depends on it but how long it takes
  static void pause(int i) {
    if (i % YIELD_EVERY == YIELD_EVERY - 1) {
      Thread.yield();
    } else {
      Thread.onSpinWait();
    }
  }
}
