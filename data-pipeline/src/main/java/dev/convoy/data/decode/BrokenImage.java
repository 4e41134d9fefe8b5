package dev.convoy.data.decode;

import java.util.Locale;

/** What users read of image files that cannot be decoded. */
final class BrokenImage {
  private BrokenImage() {}

  /** The file's end is missing. */
  static UnusableImage early(String where) {
    String detail = "a part of its image is missing, only whole files are allowed";
    return new UnusableImage(where, "truncated file", "ends too early: " + detail, detail);
  }

  /** What the reader complains of. */
  static UnusableImage because(String where, Format format, String complaint) {
    String kind = "broken " + format + " file";
    String line = complaint.lines().findFirst().orElse("no reason given");
    return new UnusableImage(where, kind, "is a " + kind + ": " + line, line);
  }

  /** What the reader stumbled over. */
  static UnusableImage because(String where, Format format, Exception e) {
    UnusableImage broken = because(where, format, String.valueOf(e.getMessage()));
    broken.initCause(e);
    return broken;
  }

  /** It may be whole, but what it uses of its format is not read. */
  static UnusableImage unread(String where, Format format, Exception e) {
    String kind = format + " file of a rare kind";
    return new UnusableImage(
        where, kind, "is a " + format + " file " + e.getMessage(), e.getMessage());
  }

  /** The image has no rows or no columns. */
  static UnusableImage flat(String where, int height, int width) {
    String detail = String.format(Locale.ROOT, "its header says %d x %d", height, width);
    return new UnusableImage(
        where, "image without pixels", "is an image without pixels: " + detail, detail);
  }

  /** The image is larger than what is allowed. */
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
