package dev.convoy.data.decode;

import dev.convoy.data.Region;

/**
 * Reads the first frame of GIF files, on their screen as browsers show it: where the frame does not
 * reach, the screen is transparent.
 */
final class GifReader implements FormatReader {
  /** The first row of each pass of an interlaced frame, and how far its rows are apart. */
  private static final int[][] PASSES = {{0, 8}, {4, 8}, {2, 4}, {1, 2}};

  private final DecodeOptions options;

  GifReader(DecodeOptions options) {
    this.options = options;
  }

  @Override
  public StoredImage open(byte[] file, int length, String where) {
    GifFrame frame = GifFrame.of(file, length, where);
    return new StoredImage(
        frame.height(),
        frame.width(),
        frame.notes(),
        region -> read(frame, new ByteReader(file, 0, length), where, region));
  }

  private PixelReader read(GifFrame frame, ByteReader in, String where, Region region) {
    byte[] pixels = new byte[frame.rows() * frame.columns()];
    GifData.End end = GifData.decode(in, frame.data(), pixels);
    if (options.whole()) {
      switch (end) {
        case WHOLE -> {}
        case EARLY -> throw BrokenImage.early(where);
        case SHORT ->
            throw BrokenImage.because(where, Format.GIF, "its data end before its last pixel");
        case CORRUPT -> throw BrokenImage.because(where, Format.GIF, "its data are corrupt");
      }
    }
    int[] rows = rows(frame);
    Backdrop backdrop = new Backdrop(options.background(), frame.notes());
    return (row, rgb, first) -> {
      int y = region.top() + row - frame.top();
      for (int i = 0; i < region.width(); i++) {
        int x = region.left() + i - frame.left();
        boolean inside = y >= 0 && y < frame.rows() && x >= 0 && x < frame.columns();
        int argb = inside ? frame.palette()[pixels[rows[y] + x] & 0xff] : 0;
        backdrop.put(argb, rgb, first + 3 * i);
      }
    };
  }

  /** Returns where each of the frame's rows begins in its data. */
  private static int[] rows(GifFrame frame) {
    int[] rows = new int[frame.rows()];
    int stored = 0;
    for (int[] pass : frame.interlaced() ? PASSES : new int[][] {{0, 1}}) {
      for (int y = pass[0]; y < rows.length; y += pass[1]) {
        rows[y] = stored++ * frame.columns();
      }
    }
    return rows;
  }
}
