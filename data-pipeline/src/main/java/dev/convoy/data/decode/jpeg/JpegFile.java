package dev.convoy.data.decode.jpeg;

/**
 * The marker segments of a file, read from first to last up to each scan (ITU-T T.81, annex B):
 *
 * <pre>
 *   SOI | APPn | DQT | SOF | DHT | (DRI) | SOS entropy-coded data | (DHT | SOS data)... | EOI
 *   a segment:  0xff, marker | length 2, counting itself | parameters
 * </pre>
 */
final class JpegFile {
  private static final String EXIF = "Exif\0\0";
  private static final int JFIF_SIZE = 14;
  private static final int ADOBE_SIZE = 12;
  private static final int ADOBE_TRANSFORM = 11;

  private final byte[] bytes;
  private final int end;
  private final JpegFaults faults;
  private final Tables tables;

  private int at;

  /** A marker that has been read but not obeyed, or 0. */
  private int unread;

  /** Whether bytes of entropy-coded data have been left unused. */
  private boolean unused;

  private boolean ended;
  private boolean cut;
  private Frame frame;
  private boolean jfif;
  private boolean adobe;
  private int adobeTransform;
  private int exifFrom = -1;
  private int exifTo = -1;

  /**
   * Opens a file that begins with SOI.
   *
   * @param end of its bytes, exclusive
   * @param faults counts what is tolerated
   * @param tables are filled with those of the file
   */
  JpegFile(byte[] bytes, int end, JpegFaults faults, Tables tables) {
    this.bytes = bytes;
    this.end = end;
    this.faults = faults;
    this.tables = tables;
    tables.reset();
    at = 2;
  }

  Frame frame() {
    return frame;
  }

  Tables tables() {
    return tables;
  }

  JpegFaults faults() {
    return faults;
  }

  /** Returns where the next byte to be read stands. */
  int position() {
    return at;
  }

  /** Returns whether the file's end has been met, and no marker EOI before it. */
  boolean cut() {
    return cut;
  }

  /** Returns where the TIFF structure of the first EXIF block begins, or -1. */
  int exifFrom() {
    return exifFrom;
  }

  /** Returns where the first EXIF block ends. */
  int exifTo() {
    return exifTo;
  }

  /** Returns what the components mean, as libjpeg tells it from markers and component numbers. */
  JpegColour colour() throws JpegException {
    Component[] components = frame.components();
    if (components.length == 1) {
      return JpegColour.GREY;
    }
    if (components.length == 4) {
      if (adobe && adobeTransform != 0 && adobeTransform != 2) {
        faults.add(JpegFault.COLOUR_TRANSFORM);
      }
      return adobe && adobeTransform != 0 ? JpegColour.YCCK : JpegColour.CMYK;
    }
    if (jfif) {
      return JpegColour.YCBCR;
    }
    if (adobe) {
      if (adobeTransform > 1) {
        faults.add(JpegFault.COLOUR_TRANSFORM);
      }
      return adobeTransform == 0 ? JpegColour.RGB : JpegColour.YCBCR;
    }
    boolean named =
        components[0].id() == 'R' && components[1].id() == 'G' && components[2].id() == 'B';
    return named ? JpegColour.RGB : JpegColour.YCBCR;
  }

  /** Returns a reader of the data behind the scan header that was read last. */
  BitReader entropyCodedData() {
    return new BitReader(bytes, at, end);
  }

  /**
   * Goes on behind entropy-coded data.
   *
   * @param unreadMarker that stands right before the position, or 0
   * @param unusedBytes whether not all bytes before that were data
   */
  void resume(int position, int unreadMarker, boolean unusedBytes) {
    at = position;
    unread = unreadMarker;
    unused = unusedBytes;
  }

  /** Finds the next marker; {@link Marker#FILE_END} if there is none. */
  int nextMarker() throws JpegException {
    boolean stray = unused;
    int marker = unread;
    unused = false;
    unread = 0;
    while (marker == 0) {
      while (at < end && bytes[at] != (byte) 0xff) {
        stray = true;
        at++;
      }
      while (at < end && bytes[at] == (byte) 0xff) {
        at++;
      }
      // 0xff and 0 is a byte of data (B.1.1.5), which has nothing to do here.
      marker = at < end ? bytes[at++] & 0xff : Marker.FILE_END;
      stray |= marker == 0;
    }
    if (stray) {
      faults.add(JpegFault.STRAY_BYTES);
    }
    return marker;
  }

  /** Reads up to the next scan; null at the end. */
  ScanHeader nextScan() throws JpegException {
    while (!ended) {
      int marker = nextMarker();
      if (marker == Marker.SOS) {
        if (frame == null) {
          throw JpegException.broken("a scan comes before its frame header");
        }
        return ScanHeader.read(segment("scan header"), frame);
      }
      obey(marker);
    }
    return null;
  }

  private void obey(int marker) throws JpegException {
    if (marker == Marker.EOI || marker == Marker.FILE_END) {
      ended = true;
      if (marker == Marker.FILE_END) {
        cut = true;
        faults.add(JpegFault.NO_END);
      } else if (at < end) {
        faults.add(JpegFault.BYTES_AFTER_END);
      }
    } else if (Marker.isFrame(marker)) {
      if (frame != null) {
        throw JpegException.broken("it has two frame headers");
      }
      Segment segment = segment("frame header");
      frame = Frame.read(marker, segment, () -> DnlSearch.lines(bytes, at, end));
    } else if (marker == Marker.DQT) {
      tables.readQuantization(segment("quantization tables"));
    } else if (marker == Marker.DHT) {
      tables.readHuffman(segment("Huffman tables"));
    } else if (marker == Marker.DRI) {
      tables.readRestartInterval(segment("restart interval"));
    } else if (Marker.isSkipped(marker)) {
      application(marker, segment("segment " + Integer.toHexString(marker)));
    } else if (marker != Marker.TEM && !Marker.isRestart(marker)) {
      throw JpegException.broken(
          "the marker " + Integer.toHexString(marker) + " has no place before byte " + at);
    }
  }

  /** Returns the parameters that begin there; the file goes on behind them. */
  private Segment segment(String name) throws JpegException {
    int size = at <= end - 2 ? ((bytes[at] & 0xff) << 8) | (bytes[at + 1] & 0xff) : 2;
    if (size < 2) {
      throw JpegException.broken("the length of its " + name + " is wrong");
    }
    if (size > end - at) {
      at = end;
      throw new JpegException(JpegException.Kind.TRUNCATED, "it ends within its " + name);
    }
    Segment segment = new Segment(name, bytes, at + 2, at + size);
    at += size;
    return segment;
  }

  private void application(int marker, Segment segment) throws JpegException {
    if (marker == Marker.APP0) {
      jfif |= segment.left() >= JFIF_SIZE && segment.says("JFIF\0");
    } else if (marker == Marker.APP1 && exifFrom < 0 && segment.says(EXIF)) {
      exifFrom = segment.position() + EXIF.length();
      exifTo = segment.end();
    } else if (marker == Marker.APP14 && segment.left() >= ADOBE_SIZE && segment.says("Adobe")) {
      segment.skip(ADOBE_TRANSFORM);
      adobe = true;
      adobeTransform = segment.u8();
    }
  }
}
