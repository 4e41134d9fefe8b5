package dev.convoy.data.decode;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/**
 * The headers of a bitmap: BITMAPFILEHEADER and one of BITMAPCOREHEADER (12 bytes),
 * BITMAPINFOHEADER (40) and the longer ones that begin like it, up to BITMAPV5HEADER (124). Sizes
 * of the file and of the image stand there too; nothing depends on them, so wrong ones do no harm.
 *
 * @param height rows
 * @param width columns
 * @param topDown whether the first stored row is the upper one
 * @param bits of a pixel: 1, 2, 4, 8, 16, 24 or 32
 * @param compression 0, {@link #RLE8}, {@link #RLE4}, or {@link #MASKS}
 * @param masks which bits of a pixel are red, green, blue and alpha, of 16 and 32 bits
 * @param palette colours, of up to 8 bits
 * @param pixels where the rows begin
 * @param notes what was noticed
 */
record BmpHeader(
    int height,
    int width,
    boolean topDown,
    int bits,
    int compression,
    int[] masks,
    int[] palette,
    int pixels,
    Set<ImageNote> notes) {
  static final int RLE8 = 1;
  static final int RLE4 = 2;
  static final int MASKS = 3;

  private static final int ALPHA_MASKS = 6;
  private static final int FILE_HEADER = 14;
  private static final int CORE = 12;
  private static final int INFO = 40;
  private static final int OS2 = 64;
  private static final int[] MASKS_OF_16 = {0x7c00, 0x3e0, 0x1f, 0};
  private static final int[] MASKS_OF_32 = {0xff0000, 0xff00, 0xff, 0};

  /**
   * Reads the headers.
   *
   * @throws dev.convoy.data.DataException if they are broken or of a kind that is not read
   */
  static BmpHeader of(byte[] file, int length, String where) {
    ByteReader in = new ByteReader(file, 0, length);
    int size = in.has(FILE_HEADER, 4) ? in.i32le(FILE_HEADER) : INFO;
    if (size != CORE && size < 16) {
      throw broken(where, "its header has a size of " + size);
    }
    if (!in.has(FILE_HEADER, size)) {
      throw BrokenImage.early(where);
    }
    boolean core = size == CORE;
    long rows = core ? in.u16le(20) : in.i32le(22);
    int columns = core ? in.u16le(18) : in.i32le(18);
    int bits = in.u16le(core ? 24 : 28);
    int compression = size >= 20 ? in.i32le(30) : 0;
    checkKind(bits, compression, size, where);
    boolean extra = size == INFO && (compression == MASKS || compression == ALPHA_MASKS);
    int palette = FILE_HEADER + size + (extra ? compression == MASKS ? 12 : 16 : 0);
    int used = size >= 36 ? in.i32le(46) : 0;
    int entries = entries(bits, used, palette, core ? 3 : 4, in);
    BmpHeader header =
        new BmpHeader(
            (int) Math.min(Math.abs(rows), Integer.MAX_VALUE),
            columns,
            rows < 0,
            bits,
            compression == ALPHA_MASKS ? MASKS : compression,
            masks(in, size, bits, compression, where),
            palette(in, palette, entries, core ? 3 : 4),
            palette + entries * (core ? 3 : 4),
            EnumSet.noneOf(ImageNote.class));
    return header.at(in, FILE_HEADER + size);
  }

  private static UnusableImage broken(String where, String complaint) {
    return BrokenImage.because(where, Format.BMP, complaint);
  }

  private static void checkKind(int bits, int compression, int size, String where) {
    boolean known =
        switch (compression) {
          case 0 -> bits == 1 || bits == 2 || bits == 4 || bits == 8 || bits == 24 || deep(bits);
          case RLE8 -> bits == 8;
          case RLE4 -> bits == 4;
          case MASKS, ALPHA_MASKS -> deep(bits) && size != OS2;
          default -> false;
        };
    if (!known) {
      throw broken(
          where,
          String.format(Locale.ROOT, "%d bits of compression %d are not read", bits, compression));
    }
  }

  private static boolean deep(int bits) {
    return bits == 16 || bits == 32;
  }

  /** Returns how many colours the palette has: as many as there can be where the header says 0. */
  private static int entries(int bits, int used, int from, int bytes, ByteReader in) {
    int most = bits > 8 ? 0 : 1 << bits;
    int wanted = used > 0 && used < most ? used : most;
    int pixels = in.i32le(10);
    // Some palettes are shorter than they should be: pixels begin in what would be theirs.
    if (pixels >= from && pixels < from + wanted * bytes) {
      wanted = (pixels - from) / bytes;
    }
    return Math.min(wanted, Math.max(0, in.to() - from) / bytes);
  }

  private static int[] palette(ByteReader in, int from, int entries, int bytes) {
    int[] palette = new int[256];
    Arrays.fill(palette, Backdrop.BLACK);
    for (int i = 0; i < entries; i++) {
      int at = from + i * bytes;
      palette[i] = Backdrop.opaque(in.u8(at + 2), in.u8(at + 1), in.u8(at));
    }
    return palette;
  }

  private static int[] masks(ByteReader in, int size, int bits, int compression, String where) {
    if (compression != MASKS && compression != ALPHA_MASKS) {
      return (bits == 16 ? MASKS_OF_16 : MASKS_OF_32).clone();
    }
    int[] masks = new int[4];
    int count = size >= 56 || compression == ALPHA_MASKS ? 4 : 3;
    int from = FILE_HEADER + INFO;
    if (!in.has(from, 4 * count)) {
      throw BrokenImage.early(where);
    }
    for (int i = 0; i < count; i++) {
      masks[i] = in.i32le(from + 4 * i);
    }
    return masks;
  }

  /** Returns the bytes of a stored row; each begins at a multiple of four. */
  long rowBytes() {
    return ((long) width * bits + 31) / 32 * 4;
  }

  /** Returns whether all rows are there if they begin at a place; the last one needs no padding. */
  boolean fits(long from, int length) {
    return from + rowBytes() * (height - 1) + ((long) width * bits + 7) / 8 <= length;
  }

  /** Returns whether pixels are numbers of the palette, in runs. */
  boolean runs() {
    return compression == RLE8 || compression == RLE4;
  }

  /**
   * Returns the same header with its pixels where the file says; where that cannot be, they follow
   * the palette.
   *
   * @param in the file
   * @param least where they can begin
   */
  private BmpHeader at(ByteReader in, int least) {
    int said = in.i32le(10);
    boolean possible = said >= least && said < in.to();
    // A file shorter than the size it states is truncated, so the offset need not be wrong.
    boolean cut = in.i32le(2) != in.to();
    boolean tooFar = !runs() && !cut && !fits(said, in.to()) && fits(pixels, in.to());
    if (possible && !tooFar) {
      return new BmpHeader(height, width, topDown, bits, compression, masks, palette, said, notes);
    }
    notes.add(ImageNote.WRONG_OFFSET);
    return this;
  }
}
