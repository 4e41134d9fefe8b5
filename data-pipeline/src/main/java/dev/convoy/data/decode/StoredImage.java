package dev.convoy.data.decode;

import dev.convoy.data.Region;
import java.util.EnumSet;
import java.util.Set;

/**
 * An image file whose header has been read.
 *
 * @param height rows as stored
 * @param width columns as stored
 * @param components as {@link ImageHeader} has them
 * @param orientation how it is to be turned
 * @param plain as {@link ImageHeader} has it
 * @param notes what was noticed so far; reading pixels may add to it
 * @param data what decodes it
 */
record StoredImage(
    int height,
    int width,
    int components,
    Orientation orientation,
    boolean plain,
    Set<ImageNote> notes,
    Data data) {
  /** Creates an image in colour that lies upright, in a format that shards do not keep. */
  StoredImage(int height, int width, Set<ImageNote> notes, Data data) {
    this(height, width, 3, Orientation.NORMAL, false, notes, data);
  }

  /** Creates an image of which there is nothing to note. */
  StoredImage(
      int height, int width, int components, Orientation orientation, boolean plain, Data data) {
    this(height, width, components, orientation, plain, EnumSet.noneOf(ImageNote.class), data);
  }

  /** The part of a file that is only read when pixels are wanted. */
  @FunctionalInterface
  interface Data {
    /**
     * Decodes a part of the image.
     *
     * @param stored the part, before it is turned
     * @return the rows of that part alone
     * @throws dev.convoy.data.DataException if the data are broken
     */
    PixelReader read(Region stored);
  }
}
