package dev.convoy.data.augment;

import dev.convoy.data.DataException;
import dev.convoy.data.ImageShape;
import java.util.Locale;

/**
 * {@code (pixel / 255 - mean) / std} for each channel, in that order of roundings: torchvision's
 * {@code ToTensor} and {@code Normalize}.
 */
public final class Normalize implements Augmentation {
  private static final float WHITE = 255f;

  private final float[] mean;
  private final float[] std;

  /**
   * Creates the step from one mean and one positive standard deviation a channel, of pixels between
   * 0 and 1.
   */
  public Normalize(float[] mean, float[] std) {
    if (mean.length != std.length) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "images are to be normalized by %d means and %d standard deviations",
              mean.length,
              std.length));
    }
    for (float each : std) {
      if (!(each > 0)) {
        throw new DataException("the standard deviation " + each + " is not positive");
      }
    }
    this.mean = mean.clone();
    this.std = std.clone();
  }

  @Override
  public ImageShape shapeAfter(ImageShape before) {
    if (before.channels() != mean.length) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "images of %d channels cannot be normalized by %d means",
              before.channels(),
              mean.length));
    }
    return before;
  }

  @Override
  public void apply(Image image, long key) {
    float[] pixels = image.pixels();
    int elements = image.elements();
    int channels = mean.length;
    for (int c = 0; c < channels; c++) {
      for (int i = c; i < elements; i += channels) {
        pixels[i] = (pixels[i] / WHITE - mean[c]) / std[c];
      }
    }
  }
}
