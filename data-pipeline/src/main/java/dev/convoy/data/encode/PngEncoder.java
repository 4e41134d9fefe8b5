package dev.convoy.data.encode;

import dev.convoy.data.Pixels;
import dev.convoy.data.decode.Format;
import javax.imageio.ImageWriter;

/**
 * Makes PNG files. They decode to the same pixels everywhere; their bytes depend on the version of
 * zlib.
 */
public final class PngEncoder {
  private PngEncoder() {}

  /** Encodes pixels of 1 or 3 channels as a file of 8-bit grey or RGB. */
  public static byte[] encode(Pixels pixels) {
    ImageWriter writer = JdkImageIo.writer(Format.PNG);
    return PixelImage.encode(pixels, writer, writer.getDefaultWriteParam());
  }
}
