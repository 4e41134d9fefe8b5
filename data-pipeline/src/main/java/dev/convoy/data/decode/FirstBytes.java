package dev.convoy.data.decode;

/** What a file's first bytes say of it, before it is read whole. */
public final class FirstBytes {
  /** How many to look at. */
  public static final int COUNT = 1024;

  private FirstBytes() {}

  /** Returns whether a file that begins so is an image of a format that is read. */
  public static boolean isImage(byte[] first, int length) {
    ByteReader in = new ByteReader(first, 0, length);
    for (Format format : Format.values()) {
      if (format.begins(in)) {
        return true;
      }
    }
    return false;
  }
}
