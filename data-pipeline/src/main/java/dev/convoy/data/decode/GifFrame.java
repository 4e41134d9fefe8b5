package dev.convoy.data.decode;

import java.util.EnumSet;
import java.util.Set;

/**
 * The first frame of a GIF file (GIF89a, 17 to 27) and the screen on which it lies: blocks one
 * after the other, each of a byte that says what it is, its fields, and parts of data of up to 255
 * bytes each, until one of none.
 *
 * @param height of the screen, which is made larger where the frame does not fit
 * @param width of the screen, likewise
 * @param top the frame's first row on the screen
 * @param left the frame's first column
 * @param rows of the frame
 * @param columns of the frame
 * @param interlaced whether its rows are stored in four passes
 * @param palette colours with alpha
 * @param data where the frame's data begin
 * @param notes what was noticed
 */
record GifFrame(
    int height,
    int width,
    int top,
    int left,
    int rows,
    int columns,
    boolean interlaced,
    int[] palette,
    int data,
    Set<ImageNote> notes) {
  private static final int SCREEN = 6;
  private static final int SCREEN_BYTES = 7;
  private static final int EXTENSION = 0x21;
  private static final int CONTROL = 0xf9;
  private static final int IMAGE = 0x2c;
  private static final int IMAGE_BYTES = 10;
  private static final int TRAILER = 0x3b;
  private static final int NONE = -1;

  /**
   * Reads a file up to the first frame's data, and whether another one follows.
   *
   * @throws dev.convoy.data.DataException if there is none
   */
  static GifFrame of(byte[] file, int length, String where) {
    return new Walk(new ByteReader(file, 0, length), where).walk();
  }

  /** One pass over a file's blocks. */
  private static final class Walk {
    private final ByteReader in;
    private final String where;
    private final Set<ImageNote> notes = EnumSet.noneOf(ImageNote.class);

    /** The transparent index of the next frame, or {@link #NONE}. */
    private int transparent = NONE;

    private GifFrame first;

    Walk(ByteReader in, String where) {
      this.in = in;
      this.where = where;
    }

    GifFrame walk() {
      if (!in.has(SCREEN, SCREEN_BYTES)) {
        throw BrokenImage.early(where);
      }
      int at = SCREEN + SCREEN_BYTES + 3 * colours(in.u8(SCREEN + 4));
      while (at < in.to() && in.u8(at) != TRAILER && !notes.contains(ImageNote.ANIMATED)) {
        at = block(at);
      }
      if (first == null) {
        throw at < in.to()
            ? BrokenImage.because(where, Format.GIF, "it holds no image")
            : BrokenImage.early(where);
      }
      if (at >= in.to()) {
        notes.add(ImageNote.NO_END);
      }
      return first;
    }

    /** Reads what begins there and returns where the next block begins. */
    private int block(int at) {
      int kind = in.u8(at);
      if (kind == EXTENSION && in.has(at, 2)) {
        if (in.u8(at + 1) == CONTROL && in.has(at + 2, 5)) {
          transparent = (in.u8(at + 3) & 1) == 1 ? in.u8(at + 6) : NONE;
        }
        return behindData(at + 2);
      }
      if (kind == IMAGE && in.has(at, IMAGE_BYTES)) {
        if (first != null) {
          notes.add(ImageNote.ANIMATED);
          return at;
        }
        first = frame(at);
        return behindData(first.data + 1);
      }
      // As browsers and Pillow do, look for the next block: encoders leave zeros between them.
      notes.add(ImageNote.STRAY_BYTES);
      return at + 1;
    }

    private GifFrame frame(int at) {
      int left = in.u16le(at + 1);
      int top = in.u16le(at + 3);
      int columns = in.u16le(at + 5);
      int rows = in.u16le(at + 7);
      int packed = in.u8(at + 9);
      int own = colours(packed);
      int common = colours(in.u8(SCREEN + 4));
      int from = own > 0 ? at + IMAGE_BYTES : SCREEN + SCREEN_BYTES;
      int height = rows == 0 ? 0 : Math.max(in.u16le(SCREEN + 2), top + rows);
      int width = columns == 0 ? 0 : Math.max(in.u16le(SCREEN), left + columns);
      return new GifFrame(
          height,
          width,
          top,
          left,
          rows,
          columns,
          (packed & 0x40) != 0,
          palette(from, own > 0 ? own : common),
          at + IMAGE_BYTES + 3 * own,
          notes);
    }

    /** Returns how many colours the table has that a packed field announces. */
    private static int colours(int packed) {
      return packed < 0x80 ? 0 : 2 << (packed & 7);
    }

    /**
     * Returns the colours of a table. Without any table a file is grey; colours that a table lacks
     * are black.
     */
    private int[] palette(int from, int colours) {
      int[] palette = new int[256];
      for (int i = 0; i < palette.length; i++) {
        int at = from + 3 * i;
        int level = colours == 0 ? i : 0;
        palette[i] =
            i < colours && in.has(at, 3)
                ? Backdrop.opaque(in.u8(at), in.u8(at + 1), in.u8(at + 2))
                : Backdrop.opaque(level, level, level);
      }
      if (transparent != NONE) {
        palette[transparent] = Backdrop.withAlpha(palette[transparent], 0);
      }
      return palette;
    }

    private int behindData(int from) {
      int at = from;
      while (in.has(at, 1) && in.u8(at) != 0) {
        at += 1 + in.u8(at);
      }
      return at + 1;
    }
  }
}
