package dev.convoy.data.source;

import dev.convoy.data.Account;
import dev.convoy.data.DataException;
import dev.convoy.data.DataFolder;
import dev.convoy.data.Split;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.apache.hadoop.fs.FileStatus;

/**
 * Training images in folders of classes, and all validation images in one folder, as ImageNet's
 * archives unpack.
 *
 * @param train the training images, whose classes are named by WordNet identifiers
 * @param folder of the validation images
 * @param truth their classes
 */
record FlatValidation(Source train, DataFolder folder, ValidationTruth truth) implements Source {
  private static final String PART = "validation";

  /** Whether a folder holds images itself. */
  static boolean isFlat(DataFolder folder) throws IOException {
    return folder.children().stream().anyMatch(FlatValidation::isImage);
  }

  private static boolean isImage(FileStatus child) {
    return child.isFile() && ImageNames.isImage(child.getPath().getName());
  }

  @Override
  public List<String> classNames() {
    return train.classNames();
  }

  @Override
  public Stored stored() {
    return train.stored();
  }

  @Override
  public List<String> parts(Split split, Account leftOut) throws IOException {
    return split == Split.TRAIN ? train.parts(split, leftOut) : List.of(PART);
  }

  @Override
  public void list(String part, Consumer<Entry> found, Account leftOut) throws IOException {
    if (!part.equals(PART)) {
      train.list(part, found, leftOut);
      return;
    }
    int images = 0;
    for (FileStatus child : folder.children()) {
      if (isImage(child)) {
        String name = child.getPath().getName();
        String wnid = truth.wnid(name, folder);
        int label = classNames().indexOf(wnid);
        if (label < 0) {
          throw new DataException(
              String.format(
                  Locale.ROOT,
                  "%s is of the class %s, which the training images do not have",
                  child.getPath(),
                  wnid));
        }
        found.accept(Entry.ofFile(child, label, name));
        images++;
      }
    }
    truth.requireAll(images, folder);
  }
}
