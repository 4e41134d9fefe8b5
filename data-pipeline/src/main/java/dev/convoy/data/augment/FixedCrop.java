package dev.convoy.data.augment;

import dev.convoy.data.DataException;
import dev.convoy.data.ImageShape;
import dev.convoy.data.Region;
import java.util.Locale;

/**
 * Cuts out a crop at a fixed place.
 *
 * @param height of the crop
 * @param width of the crop
 * @param vertical the share of the free rows that lies above: 0 top, 0.5 centre, 1 bottom
 * @param horizontal the share of the free columns that lies to the left
 */
public record FixedCrop(int height, int width, double vertical, double horizontal)
    implements Cropping {
  @Override
  public ImageShape shapeAfter(ImageShape before) {
    if (!before.varies()) {
      requireRoom(before.height(), before.width(), height, width);
    }
    return new ImageShape(height, width, before.channels());
  }

  @Override
  public Region region(int imageHeight, int imageWidth, long key) {
    requireRoom(imageHeight, imageWidth, height, width);
    int top = (int) Math.rint((imageHeight - height) * vertical);
    int left = (int) Math.rint((imageWidth - width) * horizontal);
    return new Region(top, left, height, width);
  }

  @Override
  public void applyToRegion(Image image, long key) {}

  /** Refuses a crop that is larger than its image. */
  static void requireRoom(int imageHeight, int imageWidth, int height, int width) {
    if (imageHeight < height || imageWidth < width) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "an image of %dx%d has no crop of %dx%d; short-side %d before it makes room",
              imageHeight,
              imageWidth,
              height,
              width,
              Math.max(height, width)));
    }
  }
}
