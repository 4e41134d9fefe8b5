package dev.convoy.collective.transport;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The ranks of one attempt. A rank has a duplex TCP connection to each of its partners, over which
 * both have proved that they belong to the job; connections, threads and memory grow with the
 * number of partners, not of ranks. Used by one thread at a time; every rank must run the same
 * operations in the same order.
 *
 * <p>In the clear a partner takes a thread and a buffer of a chunk to send from, and all share the
 * buffer and the caller's thread to receive. With encryption a partner has threads of its own that
 * encrypt, write, and read and decrypt ahead, each with its buffers.
 */
public final class Mesh implements AutoCloseable {
  private final MeshOptions options;
  private final AtomicLong bytesSent = new AtomicLong();
  private final AtomicLong bytesReceived = new AtomicLong();
  private final CurrentStep step = new CurrentStep();
  private final FirstCause firstCause;
  private final Watchdog watchdog;

  /** The partners, ascending. */
  private final Peer[] partners;

  /** The peer of each rank; null for this rank and those that are no partners. */
  private final Peer[] peers;

  private Mesh(MeshOptions options, List<Connection> connections) {
    this.options = options;
    firstCause = new FirstCause(connections);
    watchdog = new Watchdog(firstCause, options.timeout());
    peers = new Peer[options.ranks()];
    boolean shared = !connections.isEmpty() && !options.encrypt();
    ChunkBuffer receiveBuffer = shared ? new ChunkBuffer() : null;
    for (Connection connection : connections) {
      peers[connection.session().peer()] =
          new Peer(
              connection,
              options,
              receiveBuffer,
              bytesSent,
              bytesReceived,
              watchdog,
              firstCause,
              step);
    }
    partners = Arrays.stream(peers).filter(Objects::nonNull).toArray(Peer[]::new);
  }

  /** Connects this rank to all others, as {@link #open(MeshOptions, Set)} does to some. */
  public static Mesh open(MeshOptions options) {
    return open(
        options,
        IntStream.range(0, options.ranks())
            .filter(rank -> rank != options.rank())
            .boxed()
            .collect(Collectors.toSet()));
  }

  /**
   * Connects this rank to its partners: to the lower ones, while it waits for the higher ones.
   * Closes the server socket in any case.
   *
   * @param options who the ranks are
   * @param partners the ranks that this one exchanges frames with; each must name this rank, too
   * @throws CollectiveException if a partner does not come in time, cannot be reached or does not
   *     prove itself
   */
  public static Mesh open(MeshOptions options, Set<Integer> partners) {
    NavigableSet<Integer> sorted = new TreeSet<>(partners);
    for (int partner : sorted) {
      if (partner < 0 || partner >= options.ranks() || partner == options.rank()) {
        Connection.closeQuietly(options.server());
        throw new IllegalArgumentException(
            "rank "
                + options.rank()
                + " of "
                + options.ranks()
                + " cannot have rank "
                + partner
                + " as a partner");
      }
    }
    if (sorted.isEmpty()) {
      Connection.closeQuietly(options.server());
      return new Mesh(options, List.of());
    }
    Deadline deadline = Deadline.in(options.connectTimeout());
    NavigableSet<Integer> higher = sorted.tailSet(options.rank(), false);
    Handshake handshake = new Handshake(options, higher);
    List<Connection> connections = new ArrayList<>();
    try (Acceptor acceptor = new Acceptor(options, higher, handshake, deadline)) {
      for (int lower : sorted.headSet(options.rank())) {
        connections.add(Connection.to(lower, options, handshake, deadline));
      }
      connections.addAll(acceptor.await());
      return new Mesh(options, connections);
    } catch (RuntimeException | Error e) {
      connections.forEach(Connection::closeQuietly);
      throw e;
    }
  }

  /** Returns the bytes outside the heap that a mesh takes on a rank with so many partners. */
  public static long offHeapBytes(int partners, boolean encrypt) {
    // In the clear, one buffer receives from any partner.
    long shared = partners == 0 || encrypt ? 0 : ChunkBuffer.BYTES;
    return shared + partners * Peer.offHeapBytes(encrypt);
  }

  /** Returns the bytes of heap that a mesh takes on a rank with so many partners. */
  public static long heapBytes(int partners, boolean encrypt) {
    return partners * Peer.heapBytes(encrypt);
  }

  /** Returns the number of this rank, from 0. */
  public int rank() {
    return options.rank();
  }

  /** Returns the host of a rank, for messages. */
  public String host(int rank) {
    return options.addresses().get(rank).getHostString();
  }

  /** Returns the number of ranks. */
  public int ranks() {
    return options.ranks();
  }

  /** Says which training step the next operations belong to, for messages. */
  public void step(long number) {
    step.set(number);
  }

  /** Returns the bytes of frames sent to all peers so far; any thread may call it. */
  public long bytesSent() {
    return bytesSent.get();
  }

  /** Returns the bytes of frames received from all peers so far; any thread may call it. */
  public long bytesReceived() {
    return bytesReceived.get();
  }

  /**
   * Returns the connection to a partner.
   *
   * @throws IllegalStateException if {@code rank} is no partner of this rank
   */
  public Peer peer(int rank) {
    if (peers[rank] == null) {
      throw new IllegalStateException(
          options.name(rank) + " is no partner of " + options.name(options.rank()));
    }
    return peers[rank];
  }

  /**
   * Returns the partner whose frames this rank has waited for the longest since the last call; this
   * rank's own number if it has waited for none.
   */
  public int takeLongestAwaited() {
    int rank = options.rank();
    long longest = 0;
    for (Peer partner : partners) {
      long nanos = partner.takeWaitedNanos();
      if (nanos > longest) {
        longest = nanos;
        rank = partner.rank();
      }
    }
    return rank;
  }

  /**
   * Starts an operation with all partners: begins to send to each what is given at its rank, which
   * is nothing where it is null.
   */
  public void begin(Outgoing[] outgoing) {
    begin();
    for (Peer partner : partners) {
      partner.send(outgoing[partner.rank()]);
    }
  }

  /** Starts an operation in which each {@link Peer#send} is up to the caller. */
  public void begin() {
    firstCause.check();
  }

  /**
   * Ends an operation: waits until everything is sent, then throws what went wrong, if anything.
   */
  public void end(Operation operation) {
    for (Peer partner : partners) {
      partner.awaitSent(operation);
    }
    watchdog.idle();
    firstCause.check();
  }

  /** Closes all connections; an operation under way on another thread fails. */
  @Override
  public void close() {
    firstCause.close();
    watchdog.close();
    for (Peer partner : partners) {
      partner.close();
    }
  }
}
