package dev.convoy.data.encode;

import dev.convoy.data.decode.Format;
import java.io.IOException;
import java.util.Iterator;
import java.util.Locale;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageWriterSpi;

/**
 * The JDK's own writers, whatever else is on the class path: ImageIO would prefer plug-ins from
 * there, and they write other bytes.
 */
final class JdkImageIo {
  private JdkImageIo() {}

  /** Returns a new writer. */
  static ImageWriter writer(Format format) {
    String name = format.name().toLowerCase(Locale.ROOT);
    Iterator<ImageWriterSpi> providers =
        IIORegistry.getDefaultInstance().getServiceProviders(ImageWriterSpi.class, false);
    while (providers.hasNext()) {
      ImageWriterSpi provider = providers.next();
      boolean own = provider.getClass().getModule() == ImageIO.class.getModule();
      for (String each : provider.getFormatNames()) {
        if (own && each.equals(name)) {
          return start(provider, format);
        }
      }
    }
    throw new IllegalStateException("this JDK does not know " + format);
  }

  private static ImageWriter start(ImageWriterSpi provider, Format format) {
    try {
      return provider.createWriterInstance();
    } catch (IOException e) {
      throw new IllegalStateException("this JDK's writer of " + format + " does not start", e);
    }
  }
}
