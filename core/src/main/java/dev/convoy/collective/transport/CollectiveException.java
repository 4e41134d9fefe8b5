package dev.convoy.collective.transport;

/**
 * Thrown if an exchange between ranks cannot be completed; its message is one sentence that names
 * the peer. The mesh is then closed: the attempt is over, and the next one opens a new mesh.
 *
 * <p>When one rank fails, its peers soon see it close its connections. Among the exceptions of
 * several ranks, the one whose {@link Kind} comes first in the enumeration is closest to the root
 * cause.
 */
public final class CollectiveException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What happened, in the order from root causes to their consequences. */
  public enum Kind {
    /** This rank failed on its own, for lack of memory for example; see the cause. */
    INTERNAL,
    /** The peer violated the protocol. */
    PROTOCOL,
    /** The peer did not prove that it belongs to this attempt of this job. */
    REFUSED,
    /** The peer sent nothing, or received nothing, within the time-out. */
    SILENT,
    /** The peer could not be reached. */
    UNREACHABLE,
    /** The peer closed its connection, or its process or host is gone. */
    CLOSED,
    /** This rank was told to stop. */
    INTERRUPTED
  }

  private final Kind kind;
  private final Operation operation;
  private final int peer;

  CollectiveException(Kind kind, Operation operation, int peer, String sentence, Throwable cause) {
    super(sentence, cause);
    this.kind = kind;
    this.operation = operation;
    this.peer = peer;
  }

  /** Returns what happened. */
  public Kind kind() {
    return kind;
  }

  /** Returns the operation that failed. */
  public Operation operation() {
    return operation;
  }

  /** Returns the rank at the other end. */
  public int peer() {
    return peer;
  }
}
