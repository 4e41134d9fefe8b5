package dev.convoy.data.source.folder;

import dev.convoy.data.Account;
import dev.convoy.data.DataException;
import dev.convoy.data.DataFolder;
import dev.convoy.data.Split;
import dev.convoy.data.source.Entry;
import dev.convoy.data.source.Source;
import dev.convoy.data.source.Stored;
import dev.convoy.data.source.files.Remainder;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * Training images in folders of classes, and all validation images in one folder, as ImageNet's
 * archives unpack.
 *
 * @param train the training images, whose classes are named by WordNet identifiers
 * @param folder of the validation images
 * @param truth their classes
 */
public record FlatValidation(Source train, DataFolder folder, Truth truth) implements Source {
  private static final String PART = "validation";

  @Override
  public List<String> classNames() {
    return train.classNames();
  }

  @Override
  public List<String> notices() throws IOException {
    return train.notices();
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
    List<ImageFinder.Image> images = new ImageFinder(new Remainder(folder, leftOut)).find(folder);
    for (ImageFinder.Image image : images) {
      String name = image.item().name();
      String itsClass = truth.classOf(name, folder);
      int label = classNames().indexOf(itsClass);
      if (label < 0) {
        throw new DataException(
            String.format(
                Locale.ROOT,
                "%s is of the class %s, which the training images do not have",
                image.item().path(),
                itsClass));
      }
      found.accept(Entry.ofFile(image.item().status(), label, name));
    }
    truth.requireAll(images.size(), folder);
  }
}
