package dev.convoy.data.augment;

import dev.convoy.data.DataException;
import dev.convoy.data.ImageShape;
import java.util.Locale;

/**
 * Scales an image, its proportions kept, to the largest that fits in height x width; {@link Pad}
 * then centres it there.
 */
public record Fit(int height, int width) implements Augmentation {
  /** Checks that there is an image. */
  public Fit {
    if (height < 1 || width < 1) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "images cannot be scaled to fit %dx%d, which is no image",
              height,
              width));
    }
  }

  @Override
  public ImageShape shapeAfter(ImageShape before) {
    if (before.varies()) {
      return before;
    }
    boolean wide = (long) before.width() * height >= (long) before.height() * width;
    return wide
        ? new ImageShape(scaled(before.height(), width, before.width()), width, before.channels())
        : new ImageShape(
            height, scaled(before.width(), height, before.height()), before.channels());
  }

  /** Returns {@code side * to / from}, rounded, at least 1. */
  private static int scaled(int side, int to, int from) {
    return (int) Math.max(1, (2L * side * to + from) / (2L * from));
  }

  @Override
  public void apply(Image image, long key) {
    ImageShape after = shapeAfter(new ImageShape(image.height(), image.width(), image.channels()));
    Resampling.resize(image, after.height(), after.width());
  }
}
