package dev.convoy.collective.transport;

/** The number of the training step that a mesh is used in, for messages. */
final class CurrentStep {
  private static final long UNKNOWN = -1;

  private volatile long step = UNKNOWN;

  void set(long number) {
    step = number;
  }

  /** Returns {@code " of step 12"}, or nothing while no step has been set. */
  @Override
  public String toString() {
    return step == UNKNOWN ? "" : " of step " + step;
  }
}
