package dev.convoy.data.decode;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/**
 * What lies in place of an image, told by its first bytes: formats that are not read, and the
 * commonest accidents of downloads, checkouts and copies. The first of {@link #ALL} that fits names
 * the file.
 *
 * @param name what it is, with its article
 * @param advice what to do about it
 * @param test whether a file is such a one
 */
public record ForeignFile(String name, String advice, Predicate<Head> test) {
  private static final String CONVERT = "convert it to PNG or JPEG";
  private static final String DOWNLOAD = "download the image again";
  private static final String UNPACK = "unpack it first";
  private static final String REMOVE = "remove it";
  private static final String COPY = "copy the image again, as binary";
  private static final String SAVE = "save what it holds as PNG";

  /** How much of a file is looked at. */
  private static final int LOOKED_AT = 1024;

  private static final List<ForeignFile> ALL =
      List.of(
          // Accidents.
          new ForeignFile("an empty file", DOWNLOAD, head -> head.file.to() == 0),
          new ForeignFile("a file of zero bytes alone", DOWNLOAD, Head::zeros),
          new ForeignFile(
              "a pointer of Git LFS",
              "get the image with 'git lfs pull'",
              head -> head.text().startsWith("version https://git-lfs")),
          new ForeignFile(
              "a link of git-annex",
              "get the image with 'git annex get'",
              head -> head.text().contains("annex/objects/")),
          new ForeignFile(
              "a pointer of DVC",
              "get the image with 'dvc pull'",
              head -> head.text().startsWith("outs:") && head.text().contains("md5:")),
          new ForeignFile(
              "a Mac's AppleDouble file",
              "remove it; the image is another file, without ._ in its name",
              starts("\0\5\26\7", "\0\5\26\0")),
          new ForeignFile(
              "a PNG file whose line ends were converted",
              COPY,
              starts("\u0089PNG\n", "\u0089PNG\r\r\n", "\u0089PNG\r\n\u001a\r\n", "\tPNG\r\n")),
          new ForeignFile(
              "a binary file that was read and written as text",
              COPY,
              starts("\u00ef\u00bf\u00bd", "\u00c2\u0089PNG", "\u00c3\u00bf\u00c3\u0098")),
          new ForeignFile(
              "an image in base64",
              "decode it with 'base64 -d'",
              head -> head.begins("/9j/", "iVBORw0KGgo", "R0lGOD", "UklGR", "data:image/")),
          new ForeignFile(
              "a PNG file in Apple's own form (CgBI)", CONVERT, head -> head.file.says(12, "CgBI")),
          // Images of other formats.
          new ForeignFile("a WebP image", CONVERT, starts("RIFF").and(at(8, "WEBP"))),
          new ForeignFile("an AVIF image", CONVERT, brand("avif", "avis")),
          new ForeignFile(
              "a HEIC image",
              CONVERT,
              brand("heic", "heix", "hevc", "hevx", "heim", "heis", "mif1", "msf1", "heif")),
          new ForeignFile("a camera's raw image", CONVERT, brand("crx ").or(at(0, "FUJIFILMCCD"))),
          new ForeignFile("a TIFF image", CONVERT, starts("II*\0", "MM\0*", "II+\0", "MM\0+")),
          new ForeignFile("a JPEG XR image", CONVERT, starts("II\u00bc")),
          new ForeignFile("a JPEG 2000 image", CONVERT, starts("\0\0\0\fjP  ", "\u00ffO\u00ffQ")),
          new ForeignFile("a JPEG XL image", CONVERT, starts("\u00ff\n", "\0\0\0\fJXL ")),
          new ForeignFile("a Photoshop image", CONVERT, starts("8BPS")),
          new ForeignFile("a GIMP image", CONVERT, starts("gimp xcf")),
          new ForeignFile("an icon or a cursor", CONVERT, starts("\0\0\1\0", "\0\0\2\0")),
          new ForeignFile("an icon of a Mac", CONVERT, starts("icns")),
          new ForeignFile("an array of OS/2 bitmaps", CONVERT, starts("BA")),
          new ForeignFile("a MNG or JNG image", CONVERT, starts("\u008aMNG", "\u008bJNG")),
          new ForeignFile("a QOI image", CONVERT, starts("qoif")),
          new ForeignFile("a DDS image", CONVERT, starts("DDS ")),
          new ForeignFile("an OpenEXR image", CONVERT, starts("v/1\1")),
          new ForeignFile("a Radiance image", CONVERT, starts("#?RADIANCE", "#?RGBE")),
          new ForeignFile("a FITS image", CONVERT, starts("SIMPLE  =")),
          new ForeignFile("a DICOM image", CONVERT, at(128, "DICM")),
          new ForeignFile("a PCX image", CONVERT, starts("\n\5\1", "\n\3\1", "\n\2\1")),
          new ForeignFile("a PAM or PFM image", CONVERT, starts("P7\n", "PF\n", "Pf\n")),
          new ForeignFile("an X bitmap", CONVERT, starts("/* XPM", "#define ")),
          new ForeignFile("an SVG drawing", CONVERT, head -> head.markup("<svg")),
          // Documents.
          new ForeignFile("a PDF document", CONVERT, starts("%PDF")),
          new ForeignFile("a PostScript document", CONVERT, starts("%!PS")),
          new ForeignFile(
              "a web page",
              DOWNLOAD,
              head -> head.markup("<!doctype html", "<html", "<head", "<body")),
          new ForeignFile(
              "XML, perhaps a server's message", DOWNLOAD, head -> head.begins("<?xml", "<")),
          new ForeignFile(
              "JSON, perhaps a server's message", DOWNLOAD, head -> head.begins("{", "[")),
          // Archives and data.
          new ForeignFile("a zip archive", UNPACK, starts("PK\3\4", "PK\5\6")),
          new ForeignFile("a gzip file", UNPACK, starts("\u001f\u008b")),
          new ForeignFile("a bzip2 file", UNPACK, starts("BZh")),
          new ForeignFile("an xz file", UNPACK, starts("\u00fd7zXZ\0")),
          new ForeignFile("a zstd file", UNPACK, starts("(\u00b5/\u00fd")),
          new ForeignFile("a 7z archive", UNPACK, starts("7z\u00bc\u00af")),
          new ForeignFile("a RAR archive", UNPACK, starts("Rar!\u001a")),
          new ForeignFile("a tar archive", UNPACK, at(257, "ustar")),
          new ForeignFile("an array of NumPy", SAVE, starts("\u0093NUMPY")),
          new ForeignFile("a Python pickle", SAVE, ForeignFile::pickle),
          new ForeignFile("an HDF5 file", SAVE, starts("\u0089HDF")),
          new ForeignFile("a file of MATLAB", SAVE, starts("MATLAB ")),
          new ForeignFile("a video", SAVE, at(4, "ftyp").or(starts("\u001aE\u00df\u00a3"))),
          new ForeignFile("a video or a sound", REMOVE, starts("RIFF", "OggS", "ID3")),
          new ForeignFile("a Windows shortcut", REMOVE, starts("L\0\0\0\1\24\2\0")),
          new ForeignFile("a program", REMOVE, starts("\u007fELF", "MZ")),
          new ForeignFile("a database of SQLite", REMOVE, starts("SQLite format 3")),
          new ForeignFile("text", DOWNLOAD, Head::isText));

