package dev.convoy.data.loader;

/**
 * How far loading runs ahead.
 *
 * @param steps buffers for so many steps are kept, that of the step being worked on included
 * @param threads that read and augment
 */
public record Prefetch(int steps, int threads) {
  /** One thread, one step ahead: enough where images need no decoding. */
  public static final Prefetch DEFAULT = new Prefetch(2, 1);

  /** Checks that there is a buffer and a thread. */
  public Prefetch {
    if (steps < 1 || threads < 1) {
      throw new IllegalArgumentException(
          "loading ahead needs a step and a thread, not " + steps + " and " + threads);
    }
  }
}
