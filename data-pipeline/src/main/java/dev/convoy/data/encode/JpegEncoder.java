package dev.convoy.data.encode;

import dev.convoy.data.Pixels;
import dev.convoy.data.decode.Format;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;

/** Makes baseline JPEG files with JFIF headers. */
public final class JpegEncoder {
  private JpegEncoder() {}

  /**
   * Encodes pixels of 1 channel as a grey file, those of 3 as YCbCr 4:2:0.
   *
   * @param quality 1 to 100, as libjpeg scales its tables
   */
  public static byte[] encode(Pixels pixels, int quality) {
    if (quality < 1 || quality > 100) {
      throw new IllegalArgumentException("the quality is 1 to 100, not " + quality);
    }
    ImageWriter writer = JdkImageIo.writer(Format.JPEG);
    ImageWriteParam param = writer.getDefaultWriteParam();
    param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
    param.setCompressionQuality(quality / 100f);
    return PixelImage.encode(pixels, writer, param);
  }
}
