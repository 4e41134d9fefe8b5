package dev.convoy.collective.transport;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.WritableByteChannel;

/**
 * Writes frames on a thread of its own, while the caller encrypts the next one into another buffer.
 */
final class PipelinedOutput implements FrameOutput {
  static final int BUFFERS = 2;

  private final WritableByteChannel channel;
  private final Traffic traffic;
  private final ChunkBuffer[] buffers = new ChunkBuffer[BUFFERS];
  private final int[] sizes = new int[BUFFERS];

  /** Frames that the caller has completed, and those of them that the kernel has taken. */
  private long completed;

  private long written;
  private Throwable failure;
  private boolean closed;

  PipelinedOutput(int peer, WritableByteChannel channel, Traffic traffic) {
    this.channel = channel;
    this.traffic = traffic;
    for (int i = 0; i < BUFFERS; i++) {
      buffers[i] = new ChunkBuffer();
    }
    Thread thread = new Thread(this::run, "convoy-write-" + peer);
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public synchronized ChunkBuffer next() throws IOException {
    awaitPending(BUFFERS - 1);
    return buffers[(int) (completed % BUFFERS)];
  }

  @Override
  public synchronized void write(int bytes) {
    sizes[(int) (completed % BUFFERS)] = bytes;
    completed++;
    notifyAll();
  }

  @Override
  public synchronized void flush() throws IOException {
    awaitPending(0);
  }

  /** Waits until at most so many frames are still to be written. */
  private void awaitPending(int most) throws IOException {
    try {
      while (completed - written > most && failure == null && !closed) {
        wait();
      }
    } catch (InterruptedException e) {
      // Only a JVM that is shutting down interrupts this thread.
      Thread.currentThread().interrupt();
      throw new ClosedByInterruptException();
    }
    if (closed) {
      throw new ClosedChannelException();
    }
    if (failure instanceof IOException e) {
      throw e;
    }
    if (failure != null) {
      throw new IllegalStateException(failure);
    }
  }

  private void run() {
    try {
      for (int frame = nextCompleted(); frame >= 0; frame = nextCompleted()) {
        BlockingOutput.write(channel, buffers[frame].wire(), sizes[frame], traffic);
        taken();
      }
    } catch (IOException | RuntimeException | Error e) {
      fail(e);
    } catch (InterruptedException e) {
      // Only a JVM that is shutting down interrupts this thread.
      Thread.currentThread().interrupt();
    }
  }

  /** Returns the index of the buffer to be written next; negative once closed. */
  private synchronized int nextCompleted() throws InterruptedException {
    while (written == completed && !closed) {
      wait();
    }
    return closed ? -1 : (int) (written % BUFFERS);
  }

  private synchronized void taken() {
    written++;
    notifyAll();
  }

  private synchronized void fail(Throwable e) {
    failure = e;
    notifyAll();
  }

  @Override
  public synchronized void close() {
    closed = true;
    notifyAll();
  }
}
