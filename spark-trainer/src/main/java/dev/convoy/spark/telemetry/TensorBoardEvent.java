package dev.convoy.spark.telemetry;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * TensorFlow's protocol buffer {@code Event}, just the kinds that a curve needs ({@code
 * event.proto}, {@code summary.proto}). Each field is a tag, {@code number << 3 | wire type}, and
 * its value:
 *
 * <pre>
 * Event    09 wall_time  (8 bytes, double, seconds since 1970)
 *          10 step       (varint)
 *          1a file_version | 2a summary | 3a session_log   (length as varint, bytes)
 * Summary  0a value      (length, Value; one here)
 * Value    0a tag        (length, UTF-8)
 *          15 simple_value (4 bytes, float)
 * SessionLog  08 status  (varint; 1 = START)
 * </pre>
 */
final class TensorBoardEvent {
  private static final byte[] VERSION = "brain.Event:2".getBytes(StandardCharsets.UTF_8);
  private static final byte[] SESSION_START = {0x08, 1};

  /** Beyond any event here: a tag is a few dozen bytes. */
  private static final int LONGEST = 512;

  private TensorBoardEvent() {}

  /** Returns the first event of a file. */
  static byte[] version(double wallTime) {
    return bytes(delimited(event(wallTime, 0), 0x1a, VERSION));
  }

  /** Returns the event that voids what an earlier file says of {@code step} and later steps. */
  static byte[] start(double wallTime, long step) {
    return bytes(delimited(event(wallTime, step), 0x3a, SESSION_START));
  }

  /** Returns one point of the curve {@code tag}; at most 400 bytes of tag. */
  static byte[] scalar(double wallTime, long step, String tag, double value) {
    ByteBuffer point = delimited(buffer(), 0x0a, tag.getBytes(StandardCharsets.UTF_8));
    point.put((byte) 0x15).putFloat((float) value);
    byte[] summary = bytes(delimited(buffer(), 0x0a, bytes(point)));
    return bytes(delimited(event(wallTime, step), 0x2a, summary));
  }

  private static ByteBuffer event(double wallTime, long step) {
    ByteBuffer event = buffer().put((byte) 0x09).putDouble(wallTime);
    return varint(event.put((byte) 0x10), step);
  }

  private static ByteBuffer delimited(ByteBuffer to, int tag, byte[] value) {
    return varint(to.put((byte) tag), value.length).put(value);
  }

  /** Writes seven bits a byte, the lowest first; the top bit says that more follow. */
  private static ByteBuffer varint(ByteBuffer to, long value) {
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      to.put((byte) ((rest & 0x7f) | 0x80));
      rest >>>= 7;
    }
    return to.put((byte) rest);
  }

  private static ByteBuffer buffer() {
    return ByteBuffer.allocate(LONGEST).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static byte[] bytes(ByteBuffer written) {
    byte[] bytes = new byte[written.position()];
    written.flip().get(bytes);
    return bytes;
  }
}
