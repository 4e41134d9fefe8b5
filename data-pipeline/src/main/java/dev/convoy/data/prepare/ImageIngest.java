package dev.convoy.data.prepare;

import dev.convoy.data.DataException;
import dev.convoy.data.ImageShape;
import dev.convoy.data.PixelStatistics;
import dev.convoy.data.PixelSums;
import dev.convoy.data.Pixels;
import dev.convoy.data.Region;
import dev.convoy.data.Sample;
import dev.convoy.data.augment.Image;
import dev.convoy.data.augment.ResizeShortSide;
import dev.convoy.data.decode.DecodeOptions;
import dev.convoy.data.decode.DecodeOptions.Truncated;
import dev.convoy.data.decode.ImageDecoder;
import dev.convoy.data.decode.ImageHeader;
import dev.convoy.data.decode.ImageNote;
import dev.convoy.data.encode.JpegEncoder;
import dev.convoy.data.encode.PngEncoder;
import dev.convoy.data.source.Entry;
import dev.convoy.data.source.Stored;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/**
 * Converts a source's bytes into what a shard holds. Every image is decoded once, here, so that
 * broken ones are found before they are trained on; what is neither JPEG nor plain PNG becomes PNG,
 * so that training meets nothing else. Not thread-safe.
 */
final class ImageIngest {
  private final PrepareOptions options;
  private final Stored stored;
  private final ImageDecoder strict;

  /** Takes what there is of a file that the strict one refuses; null if that is not wanted. */
  private final ImageDecoder lenient;

  private final Pixels pixels = new Pixels();
  private final Image image = new Image();
  private final Set<ImageNote> notes = EnumSet.noneOf(ImageNote.class);
  private final PixelStatistics statistics = new PixelStatistics();

  ImageIngest(PrepareOptions options, Stored stored) {
    this.options = options;
    this.stored = stored;
    DecodeOptions decode = options.decode();
    strict =
        new ImageDecoder(
            new DecodeOptions(decode.maxPixels(), Truncated.REFUSE, decode.background()));
    lenient = decode.truncated() == Truncated.DECODE ? new ImageDecoder(decode) : null;
  }

  /**
   * Takes an image in.
   *
   * @param bytes those of the entry, from 0 on
   * @param into becomes what the shard holds
   * @return the image's shape as the shard holds it
   * @throws DataException if the image cannot be used
   */
  ImageShape ingest(Entry entry, byte[] bytes, Sample into) {
    notes.clear();
    return switch (stored.order()) {
      case FILE -> {
        ImageShape shape = ingestFile(entry, bytes, into);
        statistics.add(pixels);
        yield shape;
      }
      case HWC, CHW -> {
        ImageShape shape = ingestPixels(entry, bytes, into);
        statistics.add(into.pixels());
        yield shape;
      }
    };
  }

  /** Returns what a person may want to know of the image last taken in. */
  Set<ImageNote> notes() {
    return notes;
  }

  /** Returns the sums over the pixels of all images taken in, before any is stored as JPEG anew. */
  PixelSums pixels() {
    return statistics.sums();
  }

  private ImageShape ingestPixels(Entry entry, byte[] bytes, Sample into) {
    int channels = stored.channels();
    int plane = stored.height() * stored.width();
    if (entry.length() != plane * channels) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "%s in %s has %d bytes, not the %d of its pixels",
              entry.name(),
              entry.file(),
              entry.length(),
              plane * channels));
    }
    byte[] to = into.begin(0, entry.label(), stored.height(), stored.width(), channels);
    boolean planes = stored.order() == Stored.Order.CHW;
    for (int p = 0; p < plane; p++) {
      for (int c = 0; c < channels; c++) {
        to[p * channels + c] = bytes[planes ? c * plane + p : p * channels + c];
      }
    }
    return new ImageShape(stored.height(), stored.width(), channels);
  }

  private ImageShape ingestFile(Entry entry, byte[] bytes, Sample into) {
    ImageHeader header = strict.open(bytes, entry.length(), entry.name());
    // Grey that is stored as colours counts as colour: whether it is grey is not in its header.
    int channels = header.plain() && header.components() == 1 ? 1 : 3;
    boolean whole = decode(header, channels, entry, bytes);
    notes.addAll(strict.notes());
    if (!whole) {
      notes.add(ImageNote.TRUNCATED);
    }
    int shortSide = options.shortSide();
    if (shortSide > 0 && Math.min(header.height(), header.width()) > shortSide) {
      image.load(pixels);
      new ResizeShortSide(shortSide, shortSide).apply(image, 0);
      image.store(pixels);
      put(JpegEncoder.encode(pixels, options.quality()), entry, into);
    } else if (whole && header.plain()) {
      byte[] to = into.beginFile(0, entry.label(), entry.length());
      System.arraycopy(bytes, 0, to, 0, entry.length());
    } else {
      put(PngEncoder.encode(pixels), entry, into);
    }
    return new ImageShape(pixels.height(), pixels.width(), channels);
  }

  /** Decodes the whole image, and returns whether the file was complete. */
  private boolean decode(ImageHeader header, int channels, Entry entry, byte[] bytes) {
    Region all = Region.whole(header.height(), header.width());
    try {
      strict.decode(channels, all, pixels);
      return true;
    } catch (DataException e) {
      if (lenient == null) {
        throw e;
      }
      lenient.open(bytes, entry.length(), entry.name());
      lenient.decode(channels, all, pixels);
      return false;
    }
  }

  private static void put(byte[] file, Entry entry, Sample into) {
    System.arraycopy(file, 0, into.beginFile(0, entry.label(), file.length), 0, file.length);
  }
}
