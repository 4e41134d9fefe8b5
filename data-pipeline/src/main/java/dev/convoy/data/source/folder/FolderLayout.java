package dev.convoy.data.source.folder;

import dev.convoy.data.DataException;
import dev.convoy.data.DataFolder;
import dev.convoy.data.FolderItem;
import dev.convoy.data.source.files.SplitName;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Which folders of an input hold its splits, told by their names ({@link SplitName}). Where that
 * can be understood in two ways, it is refused: a wrong guess would train on wrong labels.
 *
 * @param train the folders of the classes of training images
 * @param validation those of validation images; null if there are none
 * @param others what lies beside the two
 * @param notices what a person has to be told
 */
public record FolderLayout(
    ClassFolders train, ClassFolders validation, List<FolderItem> others, List<String> notices) {

  private static final String IMAGES = "images";

  /**
   * Looks at an input.
   *
   * @param expects what the format expects, for messages
   */
  public static FolderLayout of(DataFolder input, String expects) throws IOException {
    return new Reader(input, expects).read();
  }

  /** Returns the folder of validation images that lie in no folders of classes, or null. */
  public DataFolder flatValidation() {
    if (validation == null) {
      return null;
    }
    boolean flat = validation.classes().isEmpty();
    boolean images =
        validation.classes().size() == 1
            && validation.named(IMAGES).isPresent()
            && train.named(IMAGES).isEmpty();
    return flat || images ? validation.folder() : null;
  }

  /** Decides from the names of an input's folders which of them are splits. */
  private static final class Reader {
    private final ClassFolders input;
    private final String expects;
    private final Map<SplitName, List<FolderItem>> splits = new EnumMap<>(SplitName.class);
    private final List<FolderItem> rest = new ArrayList<>();
    private final List<String> notices = new ArrayList<>();

    Reader(DataFolder folder, String expects) throws IOException {
      input = ClassFolders.in(folder);
      this.expects = expects;
      for (FolderItem item : input.classes()) {
        Optional<SplitName> split = SplitName.of(item.name());
        if (split.isPresent()) {
          splits.computeIfAbsent(split.get(), name -> new ArrayList<>()).add(item);
        } else {
          rest.add(item);
        }
      }
    }

    FolderLayout read() throws IOException {
      if (!splits.containsKey(SplitName.TRAIN)) {
        requireNoSplit();
        return classesAlone();
      }
      ClassFolders train = enter(one(SplitName.TRAIN));
      if (train.classes().isEmpty()) {
        if (splits.size() == 1 && !rest.isEmpty()) {
          notices.add(
              String.format(
                  Locale.ROOT,
                  "%s is taken for a class like %s beside it: it has no folders of classes",
                  names(splits.get(SplitName.TRAIN)),
                  names(rest)));
          return classesAlone();
        }
        throw noClasses(train);
      }
      FolderDepth.requireNoSplits(train);
      if (!rest.isEmpty()) {
        notices.add(names(rest) + " beside the splits: left out");
      }
      ClassFolders validation = validation(train);
      List<FolderItem> others = new ArrayList<>(input.others());
      others.addAll(rest);
      return new FolderLayout(train, validation, others, notices);
    }

    /** Returns the layout of an input whose own folders are the classes. */
    private FolderLayout classesAlone() {
      if (input.classes().isEmpty()) {
        throw noClasses(input);
      }
      return new FolderLayout(input, null, List.of(), notices);
    }

    private DataException noClasses(ClassFolders folder) {
      return new DataException(
          String.format(
              Locale.ROOT,
              "%s has no folders of classes (%s); expected is %s",
              folder.folder(),
              folder.held(),
              expects));
    }

    /** Refuses a split without training images, or a class that happens to be called like one. */
    private void requireNoSplit() {
      if (splits.isEmpty()) {
        return;
      }
      String found = splits.values().stream().map(Reader::names).collect(Collectors.joining(", "));
      throw new DataException(
          rest.isEmpty()
              ? String.format(
                  Locale.ROOT,
                  "%s has %s, but no folder train with training images; expected is %s",
                  input.folder(),
                  found,
                  expects)
              : String.format(
                  Locale.ROOT,
                  "%s has %s, as a split is called, beside folders of classes (%s); put the classes"
                      + " into a folder train beside it, or rename it if it is a class",
                  input.folder(),
                  found,
                  names(rest)));
    }

    private ClassFolders validation(ClassFolders train) throws IOException {
      boolean tests = splits.containsKey(SplitName.TEST);
      if (splits.containsKey(SplitName.VALIDATION)) {
        ClassFolders validation = enter(one(SplitName.VALIDATION));
        if (tests) {
          leaveOutTest(name(validation.folder()) + " is the validation split");
        }
        return validation;
      }
      if (!tests) {
        return null;
      }
      ClassFolders test = enter(one(SplitName.TEST));
      if (test.classes().stream().noneMatch(item -> train.named(item.name()).isPresent())) {
        leaveOutTest("it has none of the folders of classes that the training images have");
        return null;
      }
      notices.add(
          names(splits.get(SplitName.TEST)) + " stands in for validation: there is no folder val");
      return test;
    }

    private void leaveOutTest(String why) {
      rest.addAll(0, splits.get(SplitName.TEST));
      notices.add(names(splits.get(SplitName.TEST)) + " is left out: " + why);
    }

    /** Returns the one folder of a split. */
    private FolderItem one(SplitName split) {
      List<FolderItem> found = splits.get(split);
      if (found.size() > 1) {
        throw new DataException(
            String.format(
                Locale.ROOT,
                "%s has %s, of which only one can be the %s split; move the other away",
                input.folder(),
                names(found),
                split.word()));
      }
      return found.get(0);
    }

    /**
     * Returns its folders of classes; of {@code train/train}, as archives unpack twice, the inner
     * ones.
     */
    private ClassFolders enter(FolderItem split) throws IOException {
      ClassFolders folder = ClassFolders.in(input.folder().enter(split));
      while (folder.classes().size() == 1) {
        FolderItem inner = folder.classes().get(0);
        if (!SplitName.of(inner.name()).equals(SplitName.of(split.name()))) {
          break;
        }
        ClassFolders inside = ClassFolders.in(folder.folder().enter(inner));
        if (inside.classes().isEmpty()) {
          break;
        }
        folder = inside;
        notices.add(folder.folder() + " is read for " + split.name());
      }
      return folder;
    }

    private static String name(DataFolder folder) {
      return folder.path().getName();
    }

    private static String names(List<FolderItem> items) {
      return ClassFolders.names(items);
    }
  }
}
