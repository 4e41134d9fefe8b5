package dev.convoy.data.decode.jpeg;

/**
 * A scan header (ITU-T T.81, B.2.3).
 *
 * @param components that take turns in the scan
 * @param dcTables the number of each one's table for DC coefficients
 * @param acTables the number of each one's table for AC coefficients
 * @param first the first coefficient, in zigzag order: Ss
 * @param last the last one: Se
 * @param high bits of precision that are known: Ah
 * @param low the bit that the scan brings them to: Al
 */
record ScanHeader(
    Component[] components,
    int[] dcTables,
    int[] acTables,
    int first,
    int last,
    int high,
    int low) {
  private static final int BLOCKS_MOST = 10;
  private static final int LOW_MOST = 13;

  static ScanHeader read(Segment segment, Frame frame) throws JpegException {
    int count = segment.u8();
    if (count < 1 || count > frame.components().length) {
      throw JpegException.broken("a scan has " + count + " components");
    }
    Component[] components = new Component[count];
    int[] dc = new int[count];
    int[] ac = new int[count];
    int blocks = 0;
    for (int i = 0; i < count; i++) {
      components[i] = find(frame, segment.u8(), i, components);
      int tables = segment.u8();
      dc[i] = tables >> 4;
      ac[i] = tables & 15;
      blocks += components[i].h() * components[i].v();
    }
    if (count > 1 && blocks > BLOCKS_MOST) {
      throw JpegException.broken(
          "its MCUs have " + blocks + " blocks, but at most " + BLOCKS_MOST + " are allowed");
    }
    int first = segment.u8();
    int last = segment.u8();
    int bits = segment.u8();
    segment.finish();
    return new ScanHeader(components, dc, ac, first, last, bits >> 4, bits & 15);
  }

  /** Finds a component; they come in the order of the frame (B.2.3), each at most once. */
  private static Component find(Frame frame, int id, int place, Component[] before)
      throws JpegException {
    int from = place == 0 ? 0 : before[place - 1].index() + 1;
    for (int c = from; c < frame.components().length; c++) {
      if (frame.components()[c].id() == id) {
        return frame.components()[c];
      }
    }
    throw JpegException.broken("a scan names component " + id + " out of place");
  }

  /** Returns whether nothing of the progression is unusual for a sequential file. */
  boolean sequential() {
    return first == 0 && last == Zigzag.LAST && high == 0 && low == 0;
  }

  /** Checks the parameters of a progressive scan (G.1.1.1). */
  void checkProgressive() throws JpegException {
    boolean band =
        first == 0 ? last == 0 : first <= last && last <= Zigzag.LAST && components.length == 1;
    if (!band || (high != 0 && low != high - 1) || low > LOW_MOST) {
      throw JpegException.broken(
          "a scan brings coefficients " + first + " to " + last + ", bits " + high + " to " + low);
    }
  }
}
