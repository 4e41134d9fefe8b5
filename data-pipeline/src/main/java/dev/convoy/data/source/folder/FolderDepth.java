package dev.convoy.data.source.folder;

import dev.convoy.data.DataException;
import dev.convoy.data.DataFolder;
import dev.convoy.data.FolderItem;
import dev.convoy.data.source.files.SplitName;
import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Refuses inputs whose folders of classes lie deeper than where they are looked for. Images are
 * taken from any depth below a class, so an input that is one level too high would go on with other
 * classes.
 */
final class FolderDepth {
  /** Folders in folders are followed no deeper: links may go round in a circle. */
  private static final int DEEPEST = 16;

  private FolderDepth() {}

  /**
   * Refuses a single class whose images lie in several folders.
   *
   * @param input the folder that the user named
   */
  static void require(DataFolder input, ClassFolders train) throws IOException {
    if (train.classes().size() != 1) {
      return;
    }
    ClassFolders inside = train;
    for (int depth = 0; depth < DEEPEST && inside.classes().size() == 1; depth++) {
      inside = ClassFolders.in(inside.folder().enter(inside.classes().get(0)));
    }
    if (inside.classes().size() > 1) {
      boolean itself = train.folder().path().equals(input.path());
      throw new DataException(
          String.format(
              Locale.ROOT,
              "%s has one folder of a class, %s, whose images lie in %d folders (%s); %s",
              train.folder(),
              train.classes().get(0).name(),
              inside.classes().size(),
              ClassFolders.names(inside.classes()),
              itself
                  ? "is " + inside.folder() + " meant?"
                  : "if those are the classes, they belong into " + train.folder() + " itself"));
    }
  }

  /** Refuses a folder of a class that holds splits: a dataset, and not a class of one. */
  static void requireNoSplits(ClassFolders folder) {
    Set<SplitName> splits = EnumSet.noneOf(SplitName.class);
    for (FolderItem item : folder.classes()) {
      SplitName.of(item.name()).ifPresent(splits::add);
    }
    if (splits.contains(SplitName.TRAIN) && splits.size() > 1) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "%s is taken for a class, or a folder of classes, but holds splits itself (%s); is it"
                  + " the input that is meant?",
              folder.folder(),
              ClassFolders.names(folder.classes())));
    }
  }

  /**
   * Returns a sentence where every class has the same few folders: perhaps those are the classes.
   */
  static Optional<String> suspicion(ClassFolders train) throws IOException {
    List<String> first = List.of();
    for (FolderItem folder : train.classes()) {
      ClassFolders inside = ClassFolders.in(train.folder().enter(folder));
      List<String> names = inside.classes().stream().map(FolderItem::name).toList();
      boolean same = first.isEmpty() || names.equals(first);
      if (names.size() < 2 || !same || inside.hasImages()) {
        return Optional.empty();
      }
      first = names;
    }
    return Optional.of(
        String.format(
            Locale.ROOT,
            "each of the classes %s holds the folders %s: if those are the classes, the input is one"
                + " level too high",
            ClassFolders.names(train.classes()),
            String.join(", ", first.subList(0, Math.min(first.size(), 5)))));
  }
}
