package dev.convoy.data.decode;

import java.io.Serializable;

/**
 * What is accepted of image files.
 *
 * @param maxPixels the most rows x columns; larger images are refused by the header alone, before
 *     memory is taken for them
 * @param truncated what is done with a file whose end is missing or whose data are corrupt
 */
public record DecodeOptions(long maxPixels, Truncated truncated) implements Serializable {
  /** At most 89,478,485 pixels, which is Pillow's MAX_IMAGE_PIXELS; whole files only. */
  public static final DecodeOptions DEFAULT = new DecodeOptions(89_478_485, Truncated.REFUSE);

  /**
   * Of files that were let through as they were stored, with whatever limit; no array is longer.
   */
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
}
