package dev.convoy.data.decode;

import dev.convoy.data.Region;
import java.awt.Rectangle;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Iterator;
import java.util.Locale;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.ImageWriter;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderSpi;
import javax.imageio.spi.ImageReaderWriterSpi;
import javax.imageio.spi.ImageWriterSpi;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * The JDK's own readers and writers, whatever else is on the class path: ImageIO would prefer
 * plug-ins from there, and they decode to other bits.
 */
final class JdkImageIo {
  private JdkImageIo() {}

  /** A new reader; a thread uses one of its own. */
  static ImageReader reader(Format format) {
    try {
      return own(ImageReaderSpi.class, format).createReaderInstance();
    } catch (IOException e) {
      throw new IllegalStateException("this JDK's reader of " + format + " does not start", e);
    }
  }

  /** A new writer. */
  static ImageWriter writer(Format format) {
    try {
      return own(ImageWriterSpi.class, format).createWriterInstance();
    } catch (IOException e) {
      throw new IllegalStateException("this JDK's writer of " + format + " does not start", e);
    }
  }

  private static <T extends ImageReaderWriterSpi> T own(Class<T> kind, Format format) {
    String name = format.name().toLowerCase(Locale.ROOT);
    Iterator<T> providers = IIORegistry.getDefaultInstance().getServiceProviders(kind, false);
    while (providers.hasNext()) {
      T provider = providers.next();
      boolean own = provider.getClass().getModule() == ImageIO.class.getModule();
      for (String each : provider.getFormatNames()) {
        if (own && each.equals(name)) {
          return provider;
        }
      }
    }
    throw new IllegalStateException("this JDK does not know " + format);
  }

  /** What a reader reads: a file in memory; ImageIO's default would write it to a temporary one. */
  static ImageInputStream input(byte[] file, int length) {
    return new MemoryCacheImageInputStream(new ByteArrayInputStream(file, 0, length));
  }

  /** The wish for one region, every pixel of it. */
  static ImageReadParam only(Region region, ImageReader reader) {
    ImageReadParam param = reader.getDefaultReadParam();
    param.setSourceRegion(
        new Rectangle(region.left(), region.top(), region.width(), region.height()));
    return param;
  }
}
