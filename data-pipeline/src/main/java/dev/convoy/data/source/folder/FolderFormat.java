package dev.convoy.data.source.folder;

import dev.convoy.data.Account;
import dev.convoy.data.DataException;
import dev.convoy.data.DataFolder;
import dev.convoy.data.FolderItem;
import dev.convoy.data.Split;
import dev.convoy.data.source.Entry;
import dev.convoy.data.source.Source;
import dev.convoy.data.source.SourceFormat;
import dev.convoy.data.source.Stored;
import dev.convoy.data.source.files.Remainder;
import dev.convoy.data.source.files.SplitName;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;

/**
 * A folder of images for each class, of any depth, as torchvision's {@code ImageFolder} reads it:
 *
 * <pre>
 *   INPUT/CLASS/.../image.jpg
 *   INPUT/train/CLASS/.../image.jpg and INPUT/val/CLASS/...; see {@link SplitName} for other names
 *   INPUT/val/images/image.jpg and INPUT/val/val_annotations.txt, as in Tiny ImageNet
 * </pre>
 *
 * <p>Classes are sorted by name.
 */
public final class FolderFormat implements SourceFormat {
  @Override
  public String name() {
    return "folder";
  }

  @Override
  public String expects() {
    return "INPUT/CLASS/image.jpg, or INPUT/train/CLASS/image.jpg and INPUT/val/CLASS/image.jpg";
  }

  @Override
  public Source open(Configuration hadoop, String uri) throws IOException {
    DataFolder input = DataFolder.existing(hadoop, uri);
    FolderLayout layout = FolderLayout.of(input, expects());
    Source classes = open(input, layout);
    DataFolder validation = layout.flatValidation();
    if (validation == null) {
      return classes;
    }
    return AnnotatedImages.in(validation, classes)
        .orElseThrow(
            () ->
                new DataException(
                    String.format(
                        Locale.ROOT,
                        "%s has no folders of classes (%s), nor a val_annotations.txt that tells the"
                            + " classes of its images; expected is %s",
                        validation,
                        layout.validation().held(),
                        expects())));
  }

  /** Returns the images that lie in folders of classes. */
  public static Source open(DataFolder input, FolderLayout layout) {
    return new Folders(input, layout, layout.train().names());
  }

  /** Parts are the classes' folders, by their numbers. */
  private record Folders(DataFolder input, FolderLayout layout, List<String> classNames)
      implements Source {
    @Override
    public Stored stored() {
      return Stored.FILES;
    }

    @Override
    public List<String> notices() throws IOException {
      List<String> notices = new ArrayList<>(layout.notices());
      FolderDepth.suspicion(layout.train()).ifPresent(notices::add);
      if (layout.validation() != null) {
        List<Object> validation = layout.validation().folder().identities();
        List<Object> train = layout.train().folder().identities();
        if (!validation.isEmpty() && validation.get(0).equals(train.get(0))) {
          notices.add(
              layout.validation().folder() + " is the folder of the training images by a link");
        }
        for (FolderItem item : layout.validation().classes()) {
          layout
              .train()
              .named(item.name())
              .filter(its -> !its.path().getName().equals(item.path().getName()))
              .ifPresent(
                  its ->
                      notices.add(
                          "the folders of the class "
                              + item.name()
                              + " have names in two Unicode forms, which are taken for one"));
        }
      }
      return notices;
    }

    @Override
    public List<String> parts(Split split, Account leftOut) throws IOException {
      Remainder remainder = new Remainder(input, leftOut);
      ClassFolders folders = split == Split.TRAIN ? layout.train() : layout.validation();
      if (split == Split.TRAIN) {
        FolderDepth.require(input, folders);
        layout.others().forEach(item -> remainder.count(item, "beside the splits"));
      }
      if (folders == null) {
        return List.of();
      }
      List<String> names = folders.names();
      folders.countOthers(remainder);
      List<String> parts = new ArrayList<>();
      for (int i = 0; i < names.size(); i++) {
        int label = classNames.indexOf(names.get(i));
        if (label < 0) {
          throw unknown(folders.folder(), names.get(i));
        }
        parts.add(label + " " + folders.classes().get(i).path());
      }
      return parts;
    }

    private DataException unknown(DataFolder folder, String name) {
      String close =
          classNames.stream()
              .filter(its -> alike(its).equals(alike(name)))
              .map(its -> "; they have '" + its + "', which differs in case or white space")
              .findFirst()
              .orElse(" (" + classNames.size() + " classes, such as " + classNames.get(0) + ")");
      return new DataException(
          folder.resolve(name) + " is a class that the training images do not have" + close);
    }

    private static String alike(String name) {
      return name.toLowerCase(Locale.ROOT).replaceAll("[\\p{Z}\\s_-]+", "");
    }

    @Override
    public void list(String part, Consumer<Entry> found, Account leftOut) throws IOException {
      int blank = part.indexOf(' ');
      int label = Integer.parseInt(part.substring(0, blank));
      DataFolder folder = input.elsewhere(part.substring(blank + 1));
      ClassFolders inside = ClassFolders.in(folder);
      FolderDepth.requireNoSplits(inside);
      Account itsLeftOut = new Account();
      List<ImageFinder.Image> images =
          new ImageFinder(new Remainder(input, itsLeftOut)).find(folder);
      if (images.isEmpty()) {
        throw new DataException(
            "the class "
                + folder
                + " has no images"
                + (itsLeftOut.isEmpty() ? ": it is empty" : ", only: " + itsLeftOut));
      }
      leftOut.add(itsLeftOut);
      for (ImageFinder.Image image : images) {
        found.accept(Entry.ofFile(image.item().status(), label, image.name()));
      }
    }
  }
}
