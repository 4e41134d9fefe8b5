package dev.convoy.data.augment;

import dev.convoy.data.DataException;
import dev.convoy.data.ImageShape;
import java.util.Locale;

/**
 * Gives a grey image as many channels, all alike, as a network for colour takes: torchvision's
 * {@code Grayscale(num_output_channels=3)}.
 */
public record RepeatChannel(int channels) implements Augmentation {
  /** Checks that there is an image. */
  public RepeatChannel {
    if (channels < 1) {
      throw new DataException("images cannot have " + channels + " channels");
    }
  }

  @Override
  public ImageShape shapeAfter(ImageShape before) {
    if (before.channels() != 1) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "images of %s are not grey, so their channel cannot be repeated %d times",
              before,
              channels));
    }
    return before.withChannels(channels);
  }

  @Override
  public void apply(Image image, long key) {
    int pixels = image.height() * image.width();
    float[] from = image.pixels();
    float[] into = image.prepareNext(pixels * channels);
    for (int p = 0; p < pixels; p++) {
      for (int c = 0; c < channels; c++) {
        into[p * channels + c] = from[p];
      }
    }
    image.replace(image.height(), image.width(), channels);
  }
}