  /** The first bytes of a file. */
  static final class Head {
    private final ByteReader file;
    private final String text;

    Head(byte[] bytes, int length) {
      file = new ByteReader(bytes, 0, length);
      int looked = Math.min(length, LOOKED_AT);
      String latin = new String(bytes, 0, looked, StandardCharsets.ISO_8859_1);
      text = latin.startsWith("\u00ef\u00bb\u00bf") ? latin.substring(3) : latin;
    }

    /** Returns a character a byte, without a byte order mark. */
    String text() {
      return text;
    }

    /** Returns whether the first characters of a text, behind white space, are any of these. */
    boolean begins(String... beginnings) {
      if (text.indexOf('\0') >= 0) {
        return false;
      }
      String stripped = text.stripLeading();
      for (String beginning : beginnings) {
        if (stripped.regionMatches(true, 0, beginning, 0, beginning.length())) {
          return true;
        }
      }
      return false;
    }

    /** Returns whether it is markup with any of these elements, in any case. */
    boolean markup(String... elements) {
      String lower = text.toLowerCase(Locale.ROOT);
      boolean found = false;
      for (String element : elements) {
        found |= lower.contains(element);
      }
      return found && begins("<");
    }

    private boolean zeros() {
      for (int at = 0; at < file.to(); at++) {
        if (file.u8(at) != 0) {
          return false;
        }
      }
      return true;
    }

