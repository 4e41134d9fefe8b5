package dev.convoy.data.augment;

import dev.convoy.data.DataException;
import dev.convoy.data.ImageShape;
import dev.convoy.random.CounterRandom;

/**
 * Swaps left and right (Krizhevsky et al. 2012, section 4.1).
 *
 * @param probability 0 to 1 of doing so
 */
public record RandomHorizontalFlip(double probability) implements Augmentation {
  static final AugmentationFactory FACTORY =
      new AugmentationFactory(
          "mirror",
          "mirror [PROBABILITY = 0.5]",
          (numbers, context) -> new RandomHorizontalFlip(numbers.get(0, 0.5)));

  /** Checks the probability. */
  public RandomHorizontalFlip {
    if (!(probability >= 0 && probability <= 1)) {
      throw new DataException("the probability " + probability + " is not between 0 and 1");
    }
  }

  @Override
  public ImageShape shapeAfter(ImageShape before) {
    return before;
  }

  @Override
  public void apply(Image image, long key) {
    if (CounterRandom.uniform(key, 0) >= probability) {
      return;
    }
    float[] pixels = image.pixels();
    int channels = image.channels();
    int row = image.width() * channels;
    for (int y = 0; y < image.height(); y++) {
      int left = y * row;
      int right = left + row - channels;
      for (; left < right; left += channels, right -= channels) {
        for (int c = 0; c < channels; c++) {
          float swapped = pixels[left + c];
          pixels[left + c] = pixels[right + c];
          pixels[right + c] = swapped;
        }
      }
    }
  }
}
