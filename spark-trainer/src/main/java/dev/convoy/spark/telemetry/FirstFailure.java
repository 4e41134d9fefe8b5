package dev.convoy.spark.telemetry;

import java.util.Optional;

/** Remembers the first failure of an attempt that another attempt would not heal. */
public final class FirstFailure implements RunListener {
  private LastingFailure failure;

  @Override
  public synchronized void onLastingFailure(LastingFailure said) {
    if (failure == null) {
      failure = said;
    }
  }

  /** Returns the first, if there was one. */
  public synchronized Optional<LastingFailure> failure() {
    return Optional.ofNullable(failure);
  }
}