    /** Returns whether it is UTF-8 or UTF-16 without control characters. */
    private boolean isText() {
      if (file.says(0, "\u00ff\u00fe") || file.says(0, "\u00fe\u00ff")) {
        return true;
      }
      int looked = Math.min(file.to(), LOOKED_AT);
      CharBuffer chars = CharBuffer.allocate(looked);
      CharsetDecoder utf8 = StandardCharsets.UTF_8.newDecoder();
      // A character may be cut by the end of what is looked at: it is not the end of input.
      CoderResult result = utf8.decode(ByteBuffer.wrap(file.bytes(), 0, looked), chars, false);
      return !result.isError()
          && chars
              .flip()
              .chars()
              .noneMatch(c -> Character.isISOControl(c) && !Character.isWhitespace(c));
    }
  }

  private static Predicate<Head> starts(String... signatures) {
    return head -> {
      for (String signature : signatures) {
        if (head.file.says(0, signature)) {
          return true;
        }
      }
      return false;
    };
  }

  private static Predicate<Head> at(int offset, String signature) {
    return head -> head.file.says(offset, signature);
  }

  /**
   * Returns a test whether a box {@code ftyp} of ISO 14496-12 names one of these brands, as its own
   * or beside.
   */
  private static Predicate<Head> brand(String... brands) {
    return head -> {
      if (!head.file.says(4, "ftyp")) {
        return false;
      }
      int end = Math.min(Math.max(head.file.i32(0), 16), head.file.to());
      for (String brand : brands) {
        for (int at = 8; at < end; at += 4) {
          if (head.file.says(at, brand)) {
            return true;
          }
        }
      }
      return false;
    };
  }

  /**
   * Returns whether the first opcode is PROTO with a version that exists, and the second one
   * follows.
   */
  private static boolean pickle(Head head) {
    return head.file.has(0, 3)
        && head.file.u8(0) == 0x80
        && head.file.u8(1) >= 2
        && head.file.u8(1) <= 5;
  }

  /**
   * Tells what a file is that is no image of a format that is read.
   *
   * @param where the file's name in messages
   */
  static UnusableImage refuse(byte[] bytes, int length, String where) {
    Head head = new Head(bytes, length);
    for (ForeignFile foreign : ALL) {
      if (foreign.test.test(head)) {
        return new UnusableImage(
            where,
            foreign.name.replaceFirst("^an? ", ""),
            String.format(
                Locale.ROOT,
                "is %s, but only %s are read; %s",
                foreign.name,
                Format.ALLOWED,
                foreign.advice),
            foreign.advice);
      }
    }
    String begins = HexFormat.ofDelimiter(" ").formatHex(bytes, 0, Math.min(length, 8));
    String detail =
        String.format(
            Locale.ROOT,
            "it begins with the bytes %s, which is none of %s",
            begins,
            Format.ALLOWED);
    return new UnusableImage(where, "file that is no image", "is no image: " + detail, detail);
  }
}
