package dev.convoy.data.augment;

import dev.convoy.data.DataException;
import dev.convoy.data.ImageShape;
import dev.convoy.random.CounterRandom;

/**
 * Adds a random multiple of the principal components of ImageNet's colours to all pixels
 * (Krizhevsky et al. 2012, section 4.1), with the eigenvalues and eigenvectors of fb.resnet.torch.
 *
 * @param std of the normal distribution of the multiples; the paper has 0.1
 */
public record Lighting(double std) implements Augmentation {
  static final AugmentationFactory FACTORY =
      new AugmentationFactory(
          "lighting",
          "lighting [STD = 0.1]",
          (numbers, context) -> new Lighting(numbers.get(0, 0.1)));

  private static final double[] VALUES = {0.2175, 0.0188, 0.0045};

  /** The components of each eigenvector for red, green and blue. */
  private static final double[][] VECTORS = {
    {-0.5675, 0.7192, 0.4009},
    {-0.5808, -0.0045, -0.8140},
    {-0.5836, -0.6948, 0.4203}
  };

  /** Checks the deviation. */
  public Lighting {
    if (!(std >= 0)) {
      throw new DataException("a standard deviation of " + std + " is impossible");
    }
  }

  @Override
  public ImageShape shapeAfter(ImageShape before) {
    if (before.channels() != VECTORS.length) {
      throw new DataException("lighting is for images of 3 channels, not of " + before.channels());
    }
    return before;
  }

  @Override
  public void apply(Image image, long key) {
    float[] added = new float[VECTORS.length];
    for (int c = 0; c < added.length; c++) {
      double sum = 0;
      for (int i = 0; i < VALUES.length; i++) {
        sum += VECTORS[c][i] * VALUES[i] * std * CounterRandom.normal(key, i);
      }
      added[c] = (float) (sum * Image.WHITE);
    }
    float[] pixels = image.pixels();
    int elements = image.elements();
    for (int i = 0; i < elements; i += added.length) {
      for (int c = 0; c < added.length; c++) {
        pixels[i + c] += added[c];
      }
    }
  }
}
