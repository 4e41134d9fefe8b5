package dev.convoy.data.source.tfrecord;

import static dev.convoy.data.DataAssertions.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.data.DataException;
import dev.convoy.data.Split;
import dev.convoy.data.source.Entry;
import dev.convoy.data.source.SourceFormat;
import dev.convoy.data.source.SourceOptions;
import dev.convoy.data.source.SourceTestBase;
import dev.convoy.data.source.folder.FolderFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32C;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Test;

class TfRecordFormatTest extends SourceTestBase {
  @Override
  protected SourceFormat format() {
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
    assertRefused(
        () -> entries(Split.TRAIN),
        "at byte 0 has no image under a usual key such as image/encoded, but features"
            + " image/class/label; --image-key KEY");
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

  @Test
  void aLengthThatOverflowsIsRefused() throws IOException {
    write("labels.txt", "cat\n");
    ByteArrayOutputStream feature = new ByteArrayOutputStream();
    feature.write(1 << 3 | 2);
    varint(feature, Long.MAX_VALUE);
    byte[] key = field(1, "image/encoded".getBytes(StandardCharsets.UTF_8));
    byte[] value = field(2, field(1, feature.toByteArray()));
    write("train-0", record(field(1, field(1, join(key, value)))));
    assertRefused(() -> entries(Split.TRAIN), "train-0 is broken at byte");
  }

  private static byte[] flower(long label, String text) throws IOException {
    return record(
        example(
            text("image/encoded", "x"),
            number("image/class/label", label, true),
            text("image/class/text", text)));
  }

  private List<Integer> labels(SourceOptions options) throws IOException {
    return entries(Split.TRAIN, options).stream().map(Entry::label).toList();
  }

  private List<Integer> labels() throws IOException {
    return labels(SourceOptions.DEFAULT);
  }

  @Test
  void textsBesideTheNumbersTellFromWhichTheyCount() throws IOException {
    write("labels.txt", "daisy\nred rose\ntulip\n");
    write("train-0", join(flower(1, "daisy"), flower(3, "Tulip"), flower(2, "red_rose")));
    assertEquals(List.of(0, 2, 1), labels());
    write("train-0", join(flower(1, "a flower"), flower(0, "daisy"), flower(2, "tulip")));
    assertEquals(List.of(1, 0, 2), labels());
    // Texts that the list does not have prove nothing.
    write("train-0", join(flower(0, "Bellis perennis"), flower(1, "Rosa")));
    assertEquals(List.of(0, 1), labels());
  }

  @Test
  void textsThatContradictTheNumbersAreNamed() throws IOException {
    write("labels.txt", "daisy\nrose\ntulip\n");
    byte[] good = flower(1, "daisy");
    write("train-0", join(good, flower(3, "rose")));
    assertRefused(
        this::labels,
        "train-0 at byte " + good.length,
        "is of the class 'rose' by image/class/text, but of 'tulip' by image/class/label, counted"
            + " from 1");
    write("train-0", good);
    write("train-1", flower(0, "daisy"));
    assertRefused(this::labels, "train-1 at byte 0", "has the label 0, allowed are 1 to 3");
    Files.delete(input.resolve("train-1"));
    assertRefused(() -> labels(new SourceOptions(null, null, 0)), "'daisy'", "'rose'", "from 0");
    assertEquals(List.of(0), labels(new SourceOptions(null, null, 1)));
    write("train-0", flower(2, "daisy"));
    assertRefused(this::labels, "has the label 2", "'daisy', which is number 0 of labels.txt");
  }

  @Test
  void labelsCountFromOneIfThatIsSaidOrTheListIsNumberedSo() throws IOException {
    write("labels.txt", "daisy\nrose\n");
    byte[] last = record(example(text("image", "x"), number("label", 2, true)));
    write("train-0", last);
    assertRefused(
        this::labels,
        "has the label 2, allowed are 0 to 1, as labels.txt names 2 classes",
        "--first-label 1");
    assertEquals(List.of(1), labels(new SourceOptions(null, null, 1)));
    write("labels.txt", "1:daisy\n2:rose\n");
    assertEquals(List.of(1), labels());
    // ImageNet's records with a class for the background in the list.
    write("labels.txt", "0:background\n1:tench\n2:goldfish\n");
    byte[] synset =
        record(
            example(
                text("image/encoded", "x"),
                number("image/class/label", 1, true),
                text("image/class/synset", "n01440764")));
    write("train-0", synset);
    assertEquals(List.of(1), labels());
    write("labels.txt", "background\ntench\ngoldfish\n");
    assertEquals(List.of(1), labels());
    write("labels.txt", "n01440764\nn01443537\n");
    assertEquals(List.of(0), labels());
  }

  @Test
  void keysOfTensorFlowDatasetsAreRead() throws IOException {
    write("label.labels.txt", "cat\ndog\n");
    byte[] record =
        record(
            example(text("image", "png"), number("label", 1, false), text("file_name", "1.png")));
    write("pets-train.tfrecord-00000-of-00002", record);
    write("pets-train.tfrecord-00001-of-00002", new byte[0]);
    write("pets-test.tfrecord-00000-of-00001", record);
    write("dataset_info.json", "{}");
    write("features.json", "{}");
    assertEquals(List.of("1 1.png png"), contents(Split.TRAIN));
    assertEquals(List.of("1 1.png png"), contents(Split.VALIDATION));
    assertEquals("empty 1", leftOut().toString());
  }

  @Test
  void partFilesOfSparkAreRead() throws IOException {
    write("labels.txt", "cat\ndog\n");
    write("train/part-r-00000", record(example(text("image", "x"), text("label", "dog"))));
    write("train/_SUCCESS", new byte[0]);
    write("train/part-r-00000.idx", "0 10");
    assertEquals(List.of("1 part-r-00000 0 x"), contents(Split.TRAIN));
    assertEquals("ending .idx 1, system files and folders 1", leftOut().toString());
  }

  @Test
  void otherKeysAreNamedAndCanBeSaid() throws IOException {
    write("labels.txt", "cat\ndog\n");
    write("train-0", record(example(text("picture", "x"), number("kind", 1, true))));
    assertRefused(this::labels, "but features picture, kind; --image-key KEY names another");
    assertRefused(
        () -> labels(new SourceOptions("picture", null, -1)), "no label", "--label-key KEY");
    assertEquals(List.of(1), labels(new SourceOptions("picture", "kind", -1)));
    assertRefused(
        () -> labels(new SourceOptions("photo", "kind", -1)),
        "--image-key photo is no feature of the record of",
        "features picture, kind");
    write(
        "train-0",
        record(example(text("image", "x"), number("label", 1, true), number("class", 0, true))));
    assertRefused(this::labels, "may have its label in label or class; --label-key KEY");
    write(
        "train-0",
        join(
            record(example(text("image", "x"), number("label", 1, true))),
            record(example(text("img", "x"), number("label", 1, true)))));
    assertRefused(this::labels, "has no image: no feature image, but features img, label");
    assertRefused(
        () -> new FolderFormat().open(HADOOP, input.toString(), new SourceOptions("x", null, -1)),
        "--image-key has no meaning for the format folder");
  }

  @Test
  void severalValuesAreNeverOne() throws IOException {
    write("labels.txt", "cat\ndog\n");
    byte[] two = {0, 1};
    write("train-0", record(example(text("image", "x"), entry("label", field(3, field(1, two))))));
    assertRefused(this::labels, "has 2 values in label; expected is one label an image");
    byte[] apart = {8, 0, 8, 1};
    write("train-0", record(example(text("image", "x"), entry("label", field(3, apart)))));
    assertRefused(this::labels, "has 2 values in label");
    write("train-0", record(example(text("image", "x"), entry("label", field(3, new byte[0])))));
    assertRefused(this::labels, "has 0 values in label");
    byte[] images = join(field(1, bytes("a")), field(1, bytes("b")));
    write("train-0", record(example(entry("image", field(1, images)), number("label", 0, true))));
    assertRefused(this::labels, "has 2 values in image");
    write(
        "train-0",
        record(example(text("image", "x"), number("label", 0, true), number("label", 1, true))));
    assertRefused(this::labels, "has the feature label twice");
    byte[] sequence =
        join(example(text("image", "x"), number("label", 0, true)), field(2, new byte[0]));
    write("train-0", record(sequence));
    assertRefused(this::labels, "is a tf.train.SequenceExample");
  }

  @Test
  void labelsMayBeFloatsThatAreWholeOrText() throws IOException {
    write("labels.txt", "cat\ndog\n");
    byte[] one = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putFloat(1).array();
    write("train-0", record(example(text("image", "x"), entry("label", field(2, field(1, one))))));
    assertEquals(List.of(1), labels());
    byte[] half = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putFloat(0.5f).array();
    write("train-0", record(example(text("image", "x"), entry("label", field(2, field(1, half))))));
    assertRefused(this::labels, "'0.5', neither the number of a class nor a name in labels.txt");
    write("train-0", record(example(text("image", "x"), text("label", "cow"))));
    assertRefused(this::labels, "'cow', neither");
  }

  @Test
  void compressionIsToldByTheFirstBytes() throws IOException {
    write("labels.txt", "cat\n");
    byte[] record = record(example(text("image", "x"), number("label", 0, true)));
    write("train.tfrecord", zipped(record));
    assertRefused(
        this::labels,
        "train.tfrecord is compressed by gzip",
        "gzip -dc train.tfrecord > train.tfrecord.unpacked");
    ByteArrayOutputStream zlib = new ByteArrayOutputStream();
    try (DeflaterOutputStream out = new DeflaterOutputStream(zlib)) {
      out.write(record);
    }
    write("train.tfrecord", zlib.toByteArray());
    assertRefused(this::labels, "train.tfrecord is compressed by zlib", "zlib.decompress");
    Files.delete(input.resolve("train.tfrecord"));
    write("train.tfrecord.gz", record);
    assertEquals(List.of(0), labels());
  }

  @Test
  void everyDamagedByteIsNoticed() throws IOException {
    write("labels.txt", "cat\ndog\n");
    byte[] good =
        join(
            record(example(text("image", "xyz"), number("label", 0, true))),
            record(example(text("image", "uvw"), number("label", 1, true))));
    write("train-0", good);
    assertEquals(2, contents(Split.TRAIN).size());
    Random random = new Random(3);
    for (int at = 0; at < good.length; at++) {
      byte[] bad = good.clone();
      bad[at] ^= (byte) (1 << random.nextInt(8));
      write("train-0", bad);
      assertThrows(DataException.class, () -> contents(Split.TRAIN), "byte " + at);
    }
    for (int length = 0; length < good.length; length++) {
      write("train-0", Arrays.copyOf(good, length));
      if (length != 0 && length != good.length / 2) {
        assertThrows(DataException.class, () -> contents(Split.TRAIN), "length " + length);
      }
    }
  }
}
