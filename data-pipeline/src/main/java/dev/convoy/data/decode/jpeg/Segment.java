package dev.convoy.data.decode.jpeg;

/** The parameters of a marker segment, read from first to last. */
final class Segment {
  private final String name;
  private final byte[] bytes;
  private final int to;
  private int at;

  /**
   * Creates a segment of a file.
   *
   * @param name what messages call it
   * @param from its first parameter, after the length
   * @param to its end, exclusive
   */
  Segment(String name, byte[] bytes, int from, int to) {
    this.name = name;
    this.bytes = bytes;
    this.at = from;
    this.to = to;
  }

  int position() {
    return at;
  }

  int end() {
    return to;
  }

  int left() {
    return to - at;
  }

  int u8() throws JpegException {
    if (at >= to) {
      throw wrongLength();
    }
    return bytes[at++] & 0xff;
  }

  int u16() throws JpegException {
    int high = u8();
    return high << 8 | u8();
  }

  /** Returns whether these characters come next; they are not consumed. */
  boolean says(String text) {
    if (left() < text.length()) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      if ((bytes[at + i] & 0xff) != text.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  void skip(int count) {
    at += count;
  }

  /** Checks that nothing is left. */
  void finish() throws JpegException {
    if (at != to) {
      throw wrongLength();
    }
  }

  private JpegException wrongLength() {
    return JpegException.broken("the length of its " + name + " is wrong");
  }
}
