package dev.convoy.data.decode.jpeg;

import java.util.Arrays;
import java.util.HexFormat;

/** A Huffman table as a DHT segment defines it (ITU-T T.81, B.2.4.2), built when a scan uses it. */
final class HuffmanSpec {
  private static final String AC_0 =
      "01020300041105122131410613516107227114328191a1082342b1c11552d1f02433627282090a161718191a"
          + "25262728292a3435363738393a434445464748494a535455565758595a636465666768696a737475767778"
          + "797a838485868788898a92939495969798999aa2a3a4a5a6a7a8a9aab2b3b4b5b6b7b8b9bac2c3c4c5c6c7"
          + "c8c9cad2d3d4d5d6d7d8d9dae1e2e3e4e5e6e7e8e9eaf1f2f3f4f5f6f7f8f9fa";
  private static final String AC_1 =
      "0001020311040521310612415107617113223281081442"
          + "91a1b1c109233352f0156272d10a162434e125f11718191a262728292a35363738393a434445464748494a"
          + "535455565758595a636465666768696a737475767778797a82838485868788898a92939495969798999aa2"
          + "a3a4a5a6a7a8a9aab2b3b4b5b6b7b8b9bac2c3c4c5c6c7c8c9cad2d3d4d5d6d7d8d9dae2e3e4e5e6e7e8e9"
          + "eaf2f3f4f5f6f7f8f9fa";

  private final int[] counts;
  private final byte[] values;
  private final boolean dc;
  private HuffmanTable table;

  private HuffmanSpec(int[] counts, byte[] values, boolean dc) {
    this.counts = counts;
    this.values = values;
    this.dc = dc;
  }

  /** Reads one of a segment's tables, after its number. */
  static HuffmanSpec read(Segment segment, boolean dc) throws JpegException {
    int[] counts = new int[HuffmanTable.LONGEST];
    int sum = 0;
    for (int i = 0; i < counts.length; i++) {
      counts[i] = segment.u8();
      sum += counts[i];
    }
    if (sum > 256 || sum > segment.left()) {
      throw JpegException.broken("a Huffman table is not one");
    }
    byte[] values = new byte[sum];
    for (int i = 0; i < sum; i++) {
      values[i] = (byte) segment.u8();
    }
    return new HuffmanSpec(counts, values, dc);
  }

  /** Returns the typical table of K.3 for DC coefficients, 0 of luminance, 1 of chrominance. */
  static HuffmanSpec standardDc(int number) {
    int[] counts =
        number == 0
            ? new int[] {0, 1, 5, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0}
            : new int[] {0, 3, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0};
    byte[] values = new byte[12];
    for (int i = 0; i < values.length; i++) {
      values[i] = (byte) i;
    }
    return new HuffmanSpec(counts, values, true);
  }

  /** Returns the typical table of K.3 for AC coefficients, 0 of luminance, 1 of chrominance. */
  static HuffmanSpec standardAc(int number) {
    int[] counts =
        number == 0
            ? new int[] {0, 2, 1, 3, 3, 2, 4, 3, 5, 5, 4, 4, 0, 0, 1, 0x7d}
            : new int[] {0, 2, 1, 2, 4, 4, 3, 4, 7, 5, 4, 4, 0, 1, 2, 0x77};
    byte[] values = HexFormat.of().parseHex(number == 0 ? AC_0 : AC_1);
    return new HuffmanSpec(counts, values, false);
  }

  /** Returns whether both define the same codes. */
  boolean same(HuffmanSpec other) {
    return other != null
        && dc == other.dc
        && Arrays.equals(counts, other.counts)
        && Arrays.equals(values, other.values);
  }

  /** Returns the table for decoding. */
  HuffmanTable table() throws JpegException {
    if (table == null) {
      table = new HuffmanTable(counts, values, dc);
    }
    return table;
  }
}
