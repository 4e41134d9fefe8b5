package dev.convoy.spark.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Reads an event file by the published formats alone, with a bitwise CRC and a generic parser of
 * protocol buffers, so that it shares no mistake with the writer.
 */
final class TensorBoardReader {
  private TensorBoardReader() {}

  /** Each event as "time step what value". */
  static List<String> read(Path file) throws IOException {
    ByteBuffer in = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    List<String> events = new ArrayList<>();
    while (in.hasRemaining()) {
      ByteBuffer length = slice(in, 8);
      assertEquals(masked(crc(length)), in.getInt(), "CRC of a length");
      ByteBuffer data = slice(in, Math.toIntExact(length.getLong(0)));
      assertEquals(masked(crc(data)), in.getInt(), "CRC of an event");
      events.add(describe(fields(data)));
    }
    return events;
  }

  private static String describe(Map<Integer, Object> event) {
    BigDecimal time = new BigDecimal(Double.longBitsToDouble((long) event.get(1)));
    String when = time.toPlainString() + " " + event.get(2) + " ";
    if (event.containsKey(3)) {
      return when + "version " + text(event.get(3));
    }
    if (event.containsKey(7)) {
      assertEquals(Map.of(1, 1L), fields((ByteBuffer) event.get(7)));
      return when + "session start";
    }
    Map<Integer, Object> summary = fields((ByteBuffer) event.get(5));
    Map<Integer, Object> value = fields((ByteBuffer) summary.get(1));
    return when + text(value.get(1)) + " " + Float.intBitsToFloat((int) value.get(2));
  }

  private static String text(Object bytes) {
    return StandardCharsets.UTF_8.decode(((ByteBuffer) bytes).duplicate()).toString();
  }

  private static Map<Integer, Object> fields(ByteBuffer message) {
    Map<Integer, Object> fields = new TreeMap<>();
    while (message.hasRemaining()) {
      int tag = (int) varint(message);
      Object value =
          switch (tag & 7) {
            case 0 -> varint(message);
            case 1 -> message.getLong();
            case 2 -> slice(message, (int) varint(message));
            case 5 -> message.getInt();
            default -> throw new IllegalArgumentException("wire type " + (tag & 7));
          };
      fields.put(tag >> 3, value);
    }
    return fields;
  }

  private static long varint(ByteBuffer in) {
    long value = 0;
    for (int shift = 0; ; shift += 7) {
      byte next = in.get();
      value |= (long) (next & 0x7f) << shift;
      if (next >= 0) {
        return value;
      }
    }
  }

  private static ByteBuffer slice(ByteBuffer from, int length) {
    ByteBuffer slice = from.slice(from.position(), length).order(ByteOrder.LITTLE_ENDIAN);
    from.position(from.position() + length);
    return slice;
  }

  /** CRC-32C, bit by bit: reflected polynomial 82f63b78. */
  private static int crc(ByteBuffer bytes) {
    int crc = -1;
    for (int i = 0; i < bytes.limit(); i++) {
      crc ^= bytes.get(i) & 0xff;
      for (int bit = 0; bit < 8; bit++) {
        crc = (crc >>> 1) ^ ((crc & 1) * 0x82f63b78);
      }
    }
    return ~crc;
  }

  private static int masked(int crc) {
    return ((crc >>> 15) | (crc << 17)) + 0xa282ead8;
  }
}
