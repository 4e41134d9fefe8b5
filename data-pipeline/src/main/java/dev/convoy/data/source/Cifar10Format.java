package dev.convoy.data.source;

import dev.convoy.data.DataException;
import dev.convoy.data.DataFolder;
import dev.convoy.data.Split;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.Path;

/**
 * The binary version of CIFAR-10 (Krizhevsky 2009), unpacked: records of a label and three planes
 * of 32x32 pixels.
 *
 * <pre>
 *   label: u8 | red: 1024 x u8 | green: 1024 x u8 | blue: 1024 x u8
 * </pre>
 */
final class Cifar10Format implements SourceFormat {
  private static final int SIDE = 32;
  private static final int CHANNELS = 3;
  private static final int IMAGE_BYTES = SIDE * SIDE * CHANNELS;
  private static final int RECORD_BYTES = 1 + IMAGE_BYTES;
  private static final String UNPACKED = "cifar-10-batches-bin";
  private static final String NAMES = "batches.meta.txt";

  @Override
  public String name() {
    return "cifar10";
  }

  @Override
  public String expects() {
    return "data_batch_1.bin to data_batch_5.bin, test_batch.bin and batches.meta.txt, which"
        + " `tar -xzf cifar-10-binary.tar.gz` makes";
  }

  @Override
  public Source open(Configuration hadoop, String uri) throws IOException {
    DataFolder given = DataFolder.existing(hadoop, uri);
    DataFolder folder = given.folder(UNPACKED).orElse(given);
    if (!folder.has(NAMES)) {
      throw new DataException(folder + " has no " + NAMES + "; expected are " + expects());
    }
    List<String> names = folder.text(NAMES).lines().filter(line -> !line.isBlank()).toList();
    return new Batches(folder, names);
  }

  /** A file is a part. */
  private record Batches(DataFolder folder, List<String> classNames) implements Source {
    @Override
    public Stored stored() {
      return new Stored(Stored.Order.CHW, SIDE, SIDE, CHANNELS);
    }

    @Override
    public List<String> parts(Split split) throws IOException {
      List<String> files =
          split == Split.TRAIN
              ? IntStream.rangeClosed(1, 5).mapToObj(i -> "data_batch_" + i + ".bin").toList()
              : List.of("test_batch.bin");
      for (String file : files) {
        if (!folder.has(file)) {
          throw new DataException("the folder " + folder + " has no " + file);
        }
      }
      return files;
    }

    @Override
    public void list(String part, Consumer<Entry> found) throws IOException {
      Path path = folder.resolve(part);
      long bytes = folder.files().getFileStatus(path).getLen();
      if (bytes == 0 || bytes % RECORD_BYTES != 0) {
        throw new DataException(
            String.format(
                "%s has %,d bytes, which are no whole records of %,d", path, bytes, RECORD_BYTES));
      }
      byte[] label = new byte[1];
      try (FSDataInputStream in = folder.open(part)) {
        for (long at = 0; at < bytes; at += RECORD_BYTES) {
          in.readFully(at, label);
          if (label[0] < 0 || label[0] >= classNames.size()) {
            throw new DataException(
                String.format(
                    "%s has the label %d at byte %,d, allowed are 0 to %d",
                    path, label[0] & 0xff, at, classNames.size() - 1));
          }
          String name = part + " " + at / RECORD_BYTES;
          found.accept(new Entry(path.toString(), at + 1, IMAGE_BYTES, label[0], name));
        }
      }
    }
  }
}
