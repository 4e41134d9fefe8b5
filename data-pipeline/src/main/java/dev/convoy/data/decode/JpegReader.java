package dev.convoy.data.decode;

import dev.convoy.data.DataException;
import dev.convoy.data.Region;
import dev.convoy.data.decode.DecodeOptions.Truncated;
import dev.convoy.data.decode.jpeg.JpegDecoder;
import dev.convoy.data.decode.jpeg.JpegException;
import dev.convoy.data.decode.jpeg.JpegHeader;
import dev.convoy.data.decode.jpeg.Scale;

/** Reads JPEG by {@link JpegDecoder}, and turns it as its EXIF block says. */
final class JpegReader implements FormatReader {
  private final JpegDecoder decoder = new JpegDecoder();
  private final boolean whole;

  JpegReader(Truncated truncated) {
    whole = truncated == Truncated.REFUSE;
  }

  @Override
  public StoredImage open(byte[] file, int length, String where) {
    try {
      JpegHeader header = decoder.open(file, length);
      return new StoredImage(
          header.height(),
          header.width(),
          header.components(),
          orientation(file, header),
          true,
          region -> read(where, region));
    } catch (JpegException e) {
      throw refusal(where, e);
    }
  }

  private static Orientation orientation(byte[] file, JpegHeader header) {
    return header.exifFrom() < 0
        ? Orientation.NORMAL
        : ExifOrientation.of(new ByteReader(file, header.exifFrom(), header.exifTo()));
  }

  private PixelReader read(String where, Region region) {
    try {
      return decoder.decode(region, Scale.FULL, whole)::read;
    } catch (JpegException e) {
      throw refusal(where, e);
    }
  }

  private static DataException refusal(String where, JpegException e) {
    return switch (e.kind()) {
      case BROKEN -> BrokenImage.because(where, Format.JPEG, e);
      case TRUNCATED -> BrokenImage.early(where);
      case UNSUPPORTED -> new DataException(where + " is a JPEG file " + e.getMessage(), e);
    };
  }
}
