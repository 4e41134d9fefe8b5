package dev.convoy.data.augment;

import dev.convoy.data.DataException;
import dev.convoy.data.ImageShape;
import dev.convoy.random.CounterRandom;
import java.util.Locale;

/**
 * Fills a random rectangle with the mean colour (Zhong et al. 2020, "Random erasing data
 * augmentation", algorithm 1): of 2 to 33 % of the area, with an aspect ratio of 0.3 to 3.3, whose
 * logarithm is uniform as in torchvision. After ten rectangles that do not fit, nothing is erased.
 */
public final class RandomErasing implements Augmentation {
  static final AugmentationFactory FACTORY =
      new AugmentationFactory(
          "random-erasing",
          "random-erasing [PROBABILITY = 0.5]",
          (numbers, context) -> new RandomErasing(numbers.get(0, 0.5), context.mean()));

  private static final double MIN_AREA = 0.02;
  private static final double MAX_AREA = 0.33;
  private static final double LOG_ASPECT = StrictMath.log(3.3);
  private static final int TRIES = 10;

  /** Draws of a try, after the first one, whether to erase: area, aspect ratio, top, left. */
  private static final int DRAWS = 4;

  private final double probability;
  private final float[] fill;

  /**
   * Creates the step for images before normalization.
   *
   * @param mean of each channel, pixels between 0 and 1
   */
  public RandomErasing(double probability, float[] mean) {
    if (!(probability >= 0 && probability <= 1)) {
      throw new DataException("the probability " + probability + " is not between 0 and 1");
    }
    this.probability = probability;
    fill = mean.clone();
    for (int c = 0; c < fill.length; c++) {
      fill[c] *= Image.WHITE;
    }
  }

  @Override
  public ImageShape shapeAfter(ImageShape before) {
    if (before.channels() != fill.length) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "random-erasing fills %d channels, but images have %d",
              fill.length,
              before.channels()));
    }
    return before;
  }

  @Override
  public void apply(Image image, long key) {
    if (CounterRandom.uniform(key, 0) >= probability) {
      return;
    }
    double area = (double) image.height() * image.width();
    for (int t = 0; t < TRIES; t++) {
      int draw = 1 + t * DRAWS;
      double part = area * (MIN_AREA + (MAX_AREA - MIN_AREA) * CounterRandom.uniform(key, draw));
      double aspect = StrictMath.exp(LOG_ASPECT * (2 * CounterRandom.uniform(key, draw + 1) - 1));
      int height = (int) Math.rint(Math.sqrt(part * aspect));
      int width = (int) Math.rint(Math.sqrt(part / aspect));
      if (height < image.height() && width < image.width()) {
        int top = CounterRandom.below(key, draw + 2, image.height() - height + 1);
        int left = CounterRandom.below(key, draw + 3, image.width() - width + 1);
        erase(image, top, left, height, width);
        return;
      }
    }
  }

  private void erase(Image image, int top, int left, int height, int width) {
    float[] pixels = image.pixels();
    int channels = fill.length;
    for (int y = top; y < top + height; y++) {
      int from = (y * image.width() + left) * channels;
      for (int x = 0; x < width; x++) {
        System.arraycopy(fill, 0, pixels, from + x * channels, channels);
      }
    }
  }
}
