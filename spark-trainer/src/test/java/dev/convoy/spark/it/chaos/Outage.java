package dev.convoy.spark.it.chaos;

import java.time.Duration;

/** What one fault costs: the time until a new step is done, and the steps that are done again. */
final class Outage {
  private final boolean endsAttempt;
  private final long start;
  private long lastStep;
  private long longest;
  private long endOfLongest;
  private long redone;
  private boolean repaired;
  private boolean wentOn;
  private boolean newStep;
  private boolean newCheckpoint;

  /**
   * Begins now.
   *
   * @param endsAttempt whether another attempt is sure to begin
   */
  Outage(boolean endsAttempt, long now) {
    this.endsAttempt = endsAttempt;
    start = now;
    lastStep = now;
    endOfLongest = now;
  }

  /** Counts a step beyond all that were done before. */
  void advanced(long now) {
    if (now - lastStep > longest) {
      longest = now - lastStep;
      endOfLongest = now;
    }
    lastStep = now;
    newStep = true;
  }

  /** Takes note of a checkpoint, which proves that the output is in order, too. */
  void checkpointed() {
    newCheckpoint = newStep;
  }

  /** Counts the begin of an attempt, which does this many steps again. */
  void wentOn(long stepsAgain) {
    wentOn = true;
    redone += stepsAgain;
    newStep = false;
    newCheckpoint = false;
  }

  /** Says that what was broken on purpose is whole again. */
  void repaired() {
    if (!wentOn) {
      newStep = false;
      newCheckpoint = false;
    }
    repaired = true;
  }

  /** Returns whether the fault was overcome: what comes now has no part in it. */
  boolean isOver() {
    return repaired && newCheckpoint && (wentOn || !endsAttempt);
  }

  /** Returns the time from the fault until the first step after the run stood still. */
  Duration recovery() {
    return Duration.ofNanos(endOfLongest - start);
  }

  long redone() {
    return redone;
  }

  boolean hasBegunAnotherAttempt() {
    return wentOn;
  }
}
