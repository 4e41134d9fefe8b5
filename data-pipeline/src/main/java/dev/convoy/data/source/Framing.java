package dev.convoy.data.source;

/**
 * How an image's range of bytes lies in its file.
 *
 * @param kind as it is, in what gzip unpacks, or in a record with a checksum
 * @param offset of the record's data, else 0
 * @param length of the record's data, else 0
 */
public record Framing(Kind kind, long offset, int length) {
  /** A range of the file. */
  public static final Framing PLAIN = new Framing(Kind.PLAIN, 0, 0);

  /** A range of what gzip unpacks of the file. */
  public static final Framing GZIP = new Framing(Kind.GZIP, 0, 0);

  private static final String BLANK = " ";

  /** How a range may lie in its file. */
  enum Kind {
    PLAIN,
    GZIP,
    TF_RECORD
  }

  /** Returns a range within the data of a TFRecord, whose checksum follows it. */
  public static Framing tfRecord(long offset, int length) {
    return new Framing(Kind.TF_RECORD, offset, length);
  }

  /** Returns a field of an entry's line. */
  String toText() {
    return kind == Kind.TF_RECORD ? kind + BLANK + offset + BLANK + length : kind.name();
  }

  /**
   * Reads what {@link #toText} wrote.
   *
   * @throws IllegalArgumentException if it did not
   */
  static Framing parse(String text) {
    String[] fields = text.split(BLANK, -1);
    Kind kind = Kind.valueOf(fields[0]);
    if (kind != Kind.TF_RECORD) {
      return new Framing(kind, 0, 0);
    }
    if (fields.length != 3) {
      throw new IllegalArgumentException(text);
    }
    return tfRecord(Long.parseLong(fields[1]), Integer.parseInt(fields[2]));
  }
}
