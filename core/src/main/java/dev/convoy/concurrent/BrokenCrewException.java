package dev.convoy.concurrent;

/**
 * Another worker of the crew has failed, and its failure is the one to report; or this worker was
 * interrupted in a meeting.
 */
public final class BrokenCrewException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  BrokenCrewException() {
    super("another worker of the crew has failed");
  }
}
