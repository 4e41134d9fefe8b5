package dev.convoy.concurrent;

/**
 * Thrown at a barrier if another worker of the team has failed, whose failure is the one to report,
 * or if this worker was interrupted there.
 */
public final class BrokenTeamException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  BrokenTeamException() {
    super("another worker of the team has failed");
  }
}
