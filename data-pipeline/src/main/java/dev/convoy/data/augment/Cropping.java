package dev.convoy.data.augment;

import dev.convoy.data.Region;

/**
 * A step that begins by cutting a region out of the image. Where it is the first step, only that
 * region is decoded.
 */
public interface Cropping extends Augmentation {
  /**
   * Returns the region that is needed of an image of that size: a function of the size and the key
   * alone.
   *
   * @param key the one that {@link #apply} gets
   */
  Region region(int height, int width, long key);

  /** Does the rest of the step to an image that is that region already. */
  void applyToRegion(Image image, long key);

  @Override
  default void apply(Image image, long key) {
    image.crop(region(image.height(), image.width(), key));
    applyToRegion(image, key);
  }
}
