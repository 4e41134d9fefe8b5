package dev.convoy.data.decode;

/** What the samples of a PNG file mean: colours, a palette, one transparent colour, or alpha. */
final class PngColours {
  private static final int NONE = -1;

  private final PngSample sample;

  /** The colours of a palette. */
  private final int[] palette;

  /** The samples of the colour that is transparent, or {@link #NONE}. */
  private final int[] key = {NONE, NONE, NONE};

  /**
   * Reads the chunks.
   *
   * @param colours the data of PLTE, or null
   * @param transparency the data of tRNS, or null
   */
  PngColours(PngSample sample, ByteReader colours, ByteReader transparency) {
    this.sample = sample;
    boolean indexed = sample.type() == PngSample.PALETTE;
    palette = indexed ? palette(colours, transparency) : new int[0];
    boolean keyed = sample.type() == PngSample.GREY || sample.type() == PngSample.RGB;
    if (keyed
        && transparency != null
        && transparency.has(transparency.from(), 2 * sample.count())) {
      for (int c = 0; c < sample.count(); c++) {
        key[c] = transparency.u16(transparency.from() + 2 * c) & sample.most();
      }
    }
  }

  private static int[] palette(ByteReader colours, ByteReader transparency) {
    int[] palette = new int[(colours.to() - colours.from()) / 3];
    for (int i = 0; i < palette.length; i++) {
      int at = colours.from() + 3 * i;
      palette[i] = Backdrop.opaque(colours.u8(at), colours.u8(at + 1), colours.u8(at + 2));
      if (transparency != null && transparency.has(transparency.from() + i, 1)) {
        palette[i] = Backdrop.withAlpha(palette[i], transparency.u8(transparency.from() + i));
      }
    }
    return palette;
  }

  /** Returns whether rows are just red, green and blue, a byte each. */
  boolean bytesOfRgb() {
    return sample.type() == PngSample.RGB && sample.depth() == 8 && key[0] == NONE;
  }

  /** Returns the colour of a row's pixel. */
  int argb(byte[] row, int x) {
    return switch (sample.type()) {
      case PngSample.GREY -> grey(sample.at(row, x));
      case PngSample.PALETTE -> indexed(sample.at(row, x));
      case PngSample.GREY_ALPHA ->
          Backdrop.withAlpha(grey(sample.at(row, 2 * x)), toByte(sample.at(row, 2 * x + 1)));
      case PngSample.RGB ->
          rgb(sample.at(row, 3 * x), sample.at(row, 3 * x + 1), sample.at(row, 3 * x + 2));
      default ->
          Backdrop.withAlpha(
              rgb(sample.at(row, 4 * x), sample.at(row, 4 * x + 1), sample.at(row, 4 * x + 2)),
              toByte(sample.at(row, 4 * x + 3)));
    };
  }

  private int grey(int value) {
    int level = toByte(value);
    int colour = Backdrop.opaque(level, level, level);
    return value == key[0] ? Backdrop.withAlpha(colour, 0) : colour;
  }

  private int rgb(int red, int green, int blue) {
    int colour = Backdrop.opaque(toByte(red), toByte(green), toByte(blue));
    boolean transparent = red == key[0] && green == key[1] && blue == key[2];
    return transparent ? Backdrop.withAlpha(colour, 0) : colour;
  }

  /** Returns a colour of the palette; colours that it lacks are black. */
  private int indexed(int index) {
    return index < palette.length ? palette[index] : Backdrop.BLACK;
  }

  private int toByte(int value) {
    return sample.depth() == 8 ? value : Backdrop.toByte(value, sample.most());
  }
}
