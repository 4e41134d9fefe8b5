package dev.convoy.data.decode.jpeg;

/** What can be wrong with a JPEG file that is decoded all the same. */
public enum JpegFault {
  /** The file ends, with all of its image, without the marker EOI. */
  NO_END(false, "it has no end marker"),
  /** Bytes follow the marker EOI. */
  BYTES_AFTER_END(false, "bytes follow its end marker"),
  /** Bytes that belong to nothing stand before a marker. */
  STRAY_BYTES(false, "it has bytes that belong to nothing"),
  /** Huffman tables are missing, as in frames of Motion JPEG; those of T.81, K.3, are taken. */
  STANDARD_TABLES(false, "its Huffman tables are missing"),
  /** A sequential scan claims to be a part of a progression. */
  SCAN_PARAMETERS(false, "a scan has parameters of progressive files"),
  /** The Adobe marker's transform is not defined; YCbCr or YCCK is assumed. */
  COLOUR_TRANSFORM(false, "its colour transform is not defined"),
  /** No scan of a progressive file brings the last bits of some coefficients. */
  MISSING_BITS(false, "its scans leave out the last bits of coefficients"),
  /** The data end before the image does. */
  EARLY_END(true, "it ends too early"),
  /** A marker stands where the image's data should go on. */
  DATA_CUT(true, "a marker cuts its data"),
  /** A Huffman code is not defined. */
  BAD_CODE(true, "its data have Huffman codes that are not defined"),
  /** A restart marker is missing, or it is not the one that is due. */
  RESTART(true, "its restart markers are not in order"),
  /** A progressive scan refines what no scan before it has brought, or brings it again. */
  PROGRESSION(true, "its scans contradict each other"),
  /** No scan brings a component. */
  MISSING_SCAN(true, "it has no scan of one of its components"),
  /** A segment between scans is broken; what follows is not looked at. */
  BROKEN_SEGMENT(true, "a segment between its scans is broken");

  private final boolean damage;
  private final String text;

  JpegFault(boolean damage, String text) {
    this.damage = damage;
    this.text = text;
  }

  /** Returns whether pixels are missing or guessed. */
  public boolean damage() {
    return damage;
  }

  /** Returns what is wrong, as a clause. */
  public String text() {
    return text;
  }
}
