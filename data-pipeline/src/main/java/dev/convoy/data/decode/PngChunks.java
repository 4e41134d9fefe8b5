package dev.convoy.data.decode;

import dev.convoy.data.DataException;
import java.util.zip.CRC32;

/**
 * What the chunks of a PNG file tell (PNG, third edition, 5 and 11), one after the other:
 *
 * <pre>
 *   signature 8 | length 4 | type 4 | data | CRC-32 of type and data 4 | length 4 | ...
 * </pre>
 *
 * <p>The JDK's reader does not compare the CRCs, so this does.
 *
 * @param height stored rows
 * @param width stored columns
 * @param depth bits of a sample
 * @param colourType 0 grey, 2 RGB, 3 palette, 4 grey with alpha, 6 RGB with alpha
 * @param transparency whether a chunk tRNS makes one colour transparent
 * @param orientation of a chunk eXIf
 * @param complete whether the last chunk, IEND, is there
 * @param intact whether every chunk that decoding needs has its CRC
 */
record PngChunks(
    int height,
    int width,
    int depth,
    int colourType,
    boolean transparency,
    Orientation orientation,
    boolean complete,
    boolean intact) {
  private static final int SIGNATURE = 8;
  private static final int HEADER = 13;
  private static final int AROUND_DATA = 12;
  private static final int GREY = 0;
  private static final int RGB = 2;
  private static final int GREY_ALPHA = 4;

  /**
   * Walks over the chunks.
   *
   * @throws DataException if the header chunk is missing or broken
   */
  static PngChunks of(byte[] file, int length, String where) {
    ByteReader in = new ByteReader(file, 0, length);
    int header = SIGNATURE + 8;
    if (!in.has(header, HEADER + 4)
        || in.i32(SIGNATURE) != HEADER
        || !in.says(SIGNATURE + 4, "IHDR")) {
      throw new DataException(where + " is a broken PNG file: it does not begin with its header");
    }
    boolean transparency = false;
    boolean complete = false;
    boolean intact = true;
    Orientation orientation = Orientation.NORMAL;
    int at = SIGNATURE;
    while (!complete && in.has(at, AROUND_DATA) && in.has(at + AROUND_DATA, in.i32(at))) {
      int data = in.i32(at);
      // Bit 5 of the type's first letter: small letters name chunks that decoding can do without.
      boolean critical = (in.u8(at + 4) & 0x20) == 0;
      intact &= !critical || crc(file, at + 4, data + 4) == in.i32(at + 8 + data);
      transparency |= in.says(at + 4, "tRNS");
      if (in.says(at + 4, "eXIf")) {
        orientation = ExifOrientation.of(new ByteReader(file, at + 8, at + 8 + data));
      }
      complete = in.says(at + 4, "IEND");
      at += AROUND_DATA + data;
    }
    return new PngChunks(
        in.i32(header + 4),
        in.i32(header),
        in.u8(header + 8),
        in.u8(header + 9),
        transparency,
        orientation,
        complete,
        intact);
  }

  private static int crc(byte[] file, int from, int count) {
    CRC32 crc = new CRC32();
    crc.update(file, from, count);
    return (int) crc.getValue();
  }

  /** Components of colour: 1 or 3. */
  int components() {
    return colourType == GREY || colourType == GREY_ALPHA ? 1 : 3;
  }

  /** Whether it holds pixels just as they are used: 8-bit grey or RGB, without alpha. */
  boolean plain() {
    return depth == 8
        && (colourType == GREY || colourType == RGB)
        && !transparency
        && orientation == Orientation.NORMAL
        && complete
        && intact;
  }
}
