package dev.convoy.data.source;

import dev.convoy.data.DataException;
import dev.convoy.data.DataFolder;
import dev.convoy.data.Split;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.fs.FileStatus;

/**
 * The files of each split, in the order of their names: those whose names begin with {@code train},
 * or with {@code val} or {@code test}, or those in folders of such names.
 *
 * @param folder the input
 * @param ending of their names; empty for any
 */
record SplitFiles(DataFolder folder, String ending) {
  private static final List<String> TRAIN = List.of("train");
  private static final List<String> VALIDATION = List.of("validation", "val", "test");

  /** URIs; empty if the split is not there. */
  List<String> of(Split split) throws IOException {
    List<String> beginnings = split == Split.TRAIN ? TRAIN : VALIDATION;
    List<String> found = new ArrayList<>();
    for (String beginning : beginnings) {
      Optional<DataFolder> inside = folder.folder(beginning);
      if (inside.isPresent() && found.isEmpty()) {
        add(inside.get(), "", found);
      }
    }
    for (int i = 0; i < beginnings.size() && found.isEmpty(); i++) {
      add(folder, beginnings.get(i), found);
    }
    if (found.isEmpty() && split == Split.TRAIN) {
      throw new DataException(
          String.format("%s has no files train*%s, nor a folder train of such", folder, ending));
    }
    return found;
  }

  private void add(DataFolder in, String beginning, List<String> found) throws IOException {
    for (FileStatus child : in.children()) {
      String name = child.getPath().getName();
      if (child.isFile() && name.startsWith(beginning) && name.endsWith(ending)) {
        found.add(child.getPath().toString());
      }
    }
  }
}
