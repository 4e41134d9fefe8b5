package dev.convoy.data.augment;

import dev.convoy.data.DataException;
import dev.convoy.data.ImageShape;
import dev.convoy.data.Region;
import dev.convoy.random.CounterRandom;

/**
 * Cuts out a region of random area and aspect ratio, anywhere, and scales it (Szegedy et al. 2014,
 * section 6). As torchvision's {@code RandomResizedCrop}: the area is uniform, the aspect ratio's
 * logarithm too; after ten regions that do not fit, the largest central one of an allowed ratio.
 *
 * @param height of the result
 * @param width of the result
 * @param minArea the least share of the image's area
 * @param maxArea the greatest share
 * @param minAspect the least width / height
 * @param maxAspect the greatest width / height
 */
public record RandomResizedCrop(
    int height, int width, double minArea, double maxArea, double minAspect, double maxAspect)
    implements Cropping {
  static final AugmentationFactory FACTORY =
      new AugmentationFactory(
          "random-resized-crop",
          "random-resized-crop [MIN-AREA = 0.08] [MAX-AREA = 1] [MIN-ASPECT = 0.75]"
              + " [MAX-ASPECT = 1.3333]",
          (numbers, context) ->
              new RandomResizedCrop(
                  context.input().height(),
                  context.input().width(),
                  numbers.get(0, 0.08),
                  numbers.get(1, 1),
                  numbers.get(2, 3.0 / 4),
                  numbers.get(3, 4.0 / 3)));

  private static final int TRIES = 10;

  /** Draws of a try: area, aspect ratio, top, left. */
  private static final int DRAWS = 4;

  /** Checks the ranges. */
  public RandomResizedCrop {
    if (!(minArea > 0 && minArea <= maxArea && maxArea <= 1)) {
      throw new DataException(
          String.format("areas from %s to %s are not within 0 and 1", minArea, maxArea));
    }
    if (!(minAspect > 0 && minAspect <= maxAspect)) {
      throw new DataException(
          String.format("aspect ratios from %s to %s make no sense", minAspect, maxAspect));
    }
  }

  @Override
  public ImageShape shapeAfter(ImageShape before) {
    return new ImageShape(height, width, before.channels());
  }

  @Override
  public Region region(int imageHeight, int imageWidth, long key) {
    double area = (double) imageHeight * imageWidth;
    double logMin = StrictMath.log(minAspect);
    double logMax = StrictMath.log(maxAspect);
    for (int t = 0; t < TRIES; t++) {
      int draw = t * DRAWS;
      double part = area * (minArea + (maxArea - minArea) * CounterRandom.uniform(key, draw));
      double aspect =
          StrictMath.exp(logMin + (logMax - logMin) * CounterRandom.uniform(key, draw + 1));
      int cropWidth = (int) Math.rint(Math.sqrt(part * aspect));
      int cropHeight = (int) Math.rint(Math.sqrt(part / aspect));
      if (cropWidth >= 1
          && cropHeight >= 1
          && cropWidth <= imageWidth
          && cropHeight <= imageHeight) {
        int top = CounterRandom.below(key, draw + 2, imageHeight - cropHeight + 1);
        int left = CounterRandom.below(key, draw + 3, imageWidth - cropWidth + 1);
        return new Region(top, left, cropHeight, cropWidth);
      }
    }
    return central(imageHeight, imageWidth);
  }

  private Region central(int imageHeight, int imageWidth) {
    double aspect = (double) imageWidth / imageHeight;
    int cropHeight = imageHeight;
    int cropWidth = imageWidth;
    if (aspect < minAspect) {
      cropHeight = Math.max(1, Math.min(imageHeight, (int) Math.rint(imageWidth / minAspect)));
    } else if (aspect > maxAspect) {
      cropWidth = Math.max(1, Math.min(imageWidth, (int) Math.rint(imageHeight * maxAspect)));
    }
    return new Region(
        (imageHeight - cropHeight) / 2, (imageWidth - cropWidth) / 2, cropHeight, cropWidth);
  }

  @Override
  public void applyToRegion(Image image, long key) {
    Resampling.resize(image, height, width);
  }
}
