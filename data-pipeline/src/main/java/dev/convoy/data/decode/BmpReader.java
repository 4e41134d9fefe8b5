package dev.convoy.data.decode;

import dev.convoy.data.Region;

/** Reads bitmaps of Windows and OS/2, straight from the bytes of their rows. */
final class BmpReader implements FormatReader {
  private final DecodeOptions options;

  BmpReader(DecodeOptions options) {
    this.options = options;
  }

  @Override
  public StoredImage open(byte[] file, int length, String where) {
    BmpHeader header = BmpHeader.of(file, length, where);
    return new StoredImage(
        header.height(),
        header.width(),
        header.notes(),
        region -> read(header, new ByteReader(file, 0, length), where, region));
  }

  private PixelReader read(BmpHeader header, ByteReader in, String where, Region region) {
    Row source = header.runs() ? runs(header, in, where) : rows(header, in, where);
    Backdrop backdrop = new Backdrop(options.background(), header.notes());
    return (row, rgb, first) -> {
      int seen = region.top() + row;
      int stored = header.topDown() ? seen : header.height() - 1 - seen;
      for (int i = 0; i < region.width(); i++) {
        backdrop.put(source.argb(stored, region.left() + i), rgb, first + 3 * i);
      }
    };
  }

  /** The colour of a pixel, its row as stored. */
  @FunctionalInterface
  private interface Row {
    int argb(int row, int x);
  }

  private Row runs(BmpHeader header, ByteReader in, String where) {
    BmpRuns runs = new BmpRuns(in, header);
    if (!runs.decode() && options.whole()) {
      throw BrokenImage.early(where);
    }
    return (row, x) -> header.palette()[runs.pixels()[row * header.width() + x] & 0xff];
  }

  private Row rows(BmpHeader header, ByteReader in, String where) {
    if (options.whole() && !header.fits(header.pixels(), in.to())) {
      throw BrokenImage.early(where);
    }
    Row row = row(header, in);
    return (y, x) -> {
      long end = header.pixels() + y * header.rowBytes() + ((x + 1L) * header.bits() + 7) / 8;
      return end <= in.to() ? row.argb(y, x) : Backdrop.BLACK;
    };
  }

  private static Row row(BmpHeader header, ByteReader in) {
    int bits = header.bits();
    if (bits <= 8) {
      int most = (1 << bits) - 1;
      return (y, x) -> {
        int at = x * bits;
        int value = in.u8(start(header, y) + (at >> 3)) >> (8 - bits - (at & 7)) & most;
        return header.palette()[value];
      };
    }
    if (bits == 24) {
      return (y, x) -> {
        int at = start(header, y) + 3 * x;
        return Backdrop.opaque(in.u8(at + 2), in.u8(at + 1), in.u8(at));
      };
    }
    BmpMasks masks = new BmpMasks(header, in);
    return (y, x) -> masks.argb(pixel(header, in, y, x));
  }

  private static int start(BmpHeader header, int row) {
    // A file is shorter than 2 GiB, so an offset within it fits an int.
    return (int) (header.pixels() + row * header.rowBytes());
  }

  /** Returns a pixel of 16 or 32 bits. */
  static int pixel(BmpHeader header, ByteReader in, int y, int x) {
    int at = start(header, y) + x * header.bits() / 8;
    return header.bits() == 16 ? in.u16le(at) : in.i32le(at);
  }
}
