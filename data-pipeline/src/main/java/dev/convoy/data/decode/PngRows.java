package dev.convoy.data.decode;

import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** Inflates the pixels of a PNG file and undoes the filters (PNG, third edition, 9), row by row. */
final class PngRows {
  private static final int SUB = 1;
  private static final int UP = 2;
  private static final int AVERAGE = 3;
  private static final int PAETH = 4;

  private final PngChunks chunks;
  private final byte[] file;
  private final Inflater inflater;
  private final int step;
  private final byte[] filter = new byte[1];
  private int part;
  private byte[] row = new byte[0];
  private byte[] above = new byte[0];
  private int length;

  /** Whether the compressed data are corrupt: the inflater would only say so again, slowly. */
  private boolean corrupt;

  /** Begins with the first row of the file; the inflater is one that was just made or reset. */
  PngRows(PngChunks chunks, byte[] file, Inflater inflater) {
    this.chunks = chunks;
    this.file = file;
    this.inflater = inflater;
    step = chunks.sample().step();
  }

  /** Begins an image, or a pass of an interlaced one, whose rows have that many bytes. */
  void begin(int bytes) {
    length = bytes;
    row = new byte[bytes];
    above = new byte[bytes];
  }

  /**
   * Returns the next row; it stays until the one after it.
   *
   * @return null if the data end before it does, or have been found to be corrupt
   * @throws DataFormatException if the data are corrupt
   */
  byte[] next() throws DataFormatException {
    byte[] spare = above;
    above = row;
    row = spare;
    if (!fill(filter, 1) || !fill(row, length)) {
      return null;
    }
    undo(filter[0]);
    return row;
  }

  private boolean fill(byte[] to, int count) throws DataFormatException {
    int at = 0;
    while (at < count) {
      int got = inflate(to, at, count - at);
      at += got;
      if (got > 0) {
        continue;
      }
      if (corrupt || inflater.finished() || part == chunks.parts()) {
        Arrays.fill(to, at, count, (byte) 0);
        return false;
      }
      inflater.setInput(file, chunks.from(part), chunks.to(part) - chunks.from(part));
      part++;
    }
    return true;
  }

  private int inflate(byte[] to, int at, int count) throws DataFormatException {
    if (corrupt) {
      return 0;
    }
    try {
      int got = inflater.inflate(to, at, count);
      if (got == 0 && inflater.needsDictionary()) {
        throw new DataFormatException("its data need a dictionary");
      }
      return got;
    } catch (DataFormatException e) {
      corrupt = true;
      throw e;
    }
  }

  private void undo(int type) throws DataFormatException {
    switch (type) {
      case 0 -> {}
      case SUB -> {
        for (int i = step; i < length; i++) {
          row[i] += row[i - step];
        }
      }
      case UP -> {
        for (int i = 0; i < length; i++) {
          row[i] += above[i];
        }
      }
      case AVERAGE -> {
        for (int i = 0; i < length; i++) {
          int left = i < step ? 0 : row[i - step] & 0xff;
          row[i] += (byte) ((left + (above[i] & 0xff)) >> 1);
        }
      }
      case PAETH -> {
        for (int i = 0; i < length; i++) {
          int left = i < step ? 0 : row[i - step] & 0xff;
          int corner = i < step ? 0 : above[i - step] & 0xff;
          row[i] += (byte) paeth(left, above[i] & 0xff, corner);
        }
      }
      default -> throw new DataFormatException("a row has the filter " + type + " of 0 to 4");
    }
  }

  /** Returns whichever of the three is nearest to left + above - corner, in this order. */
  private static int paeth(int left, int above, int corner) {
    int toLeft = Math.abs(above - corner);
    int toAbove = Math.abs(left - corner);
    int toCorner = Math.abs(left + above - 2 * corner);
    if (toLeft <= toAbove && toLeft <= toCorner) {
      return left;
    }
    return toAbove <= toCorner ? above : corner;
  }
}
