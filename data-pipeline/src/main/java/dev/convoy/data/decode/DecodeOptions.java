package dev.convoy.data.decode;

/**
 * What is accepted of image files, and what lies behind those that are not opaque.
 *
 * @param maxPixels the most rows x columns; larger images are refused by the header alone, before
 *     memory is taken for them
 * @param truncated what is done with a file whose end is missing or whose data are corrupt
 * @param background the colour on which transparent pixels are laid
 */
public record DecodeOptions(long maxPixels, Truncated truncated, Background background) {
  /** At most 89,478,485 pixels, which is Pillow's MAX_IMAGE_PIXELS; whole files only, on white. */
  public static final DecodeOptions DEFAULT = new DecodeOptions(89_478_485, Truncated.REFUSE);

  /** For files that a preparation let through, with whatever limit; no array is longer. */
  public static final DecodeOptions PREPARED =
      new DecodeOptions(Integer.MAX_VALUE / 3, Truncated.REFUSE);

  /** What is done with a file whose end is missing. */
  public enum Truncated {
    /** It is refused, and so is one with corrupt data. */
    REFUSE,
    /** What is there is decoded; the rest is what the format's decoder leaves, grey or black. */
    DECODE
  }

  /** Checks the limit. */
  public DecodeOptions {
    if (maxPixels < 1) {
      throw new IllegalArgumentException("no image has at most " + maxPixels + " pixels");
    }
  }

  /** Creates options with a white background. */
  public DecodeOptions(long maxPixels, Truncated truncated) {
    this(maxPixels, truncated, Background.WHITE);
  }

  /** Returns the same options with another background. */
  public DecodeOptions on(Background other) {
    return new DecodeOptions(maxPixels, truncated, other);
  }

  /** Returns whether only whole files are taken. */
  boolean whole() {
    return truncated == Truncated.REFUSE;
  }
}
