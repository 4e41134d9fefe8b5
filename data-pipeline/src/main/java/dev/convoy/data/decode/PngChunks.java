package dev.convoy.data.decode;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.zip.CRC32;

/**
 * What the chunks of a PNG file tell (PNG, third edition, 5 and 11), one after the other:
 *
 * <pre>
 *   signature 8 | length 4 | type 4 | data | CRC-32 of type and data 4 | length 4 | ...
 * </pre>
 *
 * <p>A chunk that decoding can do without is passed over where its CRC is wrong, as libpng does.
 */
final class PngChunks {
  private static final int SIGNATURE = 8;
  private static final int HEADER = 13;
  private static final int AROUND_DATA = 12;
  private static final int PALETTE_MOST = 256;

  private final ByteReader in;
  private final String where;
  private final Set<ImageNote> notes = EnumSet.noneOf(ImageNote.class);
  private int height;
  private int width;
  private PngSample sample;
  private boolean interlaced;

  /** Where the pairs of palette and transparency lie: from, to; or null. */
  private ByteReader palette;

  private ByteReader transparency;
  private Orientation orientation = Orientation.NORMAL;
  private boolean complete;
  private boolean intact = true;

  /** From and to of each part of the compressed pixels. */
  private int[] data = new int[2];

  private int parts;

  /**
   * Walks over the chunks.
   *
   * @throws dev.convoy.data.DataException if the header chunk is missing or broken
   */
  PngChunks(byte[] file, int length, String where) {
    in = new ByteReader(file, 0, length);
    this.where = where;
    header();
    int at = SIGNATURE + AROUND_DATA + HEADER;
    while (!complete && in.has(at, AROUND_DATA - 4)) {
      int size = in.i32(at);
      boolean whole = in.has(at + AROUND_DATA - 4, size) && in.has(at + AROUND_DATA, size);
      if (whole) {
        chunk(at, size);
      } else if (in.says(at + 4, "IDAT")) {
        // What is there of it may hold every pixel.
        addData(at + 8, in.to());
      }
      at = whole ? at + AROUND_DATA + size : in.to();
    }
    if (!complete) {
      notes.add(ImageNote.NO_END);
    }
  }

  private void header() {
    int at = SIGNATURE + 8;
    if (!in.has(at, HEADER + 4) || in.i32(SIGNATURE) != HEADER || !in.says(SIGNATURE + 4, "IHDR")) {
      throw broken("it does not begin with its header");
    }
    width = in.i32(at);
    height = in.i32(at + 4);
    intact = crc(SIGNATURE, HEADER);
    sample = PngSample.of(in.u8(at + 9), in.u8(at + 8));
    if (sample == null) {
      throw broken(
          String.format(
              Locale.ROOT,
              "its header says colour type %d of %d bits, which is not defined",
              in.u8(at + 9),
              in.u8(at + 8)));
    }
    if (in.u8(at + 10) != 0 || in.u8(at + 11) != 0 || in.u8(at + 12) > 1) {
      throw broken("its header names a method that is not defined");
    }
    interlaced = in.u8(at + 12) == 1;
  }

  private void chunk(int at, int size) {
    // Bit 5 of the type's first letter: small letters name chunks that decoding can do without.
    boolean critical = (in.u8(at + 4) & 0x20) == 0;
    boolean good = crc(at, size);
    intact &= good || !critical;
    int from = at + 8;
    if (in.says(at + 4, "IDAT")) {
      addData(from, from + size);
    } else if (in.says(at + 4, "PLTE")) {
      palette = new ByteReader(in.bytes(), from, from + Math.min(size, 3 * PALETTE_MOST));
    } else if (good && in.says(at + 4, "tRNS")) {
      transparency = new ByteReader(in.bytes(), from, from + size);
    } else if (good && in.says(at + 4, "eXIf")) {
      orientation = ExifOrientation.of(new ByteReader(in.bytes(), from, from + size));
    } else if (good && in.says(at + 4, "acTL")) {
      notes.add(ImageNote.ANIMATED);
    }
    complete = in.says(at + 4, "IEND");
  }

  private void addData(int from, int to) {
    if (2 * parts == data.length) {
      data = Arrays.copyOf(data, 2 * data.length);
    }
    data[2 * parts] = from;
    data[2 * parts + 1] = to;
    parts++;
  }

  private boolean crc(int at, int size) {
    CRC32 crc = new CRC32();
    crc.update(in.bytes(), at + 4, size + 4);
    return (int) crc.getValue() == in.i32(at + 8 + size);
  }

  private UnusableImage broken(String complaint) {
    return BrokenImage.because(where, Format.PNG, complaint);
  }

  int height() {
    return height;
  }

  int width() {
    return width;
  }

  boolean interlaced() {
    return interlaced;
  }

  Orientation orientation() {
    return orientation;
  }

  Set<ImageNote> notes() {
    return notes;
  }

  /** Returns how a pixel is stored. */
  PngSample sample() {
    return sample;
  }

  /** Returns whether every chunk that decoding needs has its CRC. */
  boolean intact() {
    return intact;
  }

  /** Returns how many parts the compressed pixels have. */
  int parts() {
    return parts;
  }

  /** Returns where a part of the compressed pixels begins. */
  int from(int part) {
    return data[2 * part];
  }

  /** Returns where a part of the compressed pixels ends, exclusive. */
  int to(int part) {
    return data[2 * part + 1];
  }

  /** Returns what the samples mean. */
  PngColours colours() {
    if (sample.type() == PngSample.PALETTE && palette == null) {
      throw broken("it has no palette");
    }
    return new PngColours(sample, palette, transparency);
  }

  /** Returns whether it holds pixels just as they are used: 8-bit grey or RGB, without alpha. */
  boolean plain() {
    return sample.depth() == 8
        && (sample.type() == PngSample.GREY || sample.type() == PngSample.RGB)
        && transparency == null
        && orientation == Orientation.NORMAL
        && complete
        && intact;
  }
}
