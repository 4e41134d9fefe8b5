package dev.convoy.data.augment;

import dev.convoy.data.DataException;
import dev.convoy.data.ImageShape;
import java.util.Arrays;
import java.util.Locale;

/**
 * Centres an image in a larger black one; where the margin is odd, the smaller half is above and to
 * the left. Stands before {@link Normalize}, where black is 0.
 */
public record Pad(int height, int width) implements Augmentation {
  /** Checks that there is an image. */
  public Pad {
    if (height < 1 || width < 1) {
      throw new DataException(
          String.format(
              Locale.ROOT, "images cannot be padded to %dx%d, which is no image", height, width));
    }
  }

  @Override
  public ImageShape shapeAfter(ImageShape before) {
    if (before.height() > height || before.width() > width) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "images of %s cannot be padded to the smaller %dx%d",
              before,
              height,
              width));
    }
    return new ImageShape(height, width, before.channels());
  }

  @Override
  public void apply(Image image, long key) {
    int channels = image.channels();
    int row = image.width() * channels;
    int top = (height - image.height()) / 2;
    int left = (width - image.width()) / 2;
    float[] from = image.pixels();
    float[] into = image.prepareNext(height * width * channels);
    Arrays.fill(into, 0, height * width * channels, 0f);
    for (int y = 0; y < image.height(); y++) {
      System.arraycopy(from, y * row, into, ((top + y) * width + left) * channels, row);
    }
    image.replace(height, width, channels);
  }
}
