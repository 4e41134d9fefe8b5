package dev.convoy.data.decode;

/**
 * The orientation in an EXIF block: tag 0x0112 of the first directory of a TIFF structure (CIPA
 * DC-008, 4.5 and 4.6). Whatever is broken there means no orientation, as it does to viewers.
 */
final class ExifOrientation {
  private static final int ORIENTATION = 0x0112;
  private static final int SHORT = 3;
  private static final int HEADER = 8;
  private static final int ENTRY = 12;

  private ExifOrientation() {}

  /** Reads the orientation from a TIFF structure that fills the readable part. */
  static Orientation of(ByteReader tiff) {
    boolean little = tiff.says(tiff.from(), "II*\0");
    if (!tiff.has(tiff.from(), HEADER) || !(little || tiff.says(tiff.from(), "MM\0*"))) {
      return Orientation.NORMAL;
    }
    int offset = tiff.i32(tiff.from() + 4);
    int directory = tiff.from() + (little ? Integer.reverseBytes(offset) : offset);
    if (!tiff.has(directory, 2)) {
      return Orientation.NORMAL;
    }
    int entries = u16(tiff, directory, little);
    for (int i = 0; i < entries && tiff.has(directory + 2 + i * ENTRY, ENTRY); i++) {
      int entry = directory + 2 + i * ENTRY;
      if (u16(tiff, entry, little) == ORIENTATION && u16(tiff, entry + 2, little) == SHORT) {
        return Orientation.of(u16(tiff, entry + 8, little));
      }
    }
    return Orientation.NORMAL;
  }

  private static int u16(ByteReader tiff, int at, boolean little) {
    return little ? tiff.u8(at) | tiff.u8(at + 1) << 8 : tiff.u16(at);
  }
}
