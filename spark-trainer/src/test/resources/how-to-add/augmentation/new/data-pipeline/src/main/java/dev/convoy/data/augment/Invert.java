package dev.convoy.data.augment;

import dev.convoy.data.DataException;
import dev.convoy.data.ImageShape;
import dev.convoy.random.CounterRandom;

/**
 * Makes bright pixels dark and dark ones bright (Cubuk et al. 2018, "AutoAugment", table 6).
 *
 * @param probability 0 to 1 of doing so
 */
public record Invert(double probability) implements Augmentation {
  static final AugmentationFactory FACTORY =
      new AugmentationFactory(
          "invert",
          "invert [PROBABILITY = 0.5]",
          (numbers, context) -> new Invert(numbers.get(0, 0.5)));

  /** Checks the probability. */
  public Invert {
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
    if (CounterRandom.uniform(key, 0) < probability) {
      for (int i = 0; i < image.elements(); i++) {
        image.pixels()[i] = Image.WHITE - image.pixels()[i];
      }
    }
  }
}
