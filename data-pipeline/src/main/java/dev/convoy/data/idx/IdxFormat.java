package dev.convoy.data.idx;

import dev.convoy.data.DataException;
import dev.convoy.data.DataFolder;
import dev.convoy.data.Dataset;
import dev.convoy.data.DatasetFormat;
import dev.convoy.data.Split;
import dev.convoy.data.text.ClassLabels;
import dev.convoy.data.text.ClassList;
import dev.convoy.data.text.ClassNames;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;

/**
 * A folder with MNIST's four files, each as it is or compressed by gzip: {@code
 * train-images-idx3-ubyte}, {@code train-labels-idx1-ubyte}, and the same two with {@code t10k} for
 * validation; or files of similar names ({@link IdxNames}). An optional {@code classes.txt} names
 * the classes, one a line; without it there are ten, called 0 to 9.
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
  public String summary() {
    return "the four files of MNIST, plain or .gz";
  }

  @Override
  public Dataset open(Configuration hadoop, String uri, Split split) throws IOException {
    DataFolder folder = DataFolder.existing(hadoop, uri);
    ClassNames classes = classes(folder);
    return open(hadoop, uri, split, Math.max(0, classes.first()));
  }

  /**
   * Opens a split whose labels count from another number.
   *
   * @param firstLabel that of the first class
   */
  public Dataset open(Configuration hadoop, String uri, Split split, int firstLabel)
      throws IOException {
    DataFolder folder = DataFolder.existing(hadoop, uri);
    ClassLabels classes =
        new ClassLabels(
            classes(folder).names(),
            ClassList.find(folder, CLASSES).orElse("a folder without " + CLASSES),
            firstLabel);
    String labelsName = IdxNames.find(folder, split, false, prefix(split) + LABELS);
    String imagesName = IdxNames.find(folder, split, true, prefix(split) + IMAGES);
    if (!IdxNames.dataset(labelsName).equals(IdxNames.dataset(imagesName))) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "%s and %s in %s are of two datasets; put each into a folder of its own",
              labelsName,
              imagesName,
              folder));
    }
    // The small file first: a wrong folder is found out sooner.
    IdxFile labels = IdxFile.read(folder, labelsName, 1);
    IdxFile images = IdxFile.read(folder, imagesName, 3);
    return new IdxDataset(images, labels, classes);
  }

  /**
   * Where a split's images lie.
   *
   * @param file its URI
   * @param gzip whether it is compressed
   */
  public record ImagesFile(String file, boolean gzip) {}

  /** Returns the file with a split's images. */
  public ImagesFile imagesFile(Configuration hadoop, String uri, Split split) throws IOException {
    DataFolder folder = DataFolder.existing(hadoop, uri);
    String name = IdxNames.find(folder, split, true, prefix(split) + IMAGES);
    return new ImagesFile(folder.resolve(name).toString(), IdxFile.isGzip(folder, name));
  }

  private static String prefix(Split split) {
    return switch (split) {
      case TRAIN -> "train";
      case VALIDATION -> "t10k";
    };
  }

  /** Returns the classes of a folder, perhaps with the number of the first. */
  public ClassNames classes(Configuration hadoop, String uri) throws IOException {
    return classes(DataFolder.existing(hadoop, uri));
  }

  private static ClassNames classes(DataFolder folder) throws IOException {
    Optional<String> list = ClassList.find(folder, CLASSES);
    if (list.isEmpty()) {
      List<String> digits = IntStream.range(0, 10).mapToObj(Integer::toString).toList();
      return new ClassNames(digits, ClassNames.UNNUMBERED);
    }
    ClassNames classes = ClassNames.parse(folder.text(list.get()));
    if (classes.names().size() > MAX_CLASSES) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "%s names %d classes, allowed are 1 to %d",
              folder.resolve(list.get()),
              classes.names().size(),
              MAX_CLASSES));
    }
    return classes;
  }
}
