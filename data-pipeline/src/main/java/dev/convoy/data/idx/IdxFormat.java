package dev.convoy.data.idx;

import dev.convoy.data.DataException;
import dev.convoy.data.DataFolder;
import dev.convoy.data.Dataset;
import dev.convoy.data.DatasetFormat;
import dev.convoy.data.Split;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;

/**
 * A folder with MNIST's four files under their official names, each as it is or with {@code .gz}:
 * {@code train-images-idx3-ubyte}, {@code train-labels-idx1-ubyte}, and the same two with {@code
 * t10k} for validation. An optional {@code classes.txt} names the classes, one a line; without it
 * there are ten, called 0 to 9.
 */
public final class IdxFormat implements DatasetFormat {
  /** What comes before the first pixel of a file of images. */
  public static final int IMAGES_HEADER_BYTES = 4 * Integer.BYTES;

  private static final String CLASSES = "classes.txt";
  private static final String LABELS = "-labels-idx1-ubyte";
  private static final String IMAGES = "-images-idx3-ubyte";
  private static final int MAX_CLASSES = 256;

  @Override
  public String name() {
    return "idx";
  }

  @Override
  public Dataset open(Configuration hadoop, String uri, Split split) throws IOException {
    DataFolder folder = DataFolder.existing(hadoop, uri);
    List<String> classNames = classNames(folder);
    // The small file first: a wrong folder is found out sooner.
    IdxFile labels = IdxFile.read(folder, prefix(split) + LABELS, 1);
    IdxFile images = IdxFile.read(folder, prefix(split) + IMAGES, 3);
    return new IdxDataset(images, labels, classNames);
  }

  /** The URI of the file with a split's images, which may be a {@code .gz}. */
  public String imagesFile(Configuration hadoop, String uri, Split split) throws IOException {
    DataFolder folder = DataFolder.existing(hadoop, uri);
    return folder.resolve(IdxFile.find(folder, prefix(split) + IMAGES)).toString();
  }

  private static String prefix(Split split) {
    return switch (split) {
      case TRAIN -> "train";
      case VALIDATION -> "t10k";
    };
  }

  private static List<String> classNames(DataFolder folder) throws IOException {
    if (!folder.has(CLASSES)) {
      return IntStream.range(0, 10).mapToObj(Integer::toString).toList();
    }
    String path = folder.resolve(CLASSES).toString();
    List<String> names;
    try (InputStream in = folder.open(CLASSES)) {
      names =
          StandardCharsets.UTF_8
              .newDecoder()
              .decode(ByteBuffer.wrap(in.readAllBytes()))
              .toString()
              .lines()
              .map(String::strip)
              .toList();
    } catch (CharacterCodingException e) {
      throw new DataException(path + " is not text in UTF-8", e);
    }
    if (names.isEmpty() || names.size() > MAX_CLASSES) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "%s names %d classes, allowed are 1 to %d",
              path,
              names.size(),
              MAX_CLASSES));
    }
    if (names.contains("") || new HashSet<>(names).size() < names.size()) {
      throw new DataException(path + " has an empty line or names a class twice");
    }
    return names;
  }
}
