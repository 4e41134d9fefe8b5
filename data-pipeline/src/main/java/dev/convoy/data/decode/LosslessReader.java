package dev.convoy.data.decode;

import dev.convoy.data.Region;
import dev.convoy.data.decode.DecodeOptions.Truncated;
import java.awt.image.BufferedImage;
import java.io.EOFException;
import java.io.IOException;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.stream.ImageInputStream;

/** Reads PNG, GIF and BMP, whose numbers every decoder agrees on. */
final class LosslessReader implements FormatReader {
  private final Format format;
  private final ImageReader reader;
  private final boolean whole;

  LosslessReader(Format format, Truncated truncated) {
    this.format = format;
    this.reader = JdkImageIo.reader(format);
    this.whole = truncated == Truncated.REFUSE;
  }

  @Override
  public StoredImage open(byte[] file, int length, String where) {
    return format == Format.PNG ? png(file, length, where) : other(file, length, where);
  }

  private StoredImage png(byte[] file, int length, String where) {
    PngChunks chunks = PngChunks.of(file, length, where);
    return new StoredImage(
        chunks.height(),
        chunks.width(),
        chunks.components(),
        chunks.orientation(),
        chunks.plain(),
        region -> {
          if (whole && !chunks.complete()) {
            throw BrokenImage.early(where);
          }
          if (whole && !chunks.intact()) {
            throw BrokenImage.because(where, format, "the CRC of a chunk is another");
          }
          return read(file, length, where, region);
        });
  }

  private StoredImage other(byte[] file, int length, String where) {
    try (ImageInputStream in = JdkImageIo.input(file, length)) {
      reader.setInput(in, true, true);
      return new StoredImage(
          reader.getHeight(0),
          reader.getWidth(0),
          3,
          Orientation.NORMAL,
          false,
          region -> read(file, length, where, region));
    } catch (IOException | RuntimeException e) {
      throw BrokenImage.because(where, format, e);
    } finally {
      reader.setInput(null);
    }
  }

  private PixelReader read(byte[] file, int length, String where, Region region) {
    try (ImageInputStream in = JdkImageIo.input(file, length)) {
      reader.setInput(in, true, true);
      return PixelReader.of(image(in, region));
    } catch (EOFException e) {
      throw BrokenImage.early(where);
    } catch (IOException | RuntimeException e) {
      throw BrokenImage.because(where, format, e);
    } finally {
      reader.setInput(null);
    }
  }

  private BufferedImage image(ImageInputStream in, Region region) throws IOException {
    ImageTypeSpecifier type = reader.getImageTypes(0).next();
    BufferedImage image = type.createBufferedImage(region.width(), region.height());
    ImageReadParam param = JdkImageIo.only(region, reader);
    param.setDestination(image);
    try {
      reader.read(0, param);
    } catch (IOException | RuntimeException e) {
      // What has been decoded before is in the image.
      if (whole) {
        if (in.read() < 0) {
          throw new EOFException();
        }
        throw e;
      }
    }
    return image;
  }
}
