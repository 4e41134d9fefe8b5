package dev.convoy.data.decode.jpeg;

import java.util.Arrays;

/**
 * The tables that segments have defined so far: of quantization (DQT), Huffman codes (DHT) and the
 * restart interval (DRI). Huffman tables outlive the file: most files have the same ones, and
 * building them takes as long as decoding a hundred blocks.
 */
final class Tables {
  private static final int SLOTS = 4;
  private static final int STANDARD = 2;

  private final int[][] quantization = new int[SLOTS][];
  private final HuffmanSpec[] dc = new HuffmanSpec[SLOTS];
  private final HuffmanSpec[] ac = new HuffmanSpec[SLOTS];
  private final HuffmanSpec[] dcBefore = new HuffmanSpec[SLOTS];
  private final HuffmanSpec[] acBefore = new HuffmanSpec[SLOTS];
  private final JpegFaults faults;
  private int restartInterval;

  Tables(JpegFaults faults) {
    this.faults = faults;
  }

  /** Begins a new file. */
  void reset() {
    for (int i = 0; i < SLOTS; i++) {
      quantization[i] = null;
      dcBefore[i] = dc[i] == null ? dcBefore[i] : dc[i];
      acBefore[i] = ac[i] == null ? acBefore[i] : ac[i];
      dc[i] = null;
      ac[i] = null;
    }
    restartInterval = 0;
  }

  /** Returns the number of MCUs between restart markers; 0 for none. */
  int restartInterval() {
    return restartInterval;
  }

  void readRestartInterval(Segment segment) throws JpegException {
    restartInterval = segment.u16();
    segment.finish();
  }

  void readQuantization(Segment segment) throws JpegException {
    while (segment.left() > 0) {
      int number = segment.u8();
      int[] table = new int[Zigzag.PLACES.length];
      for (int k = 0; k < Zigzag.COUNT; k++) {
        // In 16 bits with a sign, as libjpeg multiplies.
        table[k] = number > 15 ? (short) segment.u16() : segment.u8();
      }
      Arrays.fill(table, Zigzag.COUNT, table.length, table[Zigzag.LAST]);
      quantization[slot(number & 15)] = table;
    }
  }

  void readHuffman(Segment segment) throws JpegException {
    while (segment.left() > HuffmanTable.LONGEST) {
      int number = segment.u8();
      boolean isDc = (number & 0x10) == 0;
      HuffmanSpec spec = HuffmanSpec.read(segment, isDc);
      int slot = slot(number & ~0x10);
      (isDc ? dc : ac)[slot] = known(spec, (isDc ? dcBefore : acBefore)[slot]);
    }
    segment.finish();
  }

  private static HuffmanSpec known(HuffmanSpec spec, HuffmanSpec before) {
    return spec.same(before) ? before : spec;
  }

  private static int slot(int number) throws JpegException {
    if (number >= SLOTS) {
      throw JpegException.broken("it defines a table of number " + number + ", not 0 to 3");
    }
    return number;
  }

  /**
   * Returns a component's table as it is now: factors in zigzag order, the last again and again.
   */
  int[] quantization(Component component) throws JpegException {
    int number = component.table();
    if (number >= SLOTS || quantization[number] == null) {
      throw missing("quantization", number);
    }
    return quantization[number];
  }

  /** Returns the table of that number for DC coefficients. */
  HuffmanTable dc(int number, Frame frame) throws JpegException {
    if (standard(dc, number, frame)) {
      dc[number] = known(HuffmanSpec.standardDc(number), dcBefore[number]);
    }
    return huffman(dc, number);
  }

  /** Returns the table of that number for AC coefficients. */
  HuffmanTable ac(int number, Frame frame) throws JpegException {
    if (standard(ac, number, frame)) {
      ac[number] = known(HuffmanSpec.standardAc(number), acBefore[number]);
    }
    return huffman(ac, number);
  }

  /** Returns whether a typical table of K.3 is to stand in, as in frames of Motion JPEG. */
  private boolean standard(HuffmanSpec[] specs, int number, Frame frame) throws JpegException {
    boolean missing = number < STANDARD && specs[number] == null && !frame.progressive();
    if (missing) {
      faults.add(JpegFault.STANDARD_TABLES);
    }
    return missing;
  }

  private static HuffmanTable huffman(HuffmanSpec[] specs, int number) throws JpegException {
    if (number >= SLOTS || specs[number] == null) {
      throw missing("Huffman", number);
    }
    return specs[number].table();
  }

  private static JpegException missing(String kind, int number) {
    return JpegException.broken("its " + kind + " table " + number + " is missing");
  }
}
