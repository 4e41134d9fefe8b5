package dev.convoy.data.decode;

import dev.convoy.data.Region;

/**
 * Reads Netpbm's formats, the first image of a file: P1 and P4 bitmaps, of which 1 is black; P2 and
 * P5 greymaps; P3 and P6 pixmaps. The first three are text. Values up to another maximum than 255
 * are rounded to 8 bits.
 */
final class PnmReader implements FormatReader {
  private static final int MOST = 65535;

  private final DecodeOptions options;

  PnmReader(DecodeOptions options) {
    this.options = options;
  }

  @Override
  public StoredImage open(byte[] file, int length, String where) {
    PnmNumbers numbers = new PnmNumbers(new ByteReader(file, 0, length), where);
    int type = file[1] - '0';
    int width = numbers.next();
    int height = numbers.next();
    int most = type == 1 || type == 4 ? 1 : numbers.next();
    if (most < 1 || most > MOST) {
      throw BrokenImage.because(where, Format.PNM, "its largest value is " + most);
    }
    int components = type == 3 || type == 6 ? 3 : 1;
    PnmSamples samples =
        new PnmSamples(type, (long) width * components, height, most, numbers, options.whole());
    return new StoredImage(
        height,
        width,
        components,
        Orientation.NORMAL,
        false,
        region -> read(samples, width, components, region));
  }

  private static PixelReader read(PnmSamples samples, int width, int components, Region region) {
    byte[] levels = samples.read();
    return (row, rgb, first) -> {
      int from = ((region.top() + row) * width + region.left()) * components;
      for (int i = 0; i < region.width(); i++) {
        for (int c = 0; c < 3; c++) {
          rgb[first + 3 * i + c] = levels[from + i * components + (components == 1 ? 0 : c)];
        }
      }
    };
  }
}
