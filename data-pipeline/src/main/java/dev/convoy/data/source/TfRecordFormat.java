package dev.convoy.data.source;

import dev.convoy.data.Account;
import dev.convoy.data.DataException;
import dev.convoy.data.DataFolder;
import dev.convoy.data.Split;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.zip.CRC32C;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.Path;

/**
 * TFRecords of images, as the scripts of TensorFlow's models make them of ImageNet; little-endian.
 *
 * <pre>
 *   length: u64 | masked CRC-32C of it: u32 | tf.train.Example: length bytes | its CRC: u32 | ...
 *   Example { features { feature { "image/encoded", "image/class/label", ... } } }
 * </pre>
 *
 * <p>Labels of ImageNet, which records that name a synset have, count from 1; others from 0.
 */
final class TfRecordFormat implements SourceFormat {
  private static final String LABELS = "labels.txt";
  private static final int HEADER_BYTES = Long.BYTES + Integer.BYTES;
  private static final int MOST_BYTES = 256 << 20;
  private static final int CRC_MASK = 0xa282ead8;

  @Override
  public String name() {
    return "tfrecord";
  }

  @Override
  public String expects() {
    return "train-00000-of-01024 and so on, validation-00000-of-00128 and so on (or folders of"
        + " those names), and labels.txt, a class a line in the order of the labels";
  }

  @Override
  public Source open(Configuration hadoop, String uri) throws IOException {
    DataFolder folder = DataFolder.existing(hadoop, uri);
    if (!folder.has(LABELS)) {
      throw new DataException(folder + " has no " + LABELS + "; expected are " + expects());
    }
    List<String> names = folder.text(LABELS).lines().map(String::strip).toList();
    return new Records(new SplitFiles(folder, ""), names);
  }

  /** A file is a part. */
  private record Records(SplitFiles files, List<String> classNames) implements Source {
    @Override
    public Stored stored() {
      return Stored.FILES;
    }

    @Override
    public List<String> parts(Split split, Account leftOut) throws IOException {
      return files.of(split);
    }

    @Override
    public void list(String part, Consumer<Entry> found, Account leftOut) throws IOException {
      Path path = new Path(part);
      long bytes = files.folder().files().getFileStatus(path).getLen();
      try (FSDataInputStream in = files.folder().files().open(path)) {
        long at = 0;
        for (int number = 0; at < bytes; number++) {
          long length = length(in, part, at);
          long end = at + HEADER_BYTES + length;
          if (end + Integer.BYTES > bytes) {
            throw new DataException(
                String.format(
                    Locale.ROOT, "%s is truncated: its record at byte %,d is not whole", part, at));
          }
          Example example = Example.read(new ProtoReader(in, part, end));
          found.accept(entry(example, part, number, at));
          at = end + Integer.BYTES;
          in.seek(at);
        }
      }
    }

    private Entry entry(Example example, String file, int number, long at) {
      if (example.length < 0 || example.label < 0) {
        throw new DataException(
            String.format(
                Locale.ROOT,
                "the record of %s at byte %,d has no image/encoded or no image/class/label",
                file,
                at));
      }
      long label = example.synset ? example.label - 1 : example.label;
      if (label < 0 || label >= classNames.size()) {
        throw new DataException(
            String.format(
                Locale.ROOT,
                "the record of %s at byte %,d has the label %d, but %s names %d classes",
                file,
                at,
                example.label,
                LABELS,
                classNames.size()));
      }
      String fileName = new Path(file).getName();
      String name = example.name.isEmpty() ? fileName + " " + number : example.name;
      return new Entry(file, example.offset, example.length, (int) label, name);
    }
  }

  private static long length(FSDataInputStream in, String file, long at) throws IOException {
    byte[] header = new byte[HEADER_BYTES];
    try {
      in.readFully(header);
    } catch (EOFException e) {
      throw new DataException(
          String.format(
              Locale.ROOT, "%s is truncated: its record at byte %,d has no header", file, at),
          e);
    }
    CRC32C crc = new CRC32C();
    crc.update(header, 0, Long.BYTES);
    int sum = (int) crc.getValue();
    int masked = (sum >>> 15 | sum << 17) + CRC_MASK;
    ByteBuffer fields = ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN);
    long length = fields.getLong();
    if (fields.getInt() != masked || length < 0 || length > MOST_BYTES) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "%s is no TFRecord file or is corrupt: at byte %,d the checksum of a length is wrong"
                  + " or the length above 256 MiB",
              file,
              at));
    }
    return length;
  }

  /** What an Example says of its image. */
  private static final class Example {
    private long offset;
    private int length = -1;
    private long label = -1;
    private boolean synset;
    private String name = "";

    /** Example.features = 1; Features.feature = 1, a map whose entries have key = 1, value = 2. */
    static Example read(ProtoReader reader) throws IOException {
      Example example = new Example();
      for (int field = reader.field(); field != 0; field = reader.field()) {
        if (field == 1) {
          ProtoReader features = reader.message();
          for (int each = features.field(); each != 0; each = features.field()) {
            if (each == 1) {
              example.feature(features.message());
            } else {
              features.skip();
            }
          }
        } else {
          reader.skip();
        }
      }
      return example;
    }

    private void feature(ProtoReader entry) throws IOException {
      String key = "";
      for (int field = entry.field(); field != 0; field = entry.field()) {
        if (field == 1) {
          key = entry.text();
        } else if (field == 2) {
          value(key, entry.message());
        } else {
          entry.skip();
        }
      }
    }

    /** Feature.bytes_list = 1, float_list = 2, int64_list = 3; each has a repeated value = 1. */
    private void value(String key, ProtoReader feature) throws IOException {
      for (int kind = feature.field(); kind != 0; kind = feature.field()) {
        boolean bytes = kind == 1;
        boolean number = kind == 3;
        if (!bytes && !number) {
          feature.skip();
          continue;
        }
        ProtoReader list = feature.message();
        for (int field = list.field(); field != 0; field = list.field()) {
          if (bytes && key.equals("image/encoded")) {
            image(list);
          } else if (bytes && key.equals("image/filename")) {
            name = list.text();
          } else if (bytes && key.equals("image/class/synset")) {
            synset = true;
            list.skip();
          } else if (number && key.equals("image/class/label")) {
            label = list.number();
          } else {
            list.skip();
          }
        }
      }
    }

    private void image(ProtoReader list) throws IOException {
      long end = list.endOfValue();
      offset = list.position();
      length = (int) (end - offset);
      list.seek(end);
    }
  }
}
