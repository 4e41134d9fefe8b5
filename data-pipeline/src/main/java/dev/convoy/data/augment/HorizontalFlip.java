package dev.convoy.data.augment;

import dev.convoy.random.CounterRandom;
import dev.convoy.tensor.Shape;

/** Mirrors left and right with probability 1/2. */
public record HorizontalFlip() implements Augmentation {
  @Override
  public Shape shapeAfter(Shape before) {
    return before;
  }

  @Override
  public void apply(Image image, long key) {
    if (CounterRandom.uniform(key, 0) >= 0.5f) {
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
