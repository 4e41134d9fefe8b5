package dev.convoy.data.decode;

import dev.convoy.data.DataException;

/** What users read of image files that cannot be decoded. */
final class BrokenImage {
  private BrokenImage() {}

  /** The file's end is missing. */
  static DataException early(String where) {
    return new DataException(
        where + " ends too early: a part of its image is missing, only whole files are allowed");
  }

  /** What the reader complains of. */
  static DataException because(String where, Format format, String complaint) {
    return new DataException(text(where, format, complaint));
  }

  /** What the reader stumbled over. */
  static DataException because(String where, Format format, Exception e) {
    return new DataException(text(where, format, String.valueOf(e.getMessage())), e);
  }

  private static String text(String where, Format format, String complaint) {
    String line = complaint.lines().findFirst().orElse("no reason given");
    return String.format("%s is a broken %s file: %s", where, format, line);
  }
}
