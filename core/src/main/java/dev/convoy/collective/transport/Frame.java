package dev.convoy.collective.transport;

import java.net.ProtocolException;
import java.nio.ByteBuffer;

/**
 * One chunk of a vector on the wire. Little-endian throughout.
 *
 * <pre>
 *   0             3    4            8                     16                16 + b n
 *   +-------------+----+------------+---------------------+------------------+-------------+
 *   | 'C' 'V' 'F' | op | n: floats  | sequence number     | n floats, b each | checksum, 4 |
 *   +-------------+----+------------+---------------------+------------------+-------------+
 *   |-------------------- CRC-32C over these -------------------------------|
 *
 *   With encryption:                                      +------------------+-------------+
 *                                                         | n floats, b each | tag, 16     |
 *                                                         +------------------+-------------+
 *   |---- in clear, authenticated by AES-256-GCM ---------|-- encrypted -----|
 * </pre>
 *
 * The operation tells the {@link WireFormat} of the floats: float32 with b = 4, or bfloat16, the
 * upper half of a float32, with b = 2.
 *
 * <p>The sequence number counts the frames of one direction of one connection from 0. Both ends
 * know which frame comes next, so the header is only compared: a rank that is out of step is
 * detected at once, and no length that a peer sends makes the receiver allocate memory.
 */
public final class Frame {
  /**
   * The most floats in one frame: 512 KiB. Chunks of 64 and 128 KiB, which fit in a core's cache,
   * cost more in handing over between threads than they save.
   */
  public static final int CHUNK_FLOATS = 1 << 17;

  /** Bytes before the floats of a frame. */
  public static final int HEADER_BYTES = 16;

  /** Bytes after the floats of a frame in the clear. */
  public static final int CHECKSUM_BYTES = 4;

  /** Bytes after the floats of an encrypted frame. */
  public static final int TAG_BYTES = 16;

  private static final Operation[] OPERATIONS = Operation.values();
  private static final int MAGIC = 'C' | 'V' << 8 | 'F' << 16;

  private Frame() {}

  /** Returns the size of a frame of so many floats, with so many bytes after them. */
  static int bytes(WireFormat format, int floats, int overhead) {
    return HEADER_BYTES + floats * format.bytes() + overhead;
  }

  /** Returns the number of floats that the header in {@code wire} at 0 tells. */
  static int floats(ByteBuffer wire) {
    return wire.getInt(4);
  }

  /** Returns the operation that the header in {@code wire} at 0 tells; null if there is none. */
  static Operation operation(ByteBuffer wire) {
    return operation(wire.get(3));
  }

  /** Returns whether the header in {@code wire} at 0 may begin frame {@code sequence}. */
  static boolean isPlausible(ByteBuffer wire, long sequence) {
    return (wire.getInt(0) & 0xFFFFFF) == MAGIC
        && operation(wire) != null
        && floats(wire) >= 0
        && floats(wire) <= CHUNK_FLOATS
        && wire.getLong(8) == sequence;
  }

  /** Writes a header to {@code wire} at 0. */
  static void putHeader(ByteBuffer wire, Operation operation, int floats, long sequence) {
    wire.putInt(0, MAGIC | operation.code() << 24);
    wire.putInt(4, floats);
    wire.putLong(8, sequence);
  }

  /** Checks the header that lies in {@code wire} at 0 against the frame that is expected. */
  static void checkHeader(ByteBuffer wire, Operation operation, int floats, long sequence)
      throws ProtocolException {
    int magic = wire.getInt(0);
    if ((magic & 0xFFFFFF) != MAGIC) {
      throw new ProtocolException(
          "sent bytes that are not a frame where frame " + sequence + " was due");
    }
    if (magic >>> 24 != operation.code()
        || wire.getInt(4) != floats
        || wire.getLong(8) != sequence) {
      throw new ProtocolException(
          "sent frame "
              + wire.getLong(8)
              + " of "
              + nameOf(magic >>> 24)
              + " with "
              + wire.getInt(4)
              + " floats where frame "
              + sequence
              + " of "
              + operation.label()
              + " with "
              + floats
              + " floats was due");
    }
  }

  private static String nameOf(int code) {
    Operation operation = operation(code);
    return operation == null ? "operation " + code : operation.label();
  }

  private static Operation operation(int code) {
    for (int i = 0; i < OPERATIONS.length; i++) {
      if (OPERATIONS[i].code() == code) {
        return OPERATIONS[i];
      }
    }
    return null;
  }
}
