package dev.convoy.data.decode;

import dev.convoy.data.DataException;
import java.util.Arrays;
import java.util.Locale;

/**
 * What the marker segments of a JPEG file tell (ITU-T T.81, annex B):
 *
 * <pre>
 *   SOI | APPn | DQT | SOF | DHT | (DRI) | SOS entropy-coded data | (DHT | SOS data)... | EOI
 *   a segment:  0xff, marker | length 2, counting itself | parameters
 * </pre>
 *
 * <p>A segment that the file's end cuts is left out, so that a truncated file is one whose last
 * scans are short or missing.
 */
final class JpegMarkers {
  private static final int SOI = 0xd8;
  private static final int EOI = 0xd9;
  private static final int SOS = 0xda;
  private static final int DQT = 0xdb;
  private static final int DRI = 0xdd;
  private static final int DHT = 0xc4;
  private static final int JPG = 0xc8;
  private static final int DAC = 0xcc;
  private static final int SOF_FIRST = 0xc0;
  private static final int SOF_PROGRESSIVE = 0xc2;
  private static final int SOF_LAST = 0xcf;
  private static final int APP0 = 0xe0;
  private static final int APP1 = 0xe1;
  private static final int APP14 = 0xee;
  private static final int APP_LAST = 0xef;
  private static final int COM = 0xfe;

  private static final String EXIF = "Exif\0\0";
  private static final int COMPONENTS_MOST = 4;
  private static final int COEFFICIENTS = 64;
  private static final int UNKNOWN = -1;

  private final ByteReader in;
  private final String where;

  private int process;
  private int precision;
  private int height;
  private int width;
  private int[] ids = {};
  private int[] horizontal = {};
  private int[] vertical = {};
  private boolean jfif;
  private int adobeTransform = UNKNOWN;
  private Orientation orientation;
  private int scans;
  private boolean complete;
  private boolean tidy = true;

  /** For each coefficient of each component the lowest bit that a scan has brought. */
  private int[][] lowestBit = {};

  /** Beginnings and ends of the parts of the file that decoding needs. */
  private int[] needed = new int[8];

  private int parts;

  private JpegMarkers(byte[] file, int length, String where) {
    this.in = new ByteReader(file, 0, length);
    this.where = where;
    need(0, 2);
    int at = 2;
    while (at < length && !complete) {
      at = segment(at);
    }
    if (scans == 0) {
      throw broken("it has no image");
    }
    if (orientation == null) {
      orientation = Orientation.NORMAL;
    }
  }

  /**
   * Walks over the segments.
   *
   * @param file that begins with SOI
   * @throws DataException if there is no frame header with a scan, or it is broken
   */
  static JpegMarkers of(byte[] file, int length, String where) {
    return new JpegMarkers(file, length, where);
  }

  private DataException broken(String why) {
    return new DataException(where + " is a broken JPEG file: " + why);
  }

  private void need(int from, int to) {
    if (parts > 0 && needed[parts - 1] == from) {
      needed[parts - 1] = to;
      return;
    }
    if (parts == needed.length) {
      needed = Arrays.copyOf(needed, 2 * parts);
    }
    needed[parts++] = from;
    needed[parts++] = to;
  }

  /** Reads what begins there and returns where the next segment begins. */
  private int segment(int at) {
    // Bytes that belong to nothing, and fill bytes (B.1.1.2), come before markers in real files.
    if (in.u8(at) != 0xff || !in.has(at, 2) || !isMarker(in.u8(at + 1))) {
      tidy &= in.u8(at) == 0xff;
      return at + 1;
    }
    int marker = in.u8(at + 1);
    int body = at + 2;
    if (marker == EOI) {
      complete = true;
      return body;
    }
    if (standsAlone(marker)) {
      return body;
    }
    int size = in.has(body, 2) ? in.u16(body) : in.to();
    if (!in.has(body, size)) {
      return in.to();
    }
    if (size < 2) {
      throw broken(
          String.format(Locale.ROOT, "its segment at byte %d has a length of %d", at, size));
    }
    int end = body + size;
    ByteReader parameters = new ByteReader(in.bytes(), body + 2, end);
    if (isFrame(marker)) {
      frame(marker, parameters);
    } else if (marker == APP0) {
      jfif |= parameters.says(body + 2, "JFIF\0");
    } else if (marker == APP1) {
      exif(parameters);
    } else if (marker == APP14 && parameters.has(body + 2, 12)) {
      adobeTransform =
          parameters.says(body + 2, "Adobe") ? parameters.u8(body + 13) : adobeTransform;
    }
    if (marker == SOS) {
      scan(parameters);
      end = endOfData(end);
    }
    if (isFrame(marker) || isTable(marker) || marker == SOS) {
      need(at, end);
    }
    return end;
  }

