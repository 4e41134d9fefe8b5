package dev.convoy.data.source;

import static dev.convoy.data.DataAssertions.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.data.DataException;
import dev.convoy.data.Split;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

class TfRecordFormatTest extends SourceTestBase {
  @Override
  SourceFormat format() {
    return new TfRecordFormat();
  }

  /** A field of wire type 2: its number, a length, the content. */
  private static byte[] field(int number, byte[] content) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write((number << 3) | 2);
    varint(out, content.length);
    out.write(content);
    return out.toByteArray();
  }

  private static void varint(ByteArrayOutputStream out, long value) {
    long rest = value;
    while (rest >= 0x80) {
      out.write((int) ((rest & 0x7f) | 0x80));
      rest >>>= 7;
    }
    out.write((int) rest);
  }

  private static byte[] entry(String key, byte[] feature) throws IOException {
    return field(1, join(field(1, bytes(key)), field(2, feature)));
  }

  private static byte[] text(String key, String value) throws IOException {
    return entry(key, field(1, field(1, bytes(value))));
  }

  private static byte[] number(String key, long value, boolean packed) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    varint(out, value);
    byte[] list = packed ? field(1, out.toByteArray()) : join(new byte[] {8}, out.toByteArray());
    return entry(key, field(3, list));
  }

  private static byte[] example(byte[]... entries) throws IOException {
    return field(1, join(entries));
  }

  private static byte[] join(byte[]... parts) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.write(part);
    }
    return out.toByteArray();
  }

  private static byte[] record(byte[] data) throws IOException {
    byte[] length =
        ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(data.length).array();
    return join(length, masked(length), data, masked(data));
  }

  private static byte[] masked(byte[] of) {
    CRC32C crc = new CRC32C();
    crc.update(of, 0, of.length);
    int sum = (int) crc.getValue();
    int masked = ((sum >>> 15) | (sum << 17)) + 0xa282ead8;
    return ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(masked).array();
  }

  @Test
  void recordsOfImageNetCountTheirClassesFromOne() throws IOException {
    write("labels.txt", "tench\ncatfish\n");
    byte[] first =
        example(
            text("image/class/synset", "n02512345"),
            text("image/encoded", "the first"),
            entry("image/object/bbox/xmin", field(2, field(1, new byte[4]))),
            number("image/class/label", 2, true),
            text("image/filename", "n02512345_1.JPEG"));
    byte[] second =
        example(
            number("image/class/label", 1, false),
            text("image/encoded", "the second, " + "long ".repeat(100)),
            text("image/class/synset", "n01440764"));
    write("train-00000-of-00001", join(record(first), record(second)));
    write("validation-00000-of-00001", record(first));
    assertEquals(
        List.of(
            "1 n02512345_1.JPEG the first",
            "0 train-00000-of-00001 1 the second, " + "long ".repeat(100)),
        contents(Split.TRAIN));
    assertEquals(1, entries(Split.VALIDATION).size());
  }

  @Test
  void otherRecordsCountFromZero() throws IOException {
    write("labels.txt", "cat\ndog\n");
    byte[] example = example(text("image/encoded", "x"), number("image/class/label", 0, true));
    write("train/a.tfrecord", record(example));
    assertEquals(List.of("0 a.tfrecord 0 x"), contents(Split.TRAIN));
    byte[] other = example(text("image/encoded", "x"), number("image/class/label", 2, true));
    write("train/a.tfrecord", record(other));
    assertRefused(() -> entries(Split.TRAIN), "the label 2", "labels.txt names 2 classes");
  }

  @Test
  void whatIsCorruptIsNamedWithItsPlace() throws IOException {
    assertRefused(this::open, "no labels.txt");
    write("labels.txt", "cat\n");
    byte[] good = record(example(text("image/encoded", "x"), number("image/class/label", 0, true)));
    byte[] bad = good.clone();
    bad[3] ^= 1;
    write("train-0", join(good, bad));
    assertRefused(
        () -> entries(Split.TRAIN), "train-0 is no TFRecord", String.valueOf(good.length));
    write("train-0", Arrays.copyOf(good, good.length - 1));
    assertRefused(() -> entries(Split.TRAIN), "train-0 is truncated");
    write("train-0", Arrays.copyOf(good, 5));
    assertRefused(() -> entries(Split.TRAIN), "train-0 is truncated", "no header");
    write("train-0", record(example(number("image/class/label", 0, true))));
    assertRefused(() -> entries(Split.TRAIN), "no image/encoded");
  }

  @Test
  void garbageInAnExampleIsRefusedNeverRead() throws IOException {
    write("labels.txt", "cat\n");
    byte[] example = example(text("image/encoded", "xyz"), number("image/class/label", 0, true));
    Random random = new Random(5);
    int refused = 0;
    for (int i = 0; i < 300; i++) {
      byte[] bad = example.clone();
      bad[random.nextInt(bad.length)] = (byte) random.nextInt();
      write("train-0", record(bad));
      try {
        entries(Split.TRAIN);
      } catch (DataException e) {
        refused++;
      }
    }
    assertTrue(refused > 100, refused + " of 300");
    write("train-0", record(new byte[] {(byte) 0xff, (byte) 0xff}));
    assertThrows(DataException.class, () -> entries(Split.TRAIN));
  }
}
