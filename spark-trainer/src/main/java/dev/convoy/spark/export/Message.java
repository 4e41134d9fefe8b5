package dev.convoy.spark.export;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * A message in the encoding of Protocol Buffers, to be written once. Its fields go out in the order
 * in which they were put in; large arrays are encoded only then.
 */
final class Message {
  /** Floats that are encoded at a time. */
  private static final int CHUNK = 1 << 14;

  private final List<Field> fields = new ArrayList<>();

  private interface Field {
    long size();

    void write(CodedOutputStream out) throws IOException;
  }

  /** Appends a whole number. */
  Message number(int field, long value) {
    return put(
        CodedOutputStream.computeInt64Size(field, value), out -> out.writeInt64(field, value));
  }

  /** Appends a single-precision number. */
  Message number(int field, float value) {
    return put(
        CodedOutputStream.computeFloatSize(field, value), out -> out.writeFloat(field, value));
  }

  /** Appends a text, or bytes that are one. */
  Message text(int field, String value) {
    return put(
        CodedOutputStream.computeStringSize(field, value), out -> out.writeString(field, value));
  }

  /** Appends another message, which must be complete. */
  Message message(int field, Message value) {
    return delimited(field, value.size(), value::write);
  }

  /** Appends floats as bytes, little-endian. */
  Message bytes(int field, float[] values) {
    return delimited(
        field, (long) Float.BYTES * values.length, out -> writeLittleEndian(values, out));
  }

  private static void writeLittleEndian(float[] values, CodedOutputStream out) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(CHUNK * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (int at = 0; at < values.length; at += CHUNK) {
      int count = Math.min(CHUNK, values.length - at);
      bytes.asFloatBuffer().put(values, at, count);
      out.writeRawBytes(bytes.array(), 0, count * Float.BYTES);
    }
  }

  private interface Content {
    void write(CodedOutputStream out) throws IOException;
  }

  private Message delimited(int field, long length, Content content) {
    int bytes = Math.toIntExact(length);
    int header =
        CodedOutputStream.computeTagSize(field) + CodedOutputStream.computeUInt32SizeNoTag(bytes);
    return put(
        header + length,
        out -> {
          out.writeTag(field, WireFormat.WIRETYPE_LENGTH_DELIMITED);
          out.writeUInt32NoTag(bytes);
          content.write(out);
        });
  }

  private Message put(long size, Content content) {
    fields.add(
        new Field() {
          @Override
          public long size() {
            return size;
          }

          @Override
          public void write(CodedOutputStream out) throws IOException {
            content.write(out);
          }
        });
    return this;
  }

  private long size() {
    return fields.stream().mapToLong(Field::size).sum();
  }

  /** Writes all fields. */
  void write(CodedOutputStream out) throws IOException {
    for (Field field : fields) {
      field.write(out);
    }
  }
}
