package dev.convoy.data;

import java.util.Locale;

/**
 * A rectangle of an image, in pixels.
 *
 * @param top the first row
 * @param left the first column
 * @param height how many rows
 * @param width how many columns
 */
public record Region(int top, int left, int height, int width) {
  /** Checks that there is at least a pixel, and none before the first. */
  public Region {
    if (top < 0 || left < 0 || height < 1 || width < 1) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%dx%d pixels from row %d and column %d are no region",
              height,
              width,
              top,
              left));
    }
  }

  /** Returns the whole of an image. */
  public static Region whole(int height, int width) {
    return new Region(0, 0, height, width);
  }
}
