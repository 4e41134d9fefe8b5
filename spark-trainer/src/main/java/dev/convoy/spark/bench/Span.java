package dev.convoy.spark.bench;

/**
 * How long steps are repeated: at least so many times, and at least so many seconds.
 *
 * @param steps at least
 * @param seconds at least; small networks need thousands of steps until they are compiled
 */
public record Span(int steps, double seconds) {
  /** Before the timed steps. */
  public static final Span WARM_UP = new Span(3, 8);

  /** The timed steps. */
  public static final Span TIMED = new Span(10, 4);

  /** Returns a span of so many steps, however short. */
  public static Span of(int steps) {
    return new Span(steps, 0);
  }

  /**
   * Returns whether more steps are wanted, after {@code done} since {@code start}, a time in ns.
   */
  boolean goesOn(int done, long start) {
    return done < steps || System.nanoTime() - start < seconds * 1e9;
  }
}
