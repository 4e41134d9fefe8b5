package dev.convoy.data.decode;

/**
 * What a person may want to know of an image that was decoded all the same. A note is counted; it
 * refuses nothing.
 */
public enum ImageNote {
  /** Some pixels are not opaque. */
  TRANSPARENT("transparent pixels, which lie on the background"),
  /** There are more frames than one. */
  ANIMATED("more frames than one, of which the first is taken"),
  /** The file ends without the mark of its end, behind the last pixel. */
  NO_END("no mark of the file's end, though every pixel is there"),
  /** There are bytes where a block should begin. */
  STRAY_BYTES("stray bytes between the file's blocks"),
  /** A header says that the pixels begin where they cannot. */
  WRONG_OFFSET("a wrong number where the header says where pixels begin"),
  /** What the format requires is missing, and the usual is taken in its place. */
  ASSUMED("missing tables or parameters, for which the usual ones are taken"),
  /** Only a part of the pixels is there, and a preparation takes such images. */
  TRUNCATED("missing or corrupt pixels, which are left grey or black");

  private final String text;

  ImageNote(String text) {
    this.text = text;
  }

  /** Returns what such images have. */
  public String text() {
    return text;
  }
}