  private static boolean isMarker(int code) {
    return code != 0 && code != 0xff;
  }

  /** TEM, RSTm and SOI have no parameters. */
  private static boolean standsAlone(int marker) {
    return marker == 0x01 || isRestart(marker) || marker == SOI;
  }

  private static boolean isRestart(int marker) {
    return marker >= 0xd0 && marker <= 0xd7;
  }

  private static boolean isFrame(int marker) {
    return marker >= SOF_FIRST
        && marker <= SOF_LAST
        && marker != DHT
        && marker != JPG
        && marker != DAC;
  }

  private static boolean isTable(int marker) {
    return marker == DHT || marker == DQT || marker == DRI || marker == DAC;
  }

  private void frame(int marker, ByteReader parameters) {
    int at = parameters.from();
    if (ids.length > 0) {
      throw broken("it has two frame headers");
    }
    if (!parameters.has(at, 6) || !parameters.has(at + 6, 3 * parameters.u8(at + 5))) {
      throw broken("its frame header is too short");
    }
    process = marker;
    precision = parameters.u8(at);
    height = parameters.u16(at + 1);
    width = parameters.u16(at + 3);
    int components = parameters.u8(at + 5);
    if (components != 1 && components != 3 && components != COMPONENTS_MOST) {
      throw broken(
          String.format(
              Locale.ROOT, "it has %d components, but only 1, 3 and 4 are allowed", components));
    }
    ids = new int[components];
    horizontal = new int[components];
    vertical = new int[components];
    lowestBit = new int[components][COEFFICIENTS];
    for (int c = 0; c < components; c++) {
      ids[c] = parameters.u8(at + 6 + 3 * c);
      horizontal[c] = parameters.u8(at + 7 + 3 * c) >> 4;
      vertical[c] = parameters.u8(at + 7 + 3 * c) & 15;
      Arrays.fill(lowestBit[c], UNKNOWN);
    }
  }

  private void exif(ByteReader parameters) {
    int at = parameters.from();
    if (orientation == null && parameters.says(at, EXIF)) {
      int tiff = at + EXIF.length();
      orientation = ExifOrientation.of(new ByteReader(in.bytes(), tiff, parameters.to()));
    }
  }

  private void scan(ByteReader parameters) {
    int at = parameters.from();
    if (ids.length == 0) {
      throw broken("a scan comes before its frame header");
    }
    int components = parameters.has(at, 1) ? parameters.u8(at) : COMPONENTS_MOST + 1;
    if (components > COMPONENTS_MOST || !parameters.has(at + 1, 2 * components + 3)) {
      throw broken("a scan header is too short");
    }
    scans++;
    int selection = at + 1 + 2 * components;
    int first = parameters.u8(selection);
    int last = Math.min(parameters.u8(selection + 1), COEFFICIENTS - 1);
    for (int i = 0; i < components; i++) {
      for (int c = 0; c < ids.length; c++) {
        if (ids[c] == parameters.u8(at + 1 + 2 * i) && first <= last) {
          Arrays.fill(lowestBit[c], first, last + 1, parameters.u8(selection + 2) & 15);
        }
      }
    }
  }

  /** Where the entropy-coded data that begin there end: at the next segment. */
  private int endOfData(int from) {
    byte[] bytes = in.bytes();
    int last = in.to() - 1;
    for (int at = from; at < last; at++) {
      if (bytes[at] == (byte) 0xff) {
        int code = bytes[at + 1] & 0xff;
        if (endsData(code)) {
          return at;
        }
        tidy &= !isMarker(code) || isRestart(code);
      }
    }
    return in.to();
  }

