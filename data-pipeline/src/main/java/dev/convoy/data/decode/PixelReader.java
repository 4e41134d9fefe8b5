package dev.convoy.data.decode;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentSampleModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;

/**
 * Rows of a decoded image as 8-bit red, green and blue; what is transparent lies on black. It takes
 * the stored numbers, since {@code BufferedImage.getRGB} would send them through a colour engine
 * for some images, and would take grey for linear light.
 */
@FunctionalInterface
interface PixelReader {
  /**
   * Reads a row of the raster.
   *
   * @param rgb receives red, green and blue of each column
   * @param first where in it
   */
  void read(int row, byte[] rgb, int first);

  /** Of what ImageIO has made of PNG, GIF and BMP. */
  static PixelReader of(BufferedImage image) {
    ColorModel model = image.getColorModel();
    if (model instanceof IndexColorModel palette) {
      return palette(image.getRaster(), palette);
    }
    boolean grey = model.getColorSpace().getType() == ColorSpace.TYPE_GRAY;
    boolean bytes = image.getSampleModel() instanceof ComponentSampleModel;
    if (bytes && image.getRaster().getTransferType() == DataBuffer.TYPE_BYTE && !model.hasAlpha()) {
      return bytes(image.getRaster());
    }
    return samples(image.getRaster(), model, grey);
  }

  /** Of a raster of bytes, one band of grey or three of colours. */
  private static PixelReader bytes(Raster raster) {
    int width = raster.getWidth();
    int bands = raster.getNumBands();
    byte[] line = new byte[width * bands];
    return (row, rgb, first) -> {
      raster.getDataElements(0, row, width, 1, line);
      for (int i = 0; i < 3 * width; i++) {
        rgb[first + i] = line[bands == 1 ? i / 3 : i];
      }
    };
  }

  private static PixelReader palette(Raster raster, IndexColorModel model) {
    int[] colours = new int[model.getMapSize()];
    model.getRGBs(colours);
    for (int i = 0; i < colours.length; i++) {
      int alpha = colours[i] >>> 24;
      colours[i] =
          onBlack(colours[i] >> 16 & 0xff, alpha) << 16
              | onBlack(colours[i] >> 8 & 0xff, alpha) << 8
              | onBlack(colours[i] & 0xff, alpha);
    }
    int[] line = new int[raster.getWidth()];
    return (row, rgb, first) -> {
      raster.getSamples(0, row, line.length, 1, 0, line);
      for (int x = 0, at = first; x < line.length; x++, at += 3) {
        // Files name colours that their palettes lack.
        int colour = line[x] < colours.length ? colours[line[x]] : 0;
        rgb[at] = (byte) (colour >> 16);
        rgb[at + 1] = (byte) (colour >> 8);
        rgb[at + 2] = (byte) colour;
      }
    };
  }

  private static PixelReader samples(Raster raster, ColorModel model, boolean grey) {
    int bands = raster.getNumBands();
    long[] most = new long[bands];
    for (int band = 0; band < bands; band++) {
      // A bitmap may leave a colour no bit.
      most[band] = Math.max(1, (1L << model.getComponentSize(band)) - 1);
    }
    int[] line = new int[raster.getWidth() * bands];
    return (row, rgb, first) -> {
      raster.getPixels(0, row, raster.getWidth(), 1, line);
      for (int i = 0, at = first; i < line.length; i += bands, at += 3) {
        int last = bands - 1;
        int alpha = model.hasAlpha() ? toByte(line[i + last], most[last]) : 255;
        for (int c = 0; c < 3; c++) {
          int band = grey ? 0 : c;
          rgb[at + c] = (byte) onBlack(toByte(line[i + band], most[band]), alpha);
        }
      }
    };
  }

  /** A sample of any depth in 8 bits, rounded. */
  private static int toByte(int value, long most) {
    return (int) (((value & 0xffffffffL) * 255 + most / 2) / most);
  }

  private static int onBlack(int value, int alpha) {
    return (value * alpha + 127) / 255;
  }
}
