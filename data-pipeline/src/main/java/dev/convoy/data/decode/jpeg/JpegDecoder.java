package dev.convoy.data.decode.jpeg;

import dev.convoy.data.Region;

/**
 * Decodes JPEG files, one after the other; it reuses its buffers. Not thread-safe.
 *
 * <p>Pixels are those of libjpeg-turbo's {@code djpeg} and of Pillow, bit for bit: its integer
 * inverse DCT ("islow"), its interpolation of subsampled components and its conversion to RGB. What
 * those two tolerate is tolerated, and counted ({@link #faults()}).
 */
public final class JpegDecoder {
  private static final int COMPONENTS_MOST = 4;

  private final JpegFaults faults = new JpegFaults();
  private final Tables tables = new Tables(faults);
  private final Plane[] planes = new Plane[COMPONENTS_MOST];
  private final short[][] coefficients = new short[COMPONENTS_MOST][];

  private byte[] bytes;
  private int length;
  private JpegHeader header;

  /** Creates a decoder that has opened no file yet. */
  public JpegDecoder() {
    for (int c = 0; c < planes.length; c++) {
      planes[c] = new Plane();
    }
  }

  /**
   * Reads the header of a file and keeps the file for {@link #decode}.
   *
   * @param file its bytes, which are to stay until it has been decoded
   * @param size of the file; the array may be longer
   */
  public JpegHeader open(byte[] file, int size) throws JpegException {
    header = null;
    bytes = file;
    length = size;
    faults.reset(false);
    JpegFile opened = new JpegFile(file, size, faults, tables);
    if (opened.nextScan() == null) {
      throw JpegException.broken("it has no image");
    }
    Frame frame = opened.frame();
    header =
        new JpegHeader(
            frame.height(),
            frame.width(),
            frame.components().length,
            frame.progressive(),
            opened.exifFrom(),
            opened.exifTo());
    return header;
  }

  /**
   * Decodes a region of the file last opened; it equals that region of the whole image.
   *
   * <p>Of a file with a single scan nothing is read beyond the region's last row, so that faults
   * there go unnoticed.
   *
   * @param region of the image as stored, at that scale
   * @param strict whether damage, which leaves pixels missing or guessed, refuses the file
   */
  public JpegRows decode(Region region, Scale scale, boolean strict) throws JpegException {
    if (header == null) {
      throw new IllegalStateException("no file has been opened");
    }
    if (region.height() > scale.of(header.height()) - region.top()
        || region.width() > scale.of(header.width()) - region.left()) {
      throw new IllegalArgumentException(region + " exceeds the image of " + header);
    }
    faults.reset(strict);
    JpegFile file = new JpegFile(bytes, length, faults, tables);
    ScanHeader first = file.nextScan();
    Frame frame = file.frame();
    JpegColour colour = file.colour();
    Component[] components = frame.components();
    Plane[] used = new Plane[components.length];
    for (int c = 0; c < used.length; c++) {
      used[c] = planes[c];
      used[c].cover(frame, components[c], scale, region);
    }
    if (!frame.progressive() && first.components().length == components.length) {
      if (new SingleScan(file, first, used).decode()) {
        finish(file);
      }
    } else {
      new MultiScan(file, used, coefficients).decode(first);
    }
    return new RgbRows(colour, used, region);
  }

  /** Reads the rest of the file; what follows an image that is whole cannot harm it. */
  private void finish(JpegFile file) throws JpegException {
    try {
      if (file.nextScan() != null) {
        faults.add(JpegFault.BYTES_AFTER_END);
      }
    } catch (JpegException e) {
      faults.add(JpegFault.NO_END);
    }
  }

  /** Returns what has been tolerated of the file that was opened or decoded last. */
  public JpegFaults faults() {
    return faults;
  }
}
