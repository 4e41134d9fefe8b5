package dev.convoy.data.augment;

import dev.convoy.data.DataException;
import dev.convoy.data.ImageShape;
import dev.convoy.data.Region;
import dev.convoy.random.CounterRandom;

/**
 * Cuts out a crop anywhere (Krizhevsky et al. 2012, section 4.1: 224 of 256), of the image with a
 * black margin around it if wanted (He et al. 2015, section 4.2: 32 of 40).
 *
 * @param height of the crop
 * @param width of the crop
 * @param margin black pixels on each of the four sides
 */
public record RandomCrop(int height, int width, int margin) implements Augmentation {
  static final AugmentationFactory FACTORY =
      new AugmentationFactory(
          "random-crop",
          "random-crop [MARGIN = 0]",
          (numbers, context) ->
              new RandomCrop(
                  context.input().height(), context.input().width(), numbers.whole(0, 0)));

  private static final int TOP = 0;
  private static final int LEFT = 1;

  /** Checks the margin. */
  public RandomCrop {
    if (margin < 0) {
      throw new DataException("a margin of " + margin + " pixels is impossible");
    }
  }

  @Override
  public ImageShape shapeAfter(ImageShape before) {
    if (!before.varies()) {
      requireRoom(before.height(), before.width());
    }
    return new ImageShape(height, width, before.channels());
  }

  @Override
  public void apply(Image image, long key) {
    requireRoom(image.height(), image.width());
    if (margin > 0) {
      int padded = 2 * margin;
      new Pad(image.height() + padded, image.width() + padded).apply(image, key);
    }
    int top = CounterRandom.below(key, TOP, image.height() - height + 1);
    int left = CounterRandom.below(key, LEFT, image.width() - width + 1);
    image.crop(new Region(top, left, height, width));
  }

  private void requireRoom(int imageHeight, int imageWidth) {
    FixedCrop.requireRoom(imageHeight + 2 * margin, imageWidth + 2 * margin, height, width);
  }
}
