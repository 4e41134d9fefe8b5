package dev.convoy.data.decode;

/** Formats of image files, told by their first bytes; names of files do not count. */
public enum Format {
  /** ITU-T T.81: begins with the marker SOI and another marker. */
  JPEG("\u00ff\u00d8\u00ff"),
  /** PNG, third edition, 5.2. */
  PNG("\u0089PNG\r\n\u001a\n"),
  /** GIF87a and GIF89a; of an animation the first frame. */
  GIF("GIF8"),
  /** Windows bitmaps. */
  BMP("BM");

  /** What messages say of files of other formats. */
  static final String ALLOWED = "JPEG, PNG, GIF and BMP";

  /** A character a byte. */
  private final String signature;

  Format(String signature) {
    this.signature = signature;
  }

  /** Whether a file begins as this format does. */
  boolean begins(byte[] file, int length) {
    return new ByteReader(file, 0, length).says(0, signature);
  }
}
