package dev.convoy.data.decode;

import java.util.Locale;

/** What users read of image files that cannot be decoded. */
final class BrokenImage {
  private BrokenImage() {}

  /** Returns the refusal of a file whose end is missing. */
  static UnusableImage early(String where) {
    String detail = "a part of its image is missing, only whole files are allowed";
    return new UnusableImage(where, "truncated file", "ends too early: " + detail, detail);
  }

  /** Returns the refusal of a file by the reader's complaint. */
  static UnusableImage because(String where, Format format, String complaint) {
    String kind = "broken " + format + " file";
    String line = complaint.lines().findFirst().orElse("no reason given");
    return new UnusableImage(where, kind, "is a " + kind + ": " + line, line);
  }

  /** Returns the refusal of a file by the exception in which its reader ended. */
  static UnusableImage because(String where, Format format, Exception e) {
    UnusableImage broken = because(where, format, String.valueOf(e.getMessage()));
    broken.initCause(e);
    return broken;
  }

  /**
   * Returns the refusal of a file that may be whole, but uses a part of its format that is not
   * read.
   */
  static UnusableImage unread(String where, Format format, Exception e) {
    String kind = format + " file of a rare kind";
    return new UnusableImage(
        where, kind, "is a " + format + " file " + e.getMessage(), e.getMessage());
  }

  /** Returns the refusal of an image without rows or columns. */
  static UnusableImage flat(String where, int height, int width) {
    String detail = String.format(Locale.ROOT, "its header says %d x %d", height, width);
    return new UnusableImage(
        where, "image without pixels", "is an image without pixels: " + detail, detail);
  }

  /** Returns the refusal of an image that is larger than allowed. */
  static UnusableImage large(String where, long height, long width, long most) {
    String detail =
        String.format(
            Locale.ROOT,
            "%,d pixels (%d rows of %d), but at most %,d are allowed",
            height * width,
            height,
            width,
            most);
    return new UnusableImage(where, "image of too many pixels", "has " + detail, detail);
  }
}
