package dev.convoy.data.source.cifar;

import dev.convoy.data.DataException;
import dev.convoy.data.DataFolder;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Finds the files of a version of CIFAR, and says what lies there in their place. */
final class CifarFolder {
  private static final Pattern PACKED =
      Pattern.compile("cifar-?100?-binary.*\\.(?:tar|tar\\.gz|tgz|zip)");

  private static final Pattern PYTHON =
      Pattern.compile("cifar-?100?-(?:python|batches-py).*|data_batch_[1-5]|batches\\.meta");

  private static final Pattern MATLAB = Pattern.compile("cifar-?100?-matlab.*|data_batch_1\\.mat");

  private CifarFolder() {}

  /**
   * Returns the folder that holds the files: the one given, or what the archive unpacks to in it.
   *
   * @param unpacked the name of that folder
   * @param names the file of the classes' names, which tells
   * @param expects what belongs there
   */
  static DataFolder find(DataFolder given, String unpacked, String names, String expects)
      throws IOException {
    DataFolder folder = given.folder(unpacked).orElse(given);
    if (folder.has(names)) {
      return folder;
    }
    List<String> lying =
        folder.children().stream().map(child -> child.getPath().getName()).toList();
    for (String name : lying) {
      String lower = name.toLowerCase(Locale.ROOT);
      if (PACKED.matcher(lower).matches()) {
        throw new DataException(
            folder + " has " + name + ", still packed; unpack it there: tar -xf " + name);
      }
    }
    for (String name : lying) {
      String lower = name.toLowerCase(Locale.ROOT);
      if (PYTHON.matcher(lower).matches() || MATLAB.matcher(lower).matches()) {
        throw new DataException(
            String.format(
                Locale.ROOT,
                "%s has %s, of the version for %s, which is not read; expected are the files of the"
                    + " binary version: %s",
                folder,
                name,
                PYTHON.matcher(lower).matches() ? "Python" : "Matlab",
                expects));
      }
    }
    throw new DataException(folder + " has no " + names + "; expected are " + expects);
  }
}
