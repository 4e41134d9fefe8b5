package dev.convoy.data.decode;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Formats of image files, told by their first bytes; names of files do not count. */
public enum Format {
  /** ITU-T T.81: begins with the marker SOI and another marker. */
  JPEG("\u00ff\u00d8\u00ff", ".jpg .jpeg .jpe .jfif .jif"),
  /** PNG, third edition, 5.2. */
  PNG("\u0089PNG\r\n\u001a\n", ".png .apng") {
    @Override
    boolean begins(ByteReader file) {
      // Apple's own form has this chunk first, and pixels that no other program can read.
      return super.begins(file) && !file.says(12, "CgBI");
    }
  },
  /** GIF87a and GIF89a; of an animation the first frame. */
  GIF("GIF8", ".gif"),
  /** Windows and OS/2 bitmaps. */
  BMP("BM", ".bmp .dib") {
    @Override
    boolean begins(ByteReader file) {
      // Two letters are few: the size of the second header has to make sense too.
      int size = file.has(14, 4) ? file.i32le(14) : 40;
      return super.begins(file) && size >= 12 && size <= 124;
    }
  },
  /** Netpbm's bitmaps, greymaps and pixmaps, as text or as bytes: P1 to P6 and a number. */
  PNM("P", ".pnm .ppm .pgm .pbm") {
    @Override
    boolean begins(ByteReader file) {
      return super.begins(file)
          && file.has(0, 4)
          && file.u8(1) >= '1'
          && file.u8(1) <= '6'
          && space(file.u8(2))
          && (space(file.u8(3)) || Character.isDigit(file.u8(3)));
    }
  };

  /** What messages say of files of other formats. */
  static final String ALLOWED =
      Arrays.stream(values())
          .map(Format::name)
          .collect(Collectors.joining(", "))
          .replaceFirst(", (\\w+)$", " and $1");

  /** A character a byte. */
  private final String signature;

  /** Divided by blanks. */
  private final String endings;

  Format(String signature, String endings) {
    this.signature = signature;
    this.endings = endings;
  }

  /** Returns whether a file begins as this format does. */
  boolean begins(ByteReader file) {
    return file.says(0, signature);
  }

  private static boolean space(int character) {
    return Character.isWhitespace(character) || character == '#';
  }

  /** Returns the usual endings of such files' names, in lower case, with their dots. */
  public List<String> endings() {
    return List.of(endings.split(" "));
  }
}
