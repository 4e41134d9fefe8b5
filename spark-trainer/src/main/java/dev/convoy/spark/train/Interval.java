package dev.convoy.spark.train;

import dev.convoy.spark.config.Span;
import java.util.Optional;

/** A period in steps: a pure function of the step, so that a resumed run keeps to it. */
final class Interval {
  private static final long NEVER = Long.MAX_VALUE;

  private final long every;

  private Interval(long every) {
    this.every = every;
  }

  static Interval of(Optional<? extends Span> every, long stepsPerEpoch) {
    return new Interval(every.map(span -> span.inSteps(stepsPerEpoch)).orElse(NEVER));
  }

  static Interval everySteps(long steps) {
    return new Interval(steps);
  }

  /** Returns whether it never comes. */
  boolean never() {
    return every == NEVER;
  }

  /** Returns whether it came since {@code last} steps were done, now that {@code steps} are. */
  boolean due(long last, long steps) {
    return steps / every > last / every;
  }
}
