package dev.convoy.spark.it.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How far a run has come, and what the fault that is under way costs it. */
final class Progress {
  private static final Pattern GOING_ON =
      Pattern.compile("going on after step (\\d+)(?:, from memory,)? with .*");

  private final MetricsTail metrics;
  private long step;
  private long firstStepNanos;
  private Outage outage = new Outage(false, System.nanoTime());
  private int attempts;

  Progress(Path metricsFile) {
    metrics = new MetricsTail(metricsFile);
  }

  /** Looks for new steps. */
  synchronized void poll() {
    try {
      OptionalLong newest = metrics.read();
      if (newest.isPresent() && newest.getAsLong() > step) {
        if (step == 0) {
          firstStepNanos = System.nanoTime();
        }
        step = newest.getAsLong();
        outage.advanced(System.nanoTime());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Takes a line of the driver's. */
  synchronized void line(String line) {
    Matcher goingOn = GOING_ON.matcher(line);
    if (goingOn.matches()) {
      poll();
      attempts++;
      outage.wentOn(Math.max(0, step - Long.parseLong(goingOn.group(1))));
    } else if (line.startsWith("checkpoint at step ")) {
      poll();
      outage.checkpointed();
    }
  }

  /** Begins to count for another fault. */
  synchronized Outage begin(boolean endsAttempt) {
    poll();
    outage = new Outage(endsAttempt, System.nanoTime());
    return outage;
  }

  synchronized boolean isOver(Outage of) {
    return of.isOver();
  }

  synchronized void repaired(Outage of) {
    of.repaired();
  }

  /** Returns the greatest step that was done. */
  synchronized long step() {
    return step;
  }

  /** Returns how often the run has gone on from a step. */
  synchronized int attempts() {
    return attempts;
  }

  /** Returns the time of the first step, by {@link System#nanoTime()}. */
  synchronized long firstStepNanos() {
    return firstStepNanos;
  }
}
