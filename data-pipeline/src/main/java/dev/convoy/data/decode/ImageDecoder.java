package dev.convoy.data.decode;

import dev.convoy.data.DataException;
import dev.convoy.data.Pixels;
import dev.convoy.data.Region;
import dev.convoy.data.decode.Orientation.Placement;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;

/**
 * Decodes image files: the header first, then as much of the pixels as is wanted. Not thread-safe;
 * it reuses its readers.
 */
public final class ImageDecoder {
  private final DecodeOptions options;
  private final Map<Format, FormatReader> readers = new EnumMap<>(Format.class);
  private byte[] rgb = new byte[0];

  private StoredImage image;
  private ImageHeader header;

  /** Creates a decoder of files that meet the options. */
  public ImageDecoder(DecodeOptions options) {
    this.options = options;
  }

  /**
   * Looks at the header of a file and keeps the file for {@link #decode}.
   *
   * @param file its bytes, which are to stay until it has been decoded
   * @param length of the file; the array may be longer
   * @param where the file's name in messages
   * @throws DataException if it is no image, its header is broken, it has no pixels or too many
   */
  public ImageHeader open(byte[] file, int length, String where) {
    image = null;
    Format format = format(file, length, where);
    StoredImage opened = readers.computeIfAbsent(format, this::reader).open(file, length, where);
    check(opened, where);
    boolean transposed = opened.orientation().transposed();
    image = opened;
    header =
        new ImageHeader(
            format,
            transposed ? opened.width() : opened.height(),
            transposed ? opened.height() : opened.width(),
            opened.components(),
            opened.orientation(),
            opened.plain());
    return header;
  }

  private static Format format(byte[] file, int length, String where) {
    ByteReader in = new ByteReader(file, 0, length);
    for (Format format : Format.values()) {
      if (format.begins(in)) {
        return format;
      }
    }
    throw ForeignFile.refuse(file, length, where);
  }

  private FormatReader reader(Format format) {
    return switch (format) {
      case JPEG -> new JpegReader(options.truncated());
      case PNG -> new PngReader(options);
      case GIF -> new GifReader(options);
      case BMP -> new BmpReader(options);
      case PNM -> new PnmReader(options);
    };
  }

  private void check(StoredImage opened, String where) {
    int height = opened.height();
    int width = opened.width();
    if (height < 1 || width < 1) {
      throw BrokenImage.flat(where, height, width);
    }
    if ((long) height * width > options.maxPixels()) {
      throw BrokenImage.large(where, height, width, options.maxPixels());
    }
  }

  /** Returns what was noticed of the file last opened, and of its pixels once they were decoded. */
  public Set<ImageNote> notes() {
    return image == null ? Set.of() : Collections.unmodifiableSet(image.notes());
  }

  /**
   * Decodes a region of the file last opened; it equals that region of the whole image.
   *
   * @param channels 1 for grey (ITU-R 601-2 of colours), 3 for red, green and blue
   * @param region of the image as a person sees it
   * @param into receives region height x region width x channels
   * @throws DataException if the file turns out to be broken
   */
  public void decode(int channels, Region region, Pixels into) {
    if (image == null) {
      throw new IllegalStateException("no file has been opened");
    }
    if (channels != 1 && channels != 3) {
      throw new IllegalArgumentException("images have 1 or 3 channels, not " + channels);
    }
    if (region.height() > header.height() - region.top()
        || region.width() > header.width() - region.left()) {
      throw new IllegalArgumentException(region + " exceeds the image of " + header);
    }
    Orientation orientation = image.orientation();
    Region stored = orientation.stored(region, image.height(), image.width());
    PixelReader pixels = image.data().read(stored);
    byte[] values = into.begin(region.height(), region.width(), channels);
    if (channels == 3 && !orientation.transposed() && !orientation.columnsFlipped()) {
      Placement rows = orientation.placement(stored.height(), stored.width());
      for (int row = 0; row < stored.height(); row++) {
        pixels.read(row, values, 3 * (rows.first() + row * rows.row()));
      }
    } else {
      turn(pixels, stored, channels, values);
    }
  }

  private void turn(PixelReader pixels, Region stored, int channels, byte[] values) {
    int width = stored.width();
    if (rgb.length < 3 * width) {
      rgb = new byte[3 * width];
    }
    Placement placement = image.orientation().placement(stored.height(), width);
    for (int row = 0; row < stored.height(); row++) {
      pixels.read(row, rgb, 0);
      int at = placement.first() + row * placement.row();
      for (int x = 0; x < width; x++) {
        if (channels == 1) {
          values[at] = luma(rgb[3 * x] & 0xff, rgb[3 * x + 1] & 0xff, rgb[3 * x + 2] & 0xff);
        } else {
          values[3 * at] = rgb[3 * x];
          values[3 * at + 1] = rgb[3 * x + 1];
          values[3 * at + 2] = rgb[3 * x + 2];
        }
        at += placement.column();
      }
    }
  }

  /**
   * Returns the luma of ITU-R 601-2, rounded as Pillow's mode L does; that of a grey is that grey.
   */
  private static byte luma(int red, int green, int blue) {
    return (byte) ((red * 19595 + green * 38470 + blue * 7471 + 0x8000) >> 16);
  }
}
