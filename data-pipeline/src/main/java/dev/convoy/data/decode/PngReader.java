package dev.convoy.data.decode;

import dev.convoy.data.Region;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Reads PNG: every colour type and depth, interlaced or not; of an animation the default image. 16
 * bits are rounded to 8. Gamma, profiles and texts do not enter.
 */
final class PngReader implements FormatReader {
  /** Deflate makes at most 258 bytes of 2 bits (RFC 1951, 3.2.5). */
  private static final int MOST_EXPANSION = 1032;

  /** Adam7 (PNG, third edition, 8.2): first row, first column, rows apart, columns apart. */
  private static final int[][] PASSES = {
    {0, 0, 8, 8}, {0, 4, 8, 8}, {4, 0, 8, 4}, {0, 2, 4, 4}, {2, 0, 4, 2}, {0, 1, 2, 2}, {1, 0, 2, 1}
  };

  private final DecodeOptions options;
  private final Inflater inflater = new Inflater();

  PngReader(DecodeOptions options) {
    this.options = options;
  }

  @Override
  public StoredImage open(byte[] file, int length, String where) {
    PngChunks chunks = new PngChunks(file, length, where);
    return new StoredImage(
        chunks.height(),
        chunks.width(),
        chunks.sample().components(),
        chunks.orientation(),
        chunks.plain(),
        chunks.notes(),
        region -> read(chunks, file, where, region));
  }

  private PixelReader read(PngChunks chunks, byte[] file, String where, Region region) {
    if (options.whole()) {
      check(chunks, where);
    }
    inflater.reset();
    PngRows rows = new PngRows(chunks, file, inflater);
    PngColours colours = chunks.colours();
    Backdrop backdrop = new Backdrop(options.background(), chunks.notes());
    if (chunks.interlaced()) {
      int[] image = interlaced(chunks, colours, rows, where);
      return (row, rgb, first) -> {
        int from = (region.top() + row) * chunks.width() + region.left();
        for (int x = 0; x < region.width(); x++) {
          backdrop.put(image[from + x], rgb, first + 3 * x);
        }
      };
    }
    rows.begin(rowBytes(chunks, chunks.width(), where));
    for (int above = 0; above < region.top(); above++) {
      next(rows, where);
    }
    return (row, rgb, first) -> {
      byte[] line = next(rows, where);
      if (line == null) {
        Arrays.fill(rgb, first, first + 3 * region.width(), (byte) 0);
      } else if (colours.bytesOfRgb()) {
        System.arraycopy(line, 3 * region.left(), rgb, first, 3 * region.width());
      } else {
        for (int x = 0; x < region.width(); x++) {
          backdrop.put(colours.argb(line, region.left() + x), rgb, first + 3 * x);
        }
      }
    };
  }

  /** Refuses what is certainly not whole, before memory is taken for it. */
  private static void check(PngChunks chunks, String where) {
    if (!chunks.intact()) {
      throw BrokenImage.because(where, Format.PNG, "the CRC of a chunk is another");
    }
    long stored = 0;
    for (int part = 0; part < chunks.parts(); part++) {
      stored += chunks.to(part) - chunks.from(part);
    }
    if (stored * MOST_EXPANSION < chunks.sample().bytes(chunks.width()) * chunks.height()) {
      throw BrokenImage.early(where);
    }
  }

  private static int rowBytes(PngChunks chunks, int width, String where) {
    long bytes = chunks.sample().bytes(width);
    if (bytes > Integer.MAX_VALUE - 8) {
      throw BrokenImage.because(where, Format.PNG, "a row has " + bytes + " bytes");
    }
    return (int) bytes;
  }

  /** Returns a row, or null if it is not there but need not be. */
  private byte[] next(PngRows rows, String where) {
    byte[] row = null;
    try {
      row = rows.next();
    } catch (DataFormatException e) {
      if (options.whole()) {
        throw BrokenImage.because(where, Format.PNG, e);
      }
    }
    if (row == null && options.whole()) {
      throw BrokenImage.early(where);
    }
    return row;
  }

  private int[] interlaced(PngChunks chunks, PngColours colours, PngRows rows, String where) {
    int[] image = new int[chunks.height() * chunks.width()];
    Arrays.fill(image, Backdrop.BLACK);
    for (int[] pass : PASSES) {
      int height = (chunks.height() - pass[0] + pass[2] - 1) / pass[2];
      int width = (chunks.width() - pass[1] + pass[3] - 1) / pass[3];
      if (height < 1 || width < 1) {
        continue;
      }
      rows.begin(rowBytes(chunks, width, where));
      for (int row = 0; row < height; row++) {
        byte[] line = next(rows, where);
        if (line == null) {
          return image;
        }
        int at = (pass[0] + row * pass[2]) * chunks.width() + pass[1];
        for (int x = 0; x < width; x++) {
          image[at + x * pass[3]] = colours.argb(line, x);
        }
      }
    }
    return image;
  }
}
