package dev.convoy.fuzz;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/** Writes TFRecords of images as TensorFlow's scripts do. */
final class TfRecordSeeds {
  private TfRecordSeeds() {}

  /** Frames the data of a record. */
  static byte[] record(byte[] data) {
    byte[] length =
        ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(data.length).array();
    return joined(length, masked(length), data, masked(data));
  }

  private static byte[] masked(byte[] of) {
    CRC32C crc = new CRC32C();
    crc.update(of);
    int sum = (int) crc.getValue();
    int masked = (sum >>> 15 | sum << 17) + 0xa282ead8;
    return ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(masked).array();
  }

  /** Returns an example of an image with a label, a name and a list of floats. */
  static byte[] example(int label) {
    byte[] features =
        joined(
            feature(
                "image/encoded", 1, field(1, "not decoded here".getBytes(StandardCharsets.UTF_8))),
            feature("image/class/label", 3, field(1, new byte[] {(byte) label})),
            feature("image/filename", 1, field(1, "a.jpg".getBytes(StandardCharsets.UTF_8))),
            feature("image/object/bbox", 2, field(1, new byte[8])));
    return field(1, features);
  }

  private static byte[] feature(String key, int kind, byte[] list) {
    return field(
        1, joined(field(1, key.getBytes(StandardCharsets.UTF_8)), field(2, field(kind, list))));
  }

  private static byte[] field(int number, byte[] content) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(number << 3 | 2);
    int length = content.length;
    for (; length > 0x7f; length >>>= 7) {
      out.write((length & 0x7f) | 0x80);
    }
    out.write(length);
    out.writeBytes(content);
    return out.toByteArray();
  }

  static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }
}
