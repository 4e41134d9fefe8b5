package dev.convoy.collective.transport;

/**
 * An exchange between ranks that cannot be completed, in one sentence that names the peer. After
 * one the mesh is closed: the attempt is over, the next one opens a new mesh.
 *
 * <p>When one rank fails, its peers soon see it close its connections. Of several ranks' exceptions
 * the one with the {@link Kind} that comes first in the enumeration is nearest to the root.
 */
public final class CollectiveException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What happened, nearest to a root cause first. */
  public enum Kind {
    /** This rank failed on its own, out of memory for example; the cause tells. */
    INTERNAL,
    /** The peer sent what it must not send. */
    PROTOCOL,
    /** The peer did not prove that it belongs to this attempt of this job. */
    REFUSED,
    /** Nothing came from the peer, or it took nothing, for the whole time-out. */
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

  /** What happened. */
  public Kind kind() {
    return kind;
  }

  /** During which operation. */
  public Operation operation() {
    return operation;
  }

  /** The rank at the other end. */
  public int peer() {
    return peer;
  }
}
