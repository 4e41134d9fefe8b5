package dev.convoy.data.decode;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;

/** Pixels as 8-bit red, green and blue; what is transparent lies on black, as the datasets do. */
@FunctionalInterface
interface PixelReader {
  /** The pixel as {@code 0xRRGGBB}. */
  int rgb(int x, int y);

  static PixelReader of(BufferedImage image) {
    ColorModel model = image.getColorModel();
    boolean grey =
        model.getColorSpace().getType() == ColorSpace.TYPE_GRAY
            && !(model instanceof IndexColorModel);
    return grey ? grey(image.getRaster(), model) : colour(image);
  }

  /** The stored values: BufferedImage.getRGB would take them for linear light and brighten them. */
  private static PixelReader grey(Raster raster, ColorModel model) {
    int most = (1 << model.getComponentSize(0)) - 1;
    boolean alpha = model.hasAlpha() && !model.isAlphaPremultiplied();
    int opaque = alpha ? (1 << model.getComponentSize(1)) - 1 : 1;
    return (x, y) -> {
      double value = 255.0 * raster.getSample(x, y, 0) / most;
      if (alpha) {
        value = value * raster.getSample(x, y, 1) / opaque;
      }
      return (int) Math.round(value) * 0x010101;
    };
  }

  private static PixelReader colour(BufferedImage image) {
    return (x, y) -> {
      int argb = image.getRGB(x, y);
      int alpha = argb >>> 24;
      return onBlack(argb >> 16 & 0xff, alpha) << 16
          | onBlack(argb >> 8 & 0xff, alpha) << 8
          | onBlack(argb & 0xff, alpha);
    };
  }

  private static int onBlack(int value, int alpha) {
    return (value * alpha + 127) / 255;
  }
}
