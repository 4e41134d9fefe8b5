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

  /** The most bytes that are read at once: they stay in the cache until they have been copied. */
  static final int PIECE_BYTES = 128 << 10;

  private final ReadableByteChannel channel;
  private final Decryption decryption;
  private final Traffic traffic;
  private final ByteBuffer wire =
      ByteBuffer.allocateDirect(PIECE_BYTES).order(ByteOrder.LITTLE_ENDIAN);
  private final Pieces pieces = new Pieces();
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
    final byte[] plaintext = new byte[ChunkBuffer.PAYLOAD_BYTES];
    final Payload payload = new Payload(ByteBuffer.wrap(plaintext));
  }

  ReadAhead(int peer, ReadableByteChannel channel, Decryption decryption, Traffic traffic) {
    this.channel = channel;
    this.decryption = decryption;
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
    return (long) SLOTS * ChunkBuffer.PAYLOAD_BYTES + Decryption.HEAP_BYTES;
  }

  @Override
  public void read(Operation operation, float[] into, int from, int length)
      throws IOException, InterruptedException {
    Payload payload = await(operation, length);
    operation.format().decode(payload, 0, into, from, length);
    release();
  }

  @Override
  public void read(Operation operation, PieceSink sink, int length)
      throws IOException, InterruptedException {
    Payload payload = await(operation, length);
    pieces.handOn(operation.format(), payload, length, sink);
    release();
  }

  /** Waits for the next frame. */
  private Payload await(Operation operation, int length) throws IOException, InterruptedException {
    Slot slot = slots[(int) (taken % SLOTS)];
    awaitHeader();
    Frame.checkHeader(slot.header, operation, length, taken);
    awaitOpened();
    return slot.payload;
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
    FrameReader.fill(channel, wire.clear().limit(Frame.HEADER_BYTES), Frame.HEADER_BYTES, traffic);
    slot.header.put(0, wire, 0, Frame.HEADER_BYTES);
    boolean due = Frame.isPlausible(slot.header, opened);
    headerIsThere();
    if (!due) {
      // The caller will find that this is not the frame that is due.
      throw new EOFException();
    }
    int bytes = Frame.floats(slot.header) * Frame.operation(slot.header).format().bytes();
    int left = bytes + Frame.TAG_BYTES;
    for (int at = 0; left > 0; at += wire.position(), left -= wire.position()) {
      int count = Math.min(left, PIECE_BYTES);
      FrameReader.fill(channel, wire.clear().limit(count), count, traffic);
      decryption.put(at, wire);
    }
    decryption.open(slot.header, bytes, slot.plaintext, opened);
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
