package dev.convoy.data.source.cifar;

import dev.convoy.data.Account;
import dev.convoy.data.DataException;
import dev.convoy.data.DataFolder;
import dev.convoy.data.Split;
import dev.convoy.data.source.Entry;
import dev.convoy.data.source.Source;
import dev.convoy.data.source.Stored;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.Path;

/**
 * The binary versions of CIFAR-10 and CIFAR-100 (Krizhevsky 2009): files of records of labels, the
 * last of which counts, and three planes of 32x32 pixels. A file is a part.
 *
 * <pre>
 *   labels: u8... | red: 1024 x u8 | green: 1024 x u8 | blue: 1024 x u8
 * </pre>
 *
 * @param folder that holds the files
 * @param labels how many a record has
 * @param classNames of the last label
 * @param train names of files
 * @param validation names of files
 */
record CifarRecords(
    DataFolder folder,
    int labels,
    List<String> classNames,
    List<String> train,
    List<String> validation)
    implements Source {
  private static final int SIDE = 32;
  private static final int CHANNELS = 3;
  private static final int IMAGE_BYTES = SIDE * SIDE * CHANNELS;

  @Override
  public Stored stored() {
    return new Stored(Stored.Order.CHW, SIDE, SIDE, CHANNELS);
  }

  @Override
  public List<String> parts(Split split, Account leftOut) throws IOException {
    List<String> files = split == Split.TRAIN ? train : validation;
    for (String file : files) {
      if (!folder.has(file)) {
        throw new DataException("the folder " + folder + " has no " + file);
      }
    }
    return files;
  }

  @Override
  public void list(String part, Consumer<Entry> found, Account leftOut) throws IOException {
    Path path = folder.resolve(part);
    long bytes = folder.files().getFileStatus(path).getLen();
    int record = labels + IMAGE_BYTES;
    if (bytes == 0 || bytes % record != 0) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "%s has %,d bytes, which are no whole records of %,d",
              path,
              bytes,
              record));
    }
    byte[] label = new byte[labels];
    try (FSDataInputStream in = folder.open(part)) {
      for (long at = 0; at < bytes; at += record) {
        in.readFully(at, label);
        int last = label[labels - 1] & 0xff;
        if (last >= classNames.size()) {
          throw new DataException(
              String.format(
                  Locale.ROOT,
                  "%s has the label %d at byte %,d, allowed are 0 to %d",
                  path,
                  last,
                  at + labels - 1,
                  classNames.size() - 1));
        }
        String name = part + " " + at / record;
        found.accept(new Entry(path.toString(), at + labels, IMAGE_BYTES, last, name));
      }
    }
  }
}
