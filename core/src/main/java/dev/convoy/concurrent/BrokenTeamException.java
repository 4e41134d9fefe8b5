package dev.convoy.concurrent;

/**
 * Another worker of the team has failed, and its failure is the one to report; or this worker was
 * interrupted at a barrier.
 */
public final class BrokenTeamException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  BrokenTeamException() {
    super("another worker of the team has failed");
  }
}
