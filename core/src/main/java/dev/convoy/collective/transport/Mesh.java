package dev.convoy.collective.transport;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The ranks of one attempt, each pair connected by one duplex TCP connection over which both have
 * proved that they belong to the job. Used by one thread at a time; every rank must run the same
 * operations in the same order.
 *
 * <p>Memory outside the heap: 1 MiB per peer for sending and 1 MiB for receiving from all of them;
 * twice that with encryption.
 */
public final class Mesh implements AutoCloseable {
  private final MeshOptions options;
  private final AtomicLong bytesSent = new AtomicLong();
  private final AtomicLong bytesReceived = new AtomicLong();
  private final FirstCause firstCause;
  private final Watchdog watchdog;

  /** The peer of each rank; null for this rank. */
  private final Peer[] peers;

  private Mesh(MeshOptions options, List<Connection> connections) {
    this.options = options;
    firstCause = new FirstCause(connections);
    watchdog = new Watchdog(firstCause, options.timeout());
    peers = new Peer[options.ranks()];
    ChunkBuffer receiveBuffer = new ChunkBuffer(options.encrypt());
    for (Connection connection : connections) {
      peers[connection.session().peer()] =
          new Peer(
              connection, options, receiveBuffer, bytesSent, bytesReceived, watchdog, firstCause);
    }
  }

  /**
   * Connects to all lower ranks and waits for all higher ones. Closes the server socket in any
   * case.
   *
   * @throws CollectiveException if a peer does not come in time, cannot be reached or does not
   *     prove itself
   */
  public static Mesh open(MeshOptions options) {
    if (options.ranks() == 1) {
      Connection.closeQuietly(options.server());
      return new Mesh(options, List.of());
    }
    Deadline deadline = Deadline.in(options.connectTimeout());
    Handshake handshake = new Handshake(options);
    List<Connection> connections = new ArrayList<>();
    try (Acceptor acceptor = new Acceptor(options, handshake, deadline)) {
      for (int lower = 0; lower < options.rank(); lower++) {
        connections.add(Connection.to(lower, options, handshake, deadline));
      }
      connections.addAll(acceptor.await());
      return new Mesh(options, connections);
    } catch (RuntimeException | Error e) {
      connections.forEach(Connection::closeQuietly);
      throw e;
    }
  }

  /** Returns the bytes outside the heap that a mesh of this many ranks takes on each of them. */
  public static long offHeapBytes(int ranks, boolean encrypt) {
    // One buffer to receive from any peer, and one to send to each of them.
    return ranks * ChunkBuffer.bytes(encrypt);
  }

  /** Returns the number of this rank, from 0. */
  public int rank() {
    return options.rank();
  }

  /** Returns the number of ranks. */
  public int ranks() {
    return options.ranks();
  }

  /** Returns the bytes of frames sent to all peers so far; any thread may call it. */
  public long bytesSent() {
    return bytesSent.get();
  }

  /** Returns the bytes of frames received from all peers so far; any thread may call it. */
  public long bytesReceived() {
    return bytesReceived.get();
  }

  /** Returns the connection to {@code rank}; null for this rank. */
  public Peer peer(int rank) {
    return peers[rank];
  }

  /** Starts an operation: begins to send to every peer what {@code outgoing} has at its rank. */
  public void begin(Outgoing[] outgoing) {
    firstCause.check();
    for (Peer peer : peers) {
      if (peer != null) {
        peer.send(outgoing[peer.rank()]);
      }
    }
  }

  /**
   * Ends an operation: waits until everything is sent, then throws what went wrong, if anything.
   */
  public void end(Operation operation) {
    for (Peer peer : peers) {
      if (peer != null) {
        peer.awaitSent(operation);
      }
    }
    watchdog.idle();
    firstCause.check();
  }

  /** Closes all connections; an operation under way on another thread fails. */
  @Override
  public void close() {
    firstCause.close();
    watchdog.close();
    for (Peer peer : peers) {
      if (peer != null) {
        peer.close();
      }
    }
  }
}
