package dev.convoy.data.decode;

import dev.convoy.data.Region;
import dev.convoy.data.decode.DecodeOptions.Truncated;
import java.awt.image.Raster;
import java.io.IOException;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/**
 * Reads JPEG. The JDK's reader decodes the components, in full resolution, and {@link JpegColour}
 * makes colours of them: so its guesses of what they mean, and its colour engine, have no say.
 */
final class JpegReader implements FormatReader {
  private final ImageReader reader = JdkImageIo.reader(Format.JPEG);
  private final boolean whole;

  /** What went wrong without stopping the reader, or null. */
  private String warning;

  JpegReader(Truncated truncated) {
    whole = truncated == Truncated.REFUSE;
    reader.addIIOReadWarningListener((source, text) -> warning = text);
  }

  @Override
  public StoredImage open(byte[] file, int length, String where) {
    JpegMarkers markers = JpegMarkers.of(file, length, where);
    return new StoredImage(
        markers.height(),
        markers.width(),
        markers.components(),
        markers.orientation(),
        markers.plain(),
        region -> read(markers, where, region));
  }

  private PixelReader read(JpegMarkers markers, String where, Region region) {
    if (whole && !markers.complete()) {
      throw BrokenImage.early(where);
    }
    byte[] essence = markers.essence();
    warning = null;
    Raster raster;
    try (ImageInputStream in = JdkImageIo.input(essence, essence.length)) {
      reader.setInput(in, true, true);
      raster = reader.readRaster(0, JdkImageIo.only(region, reader));
    } catch (IOException | RuntimeException e) {
      throw BrokenImage.because(where, Format.JPEG, e);
    } finally {
      reader.setInput(null);
    }
    if (whole && warning != null) {
      throw BrokenImage.because(where, Format.JPEG, warning);
    }
    return PixelReader.of(raster, markers.colour());
  }
}
