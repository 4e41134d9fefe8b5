package dev.convoy.spark.train;

import dev.convoy.spark.config.Span;
import java.util.Optional;

/** Every so many steps: a pure function of the step, so that a resumed run keeps time. */
final class Cadence {
  private static final long NEVER = Long.MAX_VALUE;

  private final long every;

  private Cadence(long every) {
    this.every = every;
  }

  static Cadence of(Optional<? extends Span> every, long stepsPerEpoch) {
    return new Cadence(every.map(span -> span.inSteps(stepsPerEpoch)).orElse(NEVER));
  }

  static Cadence everySteps(long steps) {
    return new Cadence(steps);
  }

  /** Whether it never comes. */
  boolean never() {
    return every == NEVER;
  }

  /** Whether it came since {@code last} steps were done, now that {@code steps} are. */
  boolean due(long last, long steps) {
    return steps / every > last / every;
  }
}
