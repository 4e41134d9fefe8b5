package dev.convoy.data.decode;

import dev.convoy.data.DataException;
import dev.convoy.data.Sample;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import javax.imageio.ImageIO;

/** Image files of the formats that ImageIO reads: PNG, JPEG, GIF (its first image) and BMP. */
public final class ImageFile {
  private ImageFile() {}

  /**
   * Decodes an image.
   *
   * @param where the file's name in messages; the stream stays open
   * @param channels 1 for grey, 3 for red, green and blue
   * @param into receives the pixels, as sample 0 of class 0
   * @throws DataException if it is no image, a broken one, or of an unknown format
   */
  public static void decode(InputStream in, String where, int channels, Sample into) {
    BufferedImage image = read(in, where);
    byte[] pixels = into.begin(0, 0, image.getHeight(), image.getWidth(), channels);
    PixelReader reader = PixelReader.of(image);
    int at = 0;
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        int rgb = reader.rgb(x, y);
        if (channels == 1) {
          pixels[at++] = (byte) luma(rgb);
        } else {
          pixels[at++] = (byte) (rgb >> 16);
          pixels[at++] = (byte) (rgb >> 8);
          pixels[at++] = (byte) rgb;
        }
      }
    }
  }

  private static BufferedImage read(InputStream in, String where) {
    ImageIO.setUseCache(false);
    BufferedImage image;
    try {
      image = ImageIO.read(in);
    } catch (IOException | RuntimeException e) {
      // Broken files make ImageIO's readers throw whatever their own code stumbles over.
      throw new DataException(where + " is a broken image: " + firstLine(e), e);
    }
    if (image == null) {
      throw new DataException(where + " is no image; allowed are PNG, JPEG, GIF and BMP");
    }
    return image;
  }

  private static String firstLine(Exception e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("no reason given");
  }

  /** ITU-R 601-2, as Pillow's mode L rounds it; of grey it is that grey. */
  private static int luma(int rgb) {
    int red = rgb >> 16 & 0xff;
    int green = rgb >> 8 & 0xff;
    int blue = rgb & 0xff;
    return (red * 19595 + green * 38470 + blue * 7471 + 0x8000) >> 16;
  }
}
