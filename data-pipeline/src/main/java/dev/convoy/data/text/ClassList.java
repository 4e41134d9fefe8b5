package dev.convoy.data.text;

import dev.convoy.data.DataException;
import dev.convoy.data.DataFolder;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.hadoop.fs.FileStatus;

/** The file of a dataset's folder that names its classes. */
public final class ClassList {
  /** Usual names; the third is that of TensorFlow Datasets. */
  private static final List<String> NAMES =
      List.of("classes.txt", "labels.txt", "label.labels.txt", "class_names.txt");

  private ClassList() {}

  /**
   * Looks for the list, without which the folder is of no use.
   *
   * @param preferred the format's own name of it
   * @param expected what the folder is expected to have
   * @return the file's name
   * @throws DataException if there is none, or several, none of them of the preferred name
   */
  public static String require(DataFolder folder, String preferred, String expected)
      throws IOException {
    return find(folder, preferred)
        .orElseThrow(
            () ->
                new DataException(folder + " has no " + preferred + "; expected are " + expected));
  }

  /**
   * Looks for the list.
   *
   * @param preferred the format's own name of it
   * @return the file's name, or nothing if there is no list
   * @throws DataException if there are several, none of them of the preferred name
   */
  public static Optional<String> find(DataFolder folder, String preferred) throws IOException {
    if (folder.has(preferred)) {
      return Optional.of(preferred);
    }
    List<String> found =
        folder.children().stream()
            .filter(FileStatus::isFile)
            .map(child -> child.getPath().getName())
            .filter(name -> NAMES.contains(name.toLowerCase(Locale.ROOT)))
            .toList();
    if (found.size() > 1) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "%s may name its classes in %s; keep one, called %s",
              folder,
              String.join(" or ", found),
              preferred));
    }
    return found.stream().findFirst();
  }
}
