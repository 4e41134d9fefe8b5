package dev.convoy.data.decode;

/**
 * Decodes the runs of a bitmap (BI_RLE8 and BI_RLE4): a count and a value, or 0 and what to do, at
 * the lower left corner first. Pixels that nothing sets have the palette's first colour.
 */
final class BmpRuns {
  private static final int END_OF_ROW = 0;
  private static final int END_OF_IMAGE = 1;
  private static final int MOVE = 2;

  private final ByteReader in;
  private final BmpHeader header;
  private final byte[] pixels;
  private int x;

  /** Counted from the first stored row. */
  private int y;

  /** Decodes nothing yet. */
  BmpRuns(ByteReader in, BmpHeader header) {
    this.in = in;
    this.header = header;
    pixels = new byte[header.height() * header.width()];
  }

  /** Returns the palette's number of each pixel, in the order of the stored rows. */
  byte[] pixels() {
    return pixels;
  }

  /** Decodes as far as it goes; whether that is to the end. */
  boolean decode() {
    int at = header.pixels();
    while (y < header.height()) {
      if (!in.has(at, 2)) {
        // The mark of the end may be missing behind the last pixel.
        return y == header.height() - 1 && x >= header.width();
      }
      int count = in.u8(at);
      int value = in.u8(at + 1);
      at += 2;
      if (count > 0) {
        run(count, value);
      } else if (value == END_OF_ROW) {
        x = 0;
        y++;
      } else if (value == END_OF_IMAGE) {
        return true;
      } else if (value == MOVE) {
        if (!in.has(at, 2)) {
          return false;
        }
        x += in.u8(at);
        y += in.u8(at + 1);
        at += 2;
      } else {
        int bytes = header.compression() == BmpHeader.RLE8 ? value : (value + 1) / 2;
        if (!in.has(at, bytes)) {
          return false;
        }
        literal(value, at);
        // They are padded to an even number of bytes.
        at += bytes + (bytes & 1);
      }
    }
    return true;
  }

  private void run(int count, int value) {
    for (int i = 0; i < count; i++) {
      put(header.compression() == BmpHeader.RLE8 ? value : half(value, i));
    }
  }

  private void literal(int count, int from) {
    for (int i = 0; i < count; i++) {
      put(header.compression() == BmpHeader.RLE8 ? in.u8(from + i) : half(in.u8(from + i / 2), i));
    }
  }

  private static int half(int value, int i) {
    return (i & 1) == 0 ? value >> 4 : value & 0xf;
  }

  /** Puts a run of pixels into its row; what exceeds it is cut off, as Pillow does. */
  private void put(int index) {
    if (x < header.width()) {
      pixels[y * header.width() + x] = (byte) index;
    }
    x++;
  }
}
