package dev.convoy.data.augment;

import dev.convoy.data.DataException;
import dev.convoy.data.ImageShape;
import dev.convoy.random.CounterRandom;

/**
 * Changes brightness, contrast, saturation and hue by random factors in random order: torchvision's
 * {@code ColorJitter}, after Howard 2013, "Some improvements on deep convolutional neural network
 * based image classification". A factor of {@code x} is uniform in [max(0, 1 - x), 1 + x]; the hue
 * turns by up to {@code hue} of the circle. Grey images keep saturation and hue.
 */
public record ColourJitter(double brightness, double contrast, double saturation, double hue)
    implements Augmentation {
  static final AugmentationFactory FACTORY =
      new AugmentationFactory(
          "colour-jitter",
          "colour-jitter [BRIGHTNESS = 0.4] [CONTRAST = 0.4] [SATURATION = 0.4] [HUE = 0]",
          (numbers, context) ->
              new ColourJitter(
                  numbers.get(0, 0.4),
                  numbers.get(1, 0.4),
                  numbers.get(2, 0.4),
                  numbers.get(3, 0)));

  private static final int CHANGES = 4;

  /** Draws after the factors. */
  private static final int ORDER = 4;

  /** Checks the ranges. */
  public ColourJitter {
    if (!(brightness >= 0 && contrast >= 0 && saturation >= 0)) {
      throw new DataException("brightness, contrast and saturation cannot be negative");
    }
    if (!(hue >= 0 && hue <= 0.5)) {
      throw new DataException("the hue turns by 0 to 0.5 of the circle, not by " + hue);
    }
  }

  @Override
  public ImageShape shapeAfter(ImageShape before) {
    return before;
  }

  @Override
  public void apply(Image image, long key) {
    int[] order = {0, 1, 2, 3};
    for (int i = CHANGES - 1; i > 0; i--) {
      int j = CounterRandom.below(key, ORDER + i, i + 1);
      int swapped = order[i];
      order[i] = order[j];
      order[j] = swapped;
    }
    for (int change : order) {
      switch (change) {
        case 0 -> brighten(image, factor(key, change, brightness));
        case 1 -> contrast(image, factor(key, change, contrast));
        case 2 -> saturate(image, factor(key, change, saturation));
        default -> turn(image, (float) (hue * (2 * CounterRandom.uniform(key, change) - 1)));
      }
    }
  }

  private static float factor(long key, int draw, double range) {
    double least = Math.max(0, 1 - range);
    return (float) (least + (1 + range - least) * CounterRandom.uniform(key, draw));
  }

  static void brighten(Image image, float factor) {
    blend(image, factor, 0f);
  }

  /** Moves each pixel towards the mean of the grey image. */
  static void contrast(Image image, float factor) {
    float[] pixels = image.pixels();
    int channels = image.channels();
    int elements = image.elements();
    double sum = 0;
    for (int i = 0; i < elements; i += channels) {
      sum += grey(pixels, i, channels);
    }
    blend(image, factor, (float) (sum / image.height() / image.width()));
  }

  /** Moves each pixel towards its grey. */
  static void saturate(Image image, float factor) {
    if (image.channels() != 3) {
      return;
    }
    float[] pixels = image.pixels();
    int elements = image.elements();
    for (int i = 0; i < elements; i += 3) {
      float grey = grey(pixels, i, 3);
      for (int c = i; c < i + 3; c++) {
        pixels[c] = mix(factor, pixels[c], grey);
      }
    }
  }

  /** Turns the hue by a share of the circle. */
  static void turn(Image image, float share) {
    if (image.channels() != 3 || share == 0) {
      return;
    }
    float[] pixels = image.pixels();
    int elements = image.elements();
    for (int i = 0; i < elements; i += 3) {
      turn(pixels, i, share);
    }
  }

  /**
   * Turns the hue, by way of hue, saturation and value (Smith 1978, "Color gamut transform pairs").
   */
  private static void turn(float[] pixels, int at, float share) {
    float red = pixels[at];
    float green = pixels[at + 1];
    float blue = pixels[at + 2];
    float most = Math.max(red, Math.max(green, blue));
    float range = most - Math.min(red, Math.min(green, blue));
    if (range == 0) {
      return;
    }
    float sixth;
    if (most == red) {
      sixth = (green - blue) / range;
    } else if (most == green) {
      sixth = 2 + (blue - red) / range;
    } else {
      sixth = 4 + (red - green) / range;
    }
    float turned = sixth + 6 * share;
    turned -= 6 * (float) Math.floor(turned / 6);
    pixels[at] = most - range * away(turned, 5);
    pixels[at + 1] = most - range * away(turned, 3);
    pixels[at + 2] = most - range * away(turned, 1);
  }

  /** Returns how far a component is from the greatest one, as a share of the range. */
  private static float away(float sixth, int offset) {
    float k = sixth + offset;
    k = k >= 6 ? k - 6 : k;
    return Math.max(0f, Math.min(1f, Math.min(k, 4 - k)));
  }

  private static void blend(Image image, float factor, float with) {
    float[] pixels = image.pixels();
    int elements = image.elements();
    for (int i = 0; i < elements; i++) {
      pixels[i] = mix(factor, pixels[i], with);
    }
  }

  private static float mix(float factor, float one, float other) {
    float mixed = factor * one + (1 - factor) * other;
    return Math.max(0f, Math.min(Image.WHITE, mixed));
  }

  /** Returns the grey of a colour by ITU-R 601. */
  private static float grey(float[] pixels, int at, int channels) {
    return channels == 3
        ? 0.299f * pixels[at] + 0.587f * pixels[at + 1] + 0.114f * pixels[at + 2]
        : pixels[at];
  }
}
