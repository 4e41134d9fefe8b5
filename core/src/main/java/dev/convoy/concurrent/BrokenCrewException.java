package dev.convoy.concurrent;

/** Another worker of the crew has failed; its failure is the one to report. */
public final class BrokenCrewException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  BrokenCrewException() {
    super("another worker of the crew has failed");
  }
}
