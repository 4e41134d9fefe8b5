package dev.convoy.collective.transport;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ReadableByteChannel;

/**
 * Reads and decrypts frames from one peer on a thread of its own, up to {@value #SLOTS} ahead of
 * the caller, so that several peers' frames are decrypted at once, and while sums are computed. The
 * thread reads no more of a frame than a buffer holds, whatever its header says; the caller
 * compares the header, as soon as it is there, with that of the frame that is due.
 */
final class ReadAhead implements FrameInput {
  static final int SLOTS = 2;

  private final ReadableByteChannel channel;
  private final FrameProtection protection;
  private final Traffic traffic;
  private final ChunkBuffer buffer = new ChunkBuffer();
  private final Slot[] slots = new Slot[SLOTS];

  /** Frames whose header was read, those that were decrypted too, and those that were taken. */
  private long begun;

  private long opened;
  private long taken;
  private Throwable failure;
  private boolean closed;

  /** A decrypted frame. */
  private static final class Slot {
    final ByteBuffer header =
        ByteBuffer.allocate(Frame.HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    final float[] floats = new float[Frame.CHUNK_FLOATS];
  }

  ReadAhead(int peer, ReadableByteChannel channel, FrameProtection protection, Traffic traffic) {
    this.channel = channel;
    this.protection = protection;
    this.traffic = traffic;
    for (int i = 0; i < SLOTS; i++) {
      slots[i] = new Slot();
    }
    Thread thread = new Thread(this::run, "convoy-read-" + peer);
    thread.setDaemon(true);
    thread.start();
  }

  /** Returns the bytes of heap that a reader takes. */
  static long heapBytes() {
    return (long) SLOTS * ChunkBuffer.PAYLOAD_BYTES;
  }

  @Override
  public void read(Operation operation, float[] into, int from, int length)
      throws IOException, InterruptedException {
    Slot slot = slots[(int) (taken % SLOTS)];
    awaitHeader();
    Frame.checkHeader(slot.header, operation, length, taken);
    awaitOpened();
    System.arraycopy(slot.floats, 0, into, from, length);
    release();
  }

  private synchronized void awaitHeader() throws IOException, InterruptedException {
    while (begun == taken && failure == null) {
      wait();
    }
    if (begun == taken) {
      throwFailure();
    }
  }

  private synchronized void awaitOpened() throws IOException, InterruptedException {
    while (opened == taken && failure == null) {
      wait();
    }
    if (opened == taken) {
      throwFailure();
    }
  }

  private void throwFailure() throws IOException {
    if (failure instanceof IOException e) {
      throw e;
    }
    throw new IllegalStateException(failure);
  }

  private synchronized void release() {
    taken++;
    notifyAll();
  }

  private void run() {
    try {
      for (Slot slot = nextSlot(); slot != null; slot = nextSlot()) {
        read(slot);
      }
    } catch (IOException | RuntimeException | Error e) {
      fail(e);
    } catch (InterruptedException e) {
      // Only a JVM that is shutting down interrupts this thread.
      Thread.currentThread().interrupt();
    }
  }

  private void read(Slot slot) throws IOException {
    ByteBuffer wire = buffer.wire().clear().limit(Frame.HEADER_BYTES);
    FrameReader.fill(channel, wire, Frame.HEADER_BYTES, traffic);
    slot.header.put(0, wire, 0, Frame.HEADER_BYTES);
    int length = Frame.floats(wire);
    boolean due = Frame.isPlausible(wire, opened);
    headerIsThere();
    if (!due) {
      // The caller will find that this is not the frame that is due.
      throw new EOFException();
    }
    WireFormat format = Frame.operation(wire).format();
    int frameBytes = Frame.bytes(format, length, protection.overhead());
    wire.limit(frameBytes);
    FrameReader.fill(channel, wire, frameBytes, traffic);
    wire.clear();
    protection.open(buffer, format, slot.floats, 0, length, opened);
    frameIsThere();
  }

  /** Returns the slot for the next frame once it is free; null once closed. */
  private synchronized Slot nextSlot() throws InterruptedException {
    while (begun - taken == SLOTS && !closed) {
      wait();
    }
    return closed ? null : slots[(int) (begun % SLOTS)];
  }

  private synchronized void headerIsThere() {
    begun++;
    notifyAll();
  }

  private synchronized void frameIsThere() {
    opened++;
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