  /** Zero is a stuffed 0xff (B.1.1.5); markers that cannot come here are corrupt data. */
  private static boolean endsData(int code) {
    return code == EOI
        || code == SOS
        || isTable(code)
        || code == COM
        || (code >= APP0 && code <= APP_LAST);
  }

  /** Stored rows; 0 if a DNL segment after the first scan was to tell. */
  int height() {
    return height;
  }

  /** Stored columns. */
  int width() {
    return width;
  }

  /** Components of the frame: 1, 3 or 4. */
  int components() {
    return ids.length;
  }

  /** Of the first EXIF block. */
  Orientation orientation() {
    return orientation;
  }

  /** Whether the file has its last marker, EOI. */
  boolean complete() {
    return complete;
  }

  /** What the components mean, as libjpeg tells it from markers and component numbers. */
  JpegColour colour() {
    boolean unmarked = adobeTransform == UNKNOWN;
    if (ids.length == 1) {
      return JpegColour.GREY;
    }
    if (ids.length == COMPONENTS_MOST) {
      return unmarked || adobeTransform == 0 ? JpegColour.CMYK : JpegColour.YCCK;
    }
    boolean named = ids[0] == 'R' && ids[1] == 'G' && ids[2] == 'B';
    boolean rgb = unmarked ? named : adobeTransform == 0;
    return rgb && !jfif ? JpegColour.RGB : JpegColour.YCBCR;
  }

  /**
   * Whether every JDK's decoder gives the same samples, and they are grey or YCbCr, upright, of 8
   * bits: of Huffman-coded baseline, extended and progressive files. Of such decoders differ in two
   * things only, {@link #growsAlike()} and {@link #exact()}, and in what they make of bytes that do
   * not belong there. Corrupt entropy-coded data are not noticed here, but by who decodes them.
   */
  boolean plain() {
    JpegColour colour = colour();
    return (colour == JpegColour.GREY || colour == JpegColour.YCBCR)
        && process <= SOF_PROGRESSIVE
        && precision == 8
        && orientation == Orientation.NORMAL
        && complete
        && tidy
        && growsAlike()
        && (process != SOF_PROGRESSIVE || exact());
  }

  /**
   * Whether no component is stored in half the rows but all columns, as in 4:4:0: libjpeg 6b, which
   * most JDKs carry, doubles such rows, libjpeg-turbo interpolates. For other ratios their
   * arithmetic is one.
   */
  private boolean growsAlike() {
    int columns = Arrays.stream(horizontal).max().orElseThrow();
    int rows = Arrays.stream(vertical).max().orElseThrow();
    for (int c = 0; c < ids.length; c++) {
      boolean whole =
          horizontal[c] > 0
              && vertical[c] > 0
              && columns % horizontal[c] == 0
              && rows % vertical[c] == 0;
      if (!whole || (columns == horizontal[c] && rows == 2 * vertical[c])) {
        return false;
      }
    }
    return true;
  }

  /** Whether scans bring every coefficient to its last bit; decoders guess what is missing. */
  private boolean exact() {
    for (int[] component : lowestBit) {
      for (int bit : component) {
        if (bit != 0) {
          return false;
        }
      }
    }
    return true;
  }

  /**
   * The file with nothing but frame, tables and scans, and with an EOI at its end. Comments,
   * thumbnails, profiles and EXIF blocks, whole or broken, are no matter of the decoder's.
   */
  byte[] essence() {
    int length = 2;
    for (int i = 0; i < parts; i += 2) {
      length += needed[i + 1] - needed[i];
    }
    byte[] essence = new byte[length];
    int at = 0;
    for (int i = 0; i < parts; i += 2) {
      int count = needed[i + 1] - needed[i];
      System.arraycopy(in.bytes(), needed[i], essence, at, count);
      at += count;
    }
    essence[at] = (byte) 0xff;
    essence[at + 1] = (byte) EOI;
    return essence;
  }
}
