package dev.convoy.data.source;

import dev.convoy.data.Account;
import dev.convoy.data.DataException;
import dev.convoy.data.DataFolder;
import dev.convoy.data.Split;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/**
 * A folder of images for each class, of any depth, as torchvision's {@code ImageFolder} reads it:
 *
 * <pre>
 *   INPUT/CLASS/.../image.jpg
 *   INPUT/train/CLASS/.../image.jpg and INPUT/val/CLASS/... (or validation, or test)
 * </pre>
 *
 * <p>Classes are sorted by name; an image's ending tells that it is one.
 */
final class FolderFormat implements SourceFormat {
  private static final String TRAIN = "train";
  private static final List<String> VALIDATION = List.of("val", "validation", "test");

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
    return open(DataFolder.existing(hadoop, uri), expects());
  }

  static Source open(DataFolder input, String expects) throws IOException {
    Optional<DataFolder> train = input.folder(TRAIN);
    DataFolder classes = train.orElse(input);
    List<String> names = folders(classes);
    if (names.isEmpty()) {
      throw new DataException(classes + " has no folders of classes; expected is " + expects);
    }
    DataFolder validation = null;
    if (train.isPresent()) {
      for (String name : VALIDATION) {
        validation = validation == null ? input.folder(name).orElse(null) : validation;
      }
    }
    return new Folders(input, classes, validation, names);
  }

  private static List<String> folders(DataFolder folder) throws IOException {
    return folder.children().stream()
        .filter(FileStatus::isDirectory)
        .map(child -> child.getPath().getName())
        .toList();
  }

  /** Parts are the classes' folders, by their numbers. */
  private record Folders(
      DataFolder input, DataFolder train, DataFolder validation, List<String> classNames)
      implements Source {
    @Override
    public Stored stored() {
      return Stored.FILES;
    }

    @Override
    public List<String> parts(Split split, Account leftOut) throws IOException {
      DataFolder folder = split == Split.TRAIN ? train : validation;
      if (folder == null) {
        return List.of();
      }
      List<String> parts = new ArrayList<>();
      List<String> found = folders(folder);
      if (found.isEmpty()) {
        throw new DataException(folder + " has no folders of classes");
      }
      for (String name : found) {
        int label = classNames.indexOf(name);
        if (label < 0) {
          throw new DataException(
              folder.resolve(name) + " is a class that the training images do not have");
        }
        parts.add(label + " " + folder.resolve(name));
      }
      return parts;
    }

    @Override
    public void list(String part, Consumer<Entry> found, Account leftOut) throws IOException {
      int blank = part.indexOf(' ');
      int label = Integer.parseInt(part.substring(0, blank));
      Path folder = new Path(part.substring(blank + 1));
      List<FileStatus> images = new ArrayList<>();
      addImages(folder, images);
      if (images.isEmpty()) {
        throw new DataException("the class " + folder + " has no images");
      }
      images.sort(Comparator.comparing(file -> file.getPath().toString()));
      String root = input.path().toUri().getPath();
      for (FileStatus image : images) {
        String path = image.getPath().toUri().getPath();
        String name = path.substring(root.length()).replaceFirst("^/", "");
        found.accept(Entry.ofFile(image, label, name));
      }
    }

    /** Not {@code listFiles}, which on a local disk starts a process for each file's owner. */
    private void addImages(Path folder, List<FileStatus> images) throws IOException {
      for (FileStatus child : input.files().listStatus(folder)) {
        String name = child.getPath().getName();
        if (name.startsWith(".")) {
          continue;
        }
        if (child.isDirectory()) {
          addImages(child.getPath(), images);
        } else if (ImageNames.isImage(name)) {
          images.add(child);
        }
      }
    }
  }
}
