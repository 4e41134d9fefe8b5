package dev.convoy.fuzz;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Locale;

/**
 * What holds for a reader whatever the input is: it reads it, or it refuses it by an exception that
 * it documents with one sentence, soon, and without taking memory because a number in the input
 * says so.
 */
public final class ReaderContract {
  /** A thousand times what these small inputs take; below it lie pauses of a loaded machine. */
  private static final Duration SOON = Duration.ofSeconds(10);

  /** Beside what it repeats of the input, which a person has written. */
  private static final int LONGEST_SENTENCE = 2_000;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final FuzzTarget target;

  /** Creates the contract of a target. */
  public ReaderContract(FuzzTarget target) {
    this.target = target;
  }

  /**
   * Reads an input.
   *
   * @return whether it was read, not refused
   * @throws AssertionError if the reader breaks the contract
   */
  public boolean check(byte[] input) {
    Reading reading = read(input);
    if (reading.thrown() != null) {
      requireRefusal(reading.thrown(), input.length);
    }
    long most = target.mostAllocated(input.length);
    if (reading.allocated() > most) {
      // The first input that comes somewhere loads classes; the second time only the reader counts.
      reading = read(input);
    }
    if (reading.allocated() > most) {
      throw violation(
          String.format(
              Locale.ROOT,
              "allocates %,d bytes for an input of %,d; allowed are %,d",
              reading.allocated(),
              input.length,
              most),
          reading.thrown());
    }
    if (reading.taken().compareTo(SOON) > 0) {
      throw violation("takes " + reading.taken().toMillis() + " ms", reading.thrown());
    }
    return reading.thrown() == null;
  }

  /** What one attempt came to. */
  private record Reading(Throwable thrown, long allocated, Duration taken) {}

  private Reading read(byte[] input) {
    Throwable thrown = null;
    long started = System.nanoTime();
    long allocatedBefore = THREADS.getCurrentThreadAllocatedBytes();
    try {
      target.read(input);
    } catch (Throwable e) {
      thrown = e;
    }
    long allocated = THREADS.getCurrentThreadAllocatedBytes() - allocatedBefore;
    return new Reading(thrown, allocated, Duration.ofNanos(System.nanoTime() - started));
  }

  private void requireRefusal(Throwable thrown, int inputBytes) {
    if (target.refusals().stream().noneMatch(refusal -> refusal.isInstance(thrown))) {
      throw violation("throws " + thrown, thrown);
    }
    String message = thrown.getMessage();
    if (message == null || message.isBlank()) {
      throw violation("refuses an input without a word", thrown);
    }
    if (message.length() > LONGEST_SENTENCE + 2 * inputBytes) {
      throw violation("refuses an input in " + message.length() + " characters", thrown);
    }
    if (!message.contains(target.named())) {
      throw violation("does not name " + target.named() + " in: " + message, thrown);
    }
  }

  private AssertionError violation(String what, Throwable cause) {
    return new AssertionError("the reader " + target.name() + " " + what, cause);
  }
}
