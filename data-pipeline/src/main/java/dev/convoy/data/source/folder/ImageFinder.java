package dev.convoy.data.source.folder;

import dev.convoy.data.DataException;
import dev.convoy.data.DataFolder;
import dev.convoy.data.FolderItem;
import dev.convoy.data.decode.FirstBytes;
import dev.convoy.data.source.files.ImageNames;
import dev.convoy.data.source.files.Remainder;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.security.AccessControlException;

/**
 * Finds the images in a folder and those below it, and counts everything else under its reason. An
 * image is told by its ending, or where that is unknown or missing by its first bytes. Links are
 * followed; a folder is read once, whatever links lead to it, so that loops end.
 */
final class ImageFinder {
  private static final String REPEATED = "links to folders that are read already";

  private final Remainder remainder;

  /** The folders that were read. */
  private final Set<Object> entered = new HashSet<>();

  /** The folders that the one which is read now lies in. */
  private final Set<Object> around = new HashSet<>();

  private final List<Image> images = new ArrayList<>();

  /** Counts what is no image. */
  ImageFinder(Remainder remainder) {
    this.remainder = remainder;
  }

  /**
   * An image.
   *
   * @param item the file
   * @param name its path in the input
   */
  record Image(FolderItem item, String name) {}

  /** Returns the images below a folder, in the order of their names. */
  List<Image> find(DataFolder folder) throws IOException {
    entered.addAll(folder.identities());
    around.addAll(folder.identities());
    enter(folder);
    images.sort(
        Comparator.comparing(Image::name).thenComparing(image -> image.item().path().toString()));
    return images;
  }

  private void enter(DataFolder folder) throws IOException {
    for (FolderItem item : folder.items()) {
      if (item.isFolder() && !Remainder.passesOver(item)) {
        if (around.contains(item.identity())) {
          remainder.count(item, Remainder.LOOPS);
        } else if (entered.contains(item.identity())) {
          remainder.count(item, REPEATED);
        } else {
          enter(item, folder.enter(item));
        }
      } else if (isImage(folder, item)) {
        images.add(new Image(item, remainder.name(item)));
      } else {
        remainder.count(item, Remainder.ending(item));
      }
    }
  }

  private void enter(FolderItem item, DataFolder folder) throws IOException {
    if (item.identity() != null) {
      entered.add(item.identity());
      around.add(item.identity());
    }
    enter(folder);
    around.remove(item.identity());
  }

  /** Returns whether a file is an image; one whose ending says nothing is looked into. */
  private static boolean isImage(DataFolder folder, FolderItem item) throws IOException {
    if (!item.isFile() || Remainder.passesOver(item)) {
      return false;
    }
    return ImageNames.isImage(item.name())
        || (!ImageNames.isOther(item.name())
            && item.status().getLen() > 0
            && beginsAsImage(folder, item.path()));
  }

  private static boolean beginsAsImage(DataFolder folder, Path file) throws IOException {
    byte[] first = new byte[FirstBytes.COUNT];
    try (FSDataInputStream in = folder.files().open(file)) {
      int length = Math.max(0, in.readNBytes(first, 0, first.length));
      return FirstBytes.isImage(first, length);
    } catch (FileNotFoundException | AccessControlException e) {
      throw new DataException(file + " cannot be read: " + e.getMessage(), e);
    }
  }
}
