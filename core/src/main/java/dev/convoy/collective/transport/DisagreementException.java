package dev.convoy.collective.transport;

/** Thrown if a peer has proved that it is a rank of this job, but exchanges something else. */
final class DisagreementException extends HandshakeException {
  private static final long serialVersionUID = 1L;

  private final int peer;

  DisagreementException(int peer, String message) {
    super(message);
    this.peer = peer;
  }

  /** Returns the rank at the other end. */
  int peer() {
    return peer;
  }
}
