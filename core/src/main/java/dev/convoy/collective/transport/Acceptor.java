package dev.convoy.collective.transport;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;

/**
 * Accepts connections until every higher partner has proved itself. Each pending connection does
 * its handshake in a thread of its own, so that a silent one does not block the others; a
 * connection that fails the handshake is closed, and the acceptor goes on.
 */
final class Acceptor implements Closeable {
  /** How long a pending connection may take for the handshake. */
  private static final Duration HANDSHAKE_TIMEOUT = Duration.ofSeconds(5);

  /** How many handshakes run at once. */
  private static final int HANDSHAKES = 64;

  private final MeshOptions options;
  private final Handshake handshake;
  private final Deadline deadline;
  private final ServerSocketChannel server;
  private final Semaphore handshakeSlots = new Semaphore(HANDSHAKES);
  private final Set<Integer> expected;
  private final NavigableMap<Integer, Connection> arrived = new TreeMap<>();

  /** The oldest first. */
  private final Set<SocketChannel> pendingConnections = new LinkedHashSet<>();

  private String lastRefusal = "";
  private DisagreementException disagreement;
  private boolean closed;

  /**
   * @param expected the ranks that connect here
   */
  Acceptor(MeshOptions options, Set<Integer> expected, Handshake handshake, Deadline deadline) {
    this.options = options;
    this.expected = expected;
    this.handshake = handshake;
    this.deadline = deadline;
    server = options.server();
    start("convoy-accept", this::acceptAll);
  }

  /** Waits for the connections of all higher partners; in rank order. */
  synchronized List<Connection> await() {
    List<Integer> missing = missing();
    while (!missing.isEmpty()) {
      if (disagreement != null) {
        throw Connection.failure(disagreement.peer(), options, disagreement);
      }
      if (deadline.isPast()) {
        throw late(missing);
      }
      try {
        wait(deadline.millis());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new CollectiveException(
            CollectiveException.Kind.INTERRUPTED,
            Operation.CONNECT,
            missing.get(0),
            "connect was interrupted while waiting for " + options.name(missing.get(0)),
            e);
      }
      missing = missing();
    }
    List<Connection> connections = new ArrayList<>(arrived.values());
    arrived.clear();
    return connections;
  }

  private CollectiveException late(List<Integer> missing) {
    return new CollectiveException(
        CollectiveException.Kind.SILENT,
        Operation.CONNECT,
        missing.get(0),
        String.join(", ", missing.stream().map(options::name).toList())
            + " did not connect to "
            + options.name(options.rank())
            + " within "
            + Seconds.of(options.connectTimeout())
            + lastRefusal,
        null);
  }

  private List<Integer> missing() {
    return expected.stream().filter(rank -> !arrived.containsKey(rank)).toList();
  }

  private void acceptAll() {
    try {
      while (true) {
        SocketChannel pendingConnection = server.accept();
        if (!handshakeSlots.tryAcquire()) {
          closeOldestPending();
          handshakeSlots.acquire();
        }
        if (addPending(pendingConnection)) {
          start("convoy-handshake", () -> performHandshake(pendingConnection));
        }
      }
    } catch (IOException | InterruptedException e) {
      // The server socket is closed: by close(), or await() will report a time-out.
      return;
    }
  }

  /**
   * Makes room. A rank proves itself within milliseconds; who has been pending for the longest is
   * most likely a stranger that says nothing.
   */
  private synchronized void closeOldestPending() {
    Iterator<SocketChannel> oldestFirst = pendingConnections.iterator();
    if (oldestFirst.hasNext()) {
      Connection.closeQuietly(oldestFirst.next());
      oldestFirst.remove();
    }
  }

  private synchronized boolean addPending(SocketChannel pendingConnection) {
    if (closed) {
      Connection.closeQuietly(pendingConnection);
    } else {
      pendingConnections.add(pendingConnection);
    }
    return !closed;
  }

  private void performHandshake(SocketChannel pendingConnection) {
    String who = "somebody";
    try {
      who = String.valueOf(pendingConnection.getRemoteAddress());
      admit(
          Connection.from(
              pendingConnection, handshake, deadline.earlier(Deadline.in(HANDSHAKE_TIMEOUT))));
    } catch (DisagreementException e) {
      disagree(pendingConnection, e);
    } catch (IOException e) {
      refuse(pendingConnection, "; the last one refused, " + who + ", " + e.getMessage());
    } finally {
      handshakeSlots.release();
    }
  }

  private synchronized void refuse(SocketChannel pendingConnection, String reason) {
    Connection.closeQuietly(pendingConnection);
    pendingConnections.remove(pendingConnection);
    lastRefusal = reason;
  }

  /** Waiting longer does not help: this is a rank of the job, and will not come again. */
  private synchronized void disagree(
      SocketChannel pendingConnection, DisagreementException failure) {
    Connection.closeQuietly(pendingConnection);
    pendingConnections.remove(pendingConnection);
    disagreement = failure;
    notifyAll();
  }

  private synchronized void admit(Connection connection) {
    pendingConnections.remove(connection.channel());
    int peer = connection.session().peer();
    if (closed || arrived.containsKey(peer)) {
      Connection.closeQuietly(connection);
    } else {
      arrived.put(peer, connection);
      notifyAll();
    }
  }

  /** Closes the server socket and everything that {@link #await} did not hand out. */
  @Override
  public synchronized void close() {
    closed = true;
    Connection.closeQuietly(server);
    pendingConnections.forEach(Connection::closeQuietly);
    arrived.values().forEach(Connection::closeQuietly);
  }

  private static void start(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
  }
}
