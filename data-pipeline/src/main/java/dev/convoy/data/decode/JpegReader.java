package dev.convoy.data.decode;

import dev.convoy.data.Region;
import dev.convoy.data.decode.DecodeOptions.Truncated;
import dev.convoy.data.decode.jpeg.JpegDecoder;
import dev.convoy.data.decode.jpeg.JpegException;
import dev.convoy.data.decode.jpeg.JpegFault;
import dev.convoy.data.decode.jpeg.JpegHeader;
import dev.convoy.data.decode.jpeg.JpegRows;
import dev.convoy.data.decode.jpeg.Scale;
import java.util.EnumSet;
import java.util.Set;

/** Reads JPEG by {@link JpegDecoder}, and turns it as its EXIF block says. */
final class JpegReader implements FormatReader {
  private final JpegDecoder decoder = new JpegDecoder();
  private final boolean whole;

  JpegReader(Truncated truncated) {
    whole = truncated == Truncated.REFUSE;
  }

  @Override
  public StoredImage open(byte[] file, int length, String where) {
    Set<ImageNote> notes = EnumSet.noneOf(ImageNote.class);
    try {
      JpegHeader header = decoder.open(file, length);
      return new StoredImage(
          header.height(),
          header.width(),
          header.components(),
          orientation(file, header),
          true,
          notes,
          region -> read(where, region, notes));
    } catch (JpegException e) {
      throw refusal(where, e);
    }
  }

  private static Orientation orientation(byte[] file, JpegHeader header) {
    return header.exifFrom() < 0
        ? Orientation.NORMAL
        : ExifOrientation.of(new ByteReader(file, header.exifFrom(), header.exifTo()));
  }

  private PixelReader read(String where, Region region, Set<ImageNote> notes) {
    try {
      JpegRows rows = decoder.decode(region, Scale.FULL, whole);
      decoder.faults().met().forEach(fault -> note(fault, notes));
      return rows::read;
    } catch (JpegException e) {
      throw refusal(where, e);
    }
  }

  private static void note(JpegFault fault, Set<ImageNote> notes) {
    switch (fault) {
      case BYTES_AFTER_END -> {}
      case NO_END -> notes.add(ImageNote.NO_END);
      case STRAY_BYTES -> notes.add(ImageNote.STRAY_BYTES);
      case STANDARD_TABLES, SCAN_PARAMETERS, COLOUR_TRANSFORM, MISSING_BITS ->
          notes.add(ImageNote.ASSUMED);
      default -> notes.add(ImageNote.TRUNCATED);
    }
  }

  private static UnusableImage refusal(String where, JpegException e) {
    return switch (e.kind()) {
      case BROKEN -> BrokenImage.because(where, Format.JPEG, e);
      case TRUNCATED -> BrokenImage.early(where);
      case UNSUPPORTED -> BrokenImage.unread(where, Format.JPEG, e);
    };
  }
}
