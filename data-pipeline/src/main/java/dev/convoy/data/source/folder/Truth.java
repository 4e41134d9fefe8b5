package dev.convoy.data.source.folder;

import dev.convoy.data.DataException;
import java.util.Locale;

/** The classes of images that lie in one folder or archive, as a file beside them tells. */
public interface Truth {
  /**
   * Returns the class of an image.
   *
   * @param name of its file
   * @param holder what holds it, for messages
   * @throws DataException if nothing is told of it
   */
  String classOf(String name, Object holder);

  /** Returns how many images the file tells of. */
  int images();

  /** Returns the name of the file that tells, for messages. */
  String where();

  /**
   * Requires that every image that is told of was found.
   *
   * @param holder what holds the images, for messages
   * @throws DataException if there are fewer or more
   */
  default void requireAll(int found, Object holder) {
    if (found != images()) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "%s has %,d images, but %s tells of %,d",
              holder,
              found,
              where(),
              images()));
    }
  }
}
