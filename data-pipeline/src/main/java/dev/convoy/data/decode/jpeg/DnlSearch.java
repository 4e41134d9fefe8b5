package dev.convoy.data.decode.jpeg;

/**
 * Finds the number of lines that a frame header leaves open: a DNL segment tells it after the first
 * scan (ITU-T T.81, B.2.5).
 */
final class DnlSearch {
  private static final int SEGMENT = 6;

  private DnlSearch() {}

  /**
   * Looks for the segment behind the first scan header.
   *
   * @param from where to begin, within or before that scan
   * @return the lines, or 0 if nothing tells them
   */
  static int lines(byte[] bytes, int from, int end) {
    boolean scan = false;
    for (int at = from; at <= end - SEGMENT; at++) {
      if (bytes[at] == (byte) 0xff) {
        int code = bytes[at + 1] & 0xff;
        if (scan && code == Marker.DNL) {
          return ((bytes[at + 4] & 0xff) << 8) | (bytes[at + 5] & 0xff);
        }
        scan |= code == Marker.SOS;
      }
    }
    return 0;
  }
}
