package dev.convoy.collective.transport;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;

/**
 * The thread that sends to one peer, so that the collective's own thread can read peers one after
 * the other: no rank ever waits for space in a socket's buffer before it reads.
 */
final class Sender {
  private final Peer peer;
  private final FrameWriter writer;
  private Outgoing work;
  private boolean closed;

  Sender(Peer peer, FrameWriter writer) {
    this.peer = peer;
    this.writer = writer;
    Thread thread = new Thread(this::run, "convoy-send-" + peer.rank());
    thread.setDaemon(true);
    thread.start();
  }

  /** Starts sending; everything sent before must be done. Does nothing once closed. */
  synchronized void begin(Outgoing outgoing) {
    if (!closed) {
      work = outgoing;
      notifyAll();
    }
  }

  /** Waits until the kernel has taken everything, or sending has failed. */
  synchronized void awaitDone() throws InterruptedException {
    while (work != null) {
      wait();
    }
  }

  synchronized void close() {
    closed = true;
    writer.close();
    notifyAll();
  }

  private void run() {
    try {
      for (Outgoing next = next(); next != null; next = next()) {
        send(next);
        done();
      }
    } catch (InterruptedException e) {
      // Only a JVM that is shutting down interrupts this thread.
      Thread.currentThread().interrupt();
    }
  }

  private void send(Outgoing outgoing) {
    try {
      outgoing.writeTo(writer);
      writer.flush();
    } catch (ClosedChannelException e) {
      // This rank closed the channel; the code that did so records the cause.
    } catch (IOException | RuntimeException | Error e) {
      // The first cause is thrown by the collective's own thread, which this wakes.
      peer.fail(outgoing.operation(), e);
    }
  }

  private synchronized Outgoing next() throws InterruptedException {
    while (work == null && !closed) {
      wait();
    }
    return work;
  }

  private synchronized void done() {
    work = null;
    notifyAll();
  }
}
