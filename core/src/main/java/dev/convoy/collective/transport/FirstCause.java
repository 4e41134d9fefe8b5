package dev.convoy.collective.transport;

import java.nio.channels.ClosedChannelException;
import java.util.List;

/**
 * The first failure of a mesh. It closes every connection, which wakes the threads that are blocked
 * on one; the failures that these then report are added to the first one as suppressed.
 */
final class FirstCause {
  private final List<Connection> connections;
  private CollectiveException first;
  private boolean closed;

  FirstCause(List<Connection> connections) {
    this.connections = List.copyOf(connections);
  }

  /** Records {@code failure} and returns the first one, to be thrown. */
  synchronized CollectiveException record(CollectiveException failure) {
    if (first == null) {
      first = failure;
      closeConnections();
    } else if (!(failure.getCause() instanceof ClosedChannelException)) {
      first.addSuppressed(failure);
    }
    return first;
  }

  /** Throws if the mesh cannot be used any more. */
  synchronized void check() {
    if (first != null) {
      throw first;
    }
    if (closed) {
      throw new IllegalStateException("the mesh is closed");
    }
  }

  /** Closes the connections at the end of their use. */
  synchronized void close() {
    closed = true;
    closeConnections();
  }

  private void closeConnections() {
    connections.forEach(Connection::closeQuietly);
  }
}
