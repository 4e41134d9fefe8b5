package dev.convoy.data.source;

import dev.convoy.data.Account;
import dev.convoy.data.DataException;
import dev.convoy.data.DataFolder;
import dev.convoy.data.Split;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.Path;

/**
 * WebDataset's tars: members that share a name up to the first dot of its last part are a sample,
 * an image and a {@code .cls} with its class as a decimal number, one beside the other.
 */
final class WebDatasetFormat implements SourceFormat {
  private static final String CLASSES = "classes.txt";
  private static final String LABEL = "cls";
  private static final int MOST_LABEL_BYTES = 16;

  @Override
  public String name() {
    return "webdataset";
  }

  @Override
  public String expects() {
    return "train*.tar and val*.tar of KEY.jpg and KEY.cls (or folders train and val of such), and"
        + " classes.txt, a name a line";
  }

  @Override
  public Source open(Configuration hadoop, String uri) throws IOException {
    DataFolder folder = DataFolder.existing(hadoop, uri);
    if (!folder.has(CLASSES)) {
      throw new DataException(folder + " has no " + CLASSES + "; expected are " + expects());
    }
    List<String> names = folder.text(CLASSES).lines().map(String::strip).toList();
    return new Tars(new SplitFiles(folder, ".tar"), names);
  }

  /** A tar is a part. */
  private record Tars(SplitFiles files, List<String> classNames) implements Source {
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
      DataFolder folder = files.folder();
      Pairs pairs = new Pairs(path.toString(), classNames.size(), found);
      try (FSDataInputStream in = folder.files().open(path)) {
        new TarIndex(folder, path)
            .forEach(
                0,
                (name, offset, size) -> {
                  if (name.endsWith("." + LABEL)) {
                    pairs.label(name, in, offset, size);
                  } else if (ImageNames.isImage(name)) {
                    pairs.image(name, offset, size);
                  }
                });
      }
      pairs.end();
    }
  }

  /** Brings an image and its label together, whichever comes first. */
  private static final class Pairs {
    private final String file;
    private final int classes;
    private final Consumer<Entry> found;
    private String key = "";
    private int label = -1;
    private String image;
    private long offset;
    private long size;

    Pairs(String file, int classes, Consumer<Entry> found) {
      this.file = file;
      this.classes = classes;
      this.found = found;
    }

    void image(String name, long itsOffset, long itsSize) {
      begin(name);
      image = name;
      offset = itsOffset;
      size = itsSize;
      endIfWhole();
    }

    void label(String name, FSDataInputStream in, long itsOffset, long itsSize) throws IOException {
      begin(name);
      if (itsSize > MOST_LABEL_BYTES) {
        throw new DataException(name + " in " + file + " is too long for a class's number");
      }
      byte[] text = new byte[(int) itsSize];
      in.readFully(itsOffset, text);
      String number = new String(text, StandardCharsets.US_ASCII).strip();
      try {
        label = Integer.parseInt(number);
      } catch (NumberFormatException e) {
        throw new DataException(
            name + " in " + file + " is '" + number + "', not the number of a class", e);
      }
      if (label < 0 || label >= classes) {
        throw new DataException(
            String.format(
                Locale.ROOT,
                "%s in %s is the class %d, allowed are 0 to %d",
                name,
                file,
                label,
                classes - 1));
      }
      endIfWhole();
    }

    private void begin(String name) {
      int dot = name.indexOf('.', name.lastIndexOf('/') + 1);
      String itsKey = dot < 0 ? name : name.substring(0, dot);
      if (!itsKey.equals(key)) {
        end();
        key = itsKey;
      }
    }

    private void endIfWhole() {
      if (image != null && label >= 0) {
        found.accept(new Entry(file, offset, (int) size, label, image));
        image = null;
        label = -1;
      }
    }

    /** Refuses a half that is left. */
    void end() {
      if (image != null || label >= 0) {
        throw new DataException(
            String.format(
                "%s in %s has no %s beside it", key, file, image == null ? "image" : "." + LABEL));
      }
    }
  }
}
