package dev.convoy.collective.transport;

import java.io.IOException;
import java.net.ProtocolException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.util.concurrent.atomic.AtomicLong;

/** Another rank, to which the collective's thread sends frames and from which it receives them. */
public final class Peer {
  private final int rank;
  private final String name;
  private final FrameInput input;
  private final Sender sender;
  private final Traffic incoming;
  private final Traffic outgoing;
  private final Watchdog watchdog;

  /** Used by the thread that uses the mesh. */
  private long waitedNanos;

  private final FirstCause firstCause;
  private final CurrentStep step;

  Peer(
      Connection connection,
      MeshOptions options,
      ChunkBuffer receiveBuffer,
      AtomicLong bytesSent,
      AtomicLong bytesReceived,
      Watchdog watchdog,
      FirstCause firstCause,
      CurrentStep step) {
    Session session = connection.session();
    rank = session.peer();
    name = options.name(rank);
    incoming = new Traffic(bytesReceived);
    outgoing = new Traffic(bytesSent);
    this.watchdog = watchdog;
    this.firstCause = firstCause;
    this.step = step;
    SocketChannel channel = connection.channel();
    if (options.encrypt()) {
      input = new ReadAhead(rank, channel, new Decryption(session.receiveKey()), incoming);
      FrameOutput output = new PipelinedOutput(rank, channel, outgoing);
      sender = new Sender(this, new FrameWriter(output, new Encryption(session.sendKey())));
    } else {
      input = new FrameReader(channel, receiveBuffer, incoming);
      FrameOutput output = new BlockingOutput(channel, outgoing);
      sender = new Sender(this, new FrameWriter(output, new Checksum()));
    }
  }

  /** Returns the bytes outside the heap that a peer takes, apart from the buffer to receive. */
  static long offHeapBytes(boolean encrypt) {
    return encrypt
        ? (long) PipelinedOutput.BUFFERS * ChunkBuffer.BYTES + ReadAhead.PIECE_BYTES
        : ChunkBuffer.BYTES;
  }

  /** Returns the bytes of heap that a peer takes. */
  static long heapBytes(boolean encrypt) {
    return encrypt ? Encryption.HEAP_BYTES + ReadAhead.heapBytes() : 0;
  }

  int rank() {
    return rank;
  }

  /** Starts sending in the background; everything sent to this peer before must be done. */
  public void send(Outgoing what) {
    sender.begin(what);
  }

  /** Waits until everything is sent to this peer; what was given may change afterwards. */
  public void awaitSent(Operation during) {
    watchdog.await(this, Waiting.TO_SEND, during);
    try {
      sender.awaitDone();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw fail(during, e);
    }
    firstCause.check();
  }

  /** Receives the next frame, {@code length} floats, to {@code into} from {@code from} on. */
  public void receive(Operation during, float[] into, int from, int length) {
    receive(during, into, from, null, length);
  }

  /**
   * Receives the next frame, {@code length} floats, piece by piece once it is known to be intact.
   */
  public void receive(Operation during, PieceSink sink, int length) {
    receive(during, null, 0, sink, length);
  }

  private void receive(Operation during, float[] into, int from, PieceSink sink, int length) {
    watchdog.await(this, Waiting.TO_RECEIVE, during);
    long start = System.nanoTime();
    try {
      if (sink == null) {
        input.read(during, into, from, length);
      } else {
        input.read(during, sink, length);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw fail(during, e);
    } catch (IOException | RuntimeException e) {
      throw fail(during, e);
    }
    waitedNanos += System.nanoTime() - start;
  }

  /** Returns how long this rank has waited for frames of the peer since the last call. */
  public long takeWaitedNanos() {
    long nanos = waitedNanos;
    waitedNanos = 0;
    return nanos;
  }

  /** Returns the {@link System#nanoTime} of the last byte in the direction that is waited for. */
  long lastMovedNanos(Waiting waiting) {
    return (waiting == Waiting.TO_SEND ? outgoing : incoming).lastNanos();
  }

  /** Fails the whole mesh; returns its first failure, which may be another one. */
  CollectiveException fail(Operation during, Throwable e) {
    CollectiveException.Kind kind = CollectiveException.Kind.CLOSED;
    String sentence = this + " closed the connection during " + during.label();
    if (e instanceof InterruptedException || e instanceof ClosedByInterruptException) {
      kind = CollectiveException.Kind.INTERRUPTED;
      sentence = during.label() + " was interrupted while waiting for " + this;
    } else if (e instanceof ClosedChannelException) {
      sentence = "this rank closed its connection to " + this + " during " + during.label();
    } else if (e instanceof ProtocolException) {
      kind = CollectiveException.Kind.PROTOCOL;
      sentence = this + " " + e.getMessage() + " (during " + during.label() + step + ")";
    } else if (!(e instanceof IOException)) {
      kind = CollectiveException.Kind.INTERNAL;
      sentence = "the exchange with " + this + " failed during " + during.label() + ": " + e;
    }
    return firstCause.record(new CollectiveException(kind, during, rank, sentence, e));
  }

  void close() {
    input.close();
    sender.close();
  }

  @Override
  public String toString() {
    return name;
  }
}
