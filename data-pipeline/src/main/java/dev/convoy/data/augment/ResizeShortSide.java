package dev.convoy.data.augment;

import dev.convoy.data.DataException;
import dev.convoy.data.ImageShape;
import dev.convoy.random.CounterRandom;
import java.util.Locale;

/**
 * Scales an image, its proportions kept, so that its shorter side is S pixels long; the longer one
 * is cut to whole pixels as torchvision's {@code Resize} does. S is drawn uniformly from {@code
 * from} to {@code to}: "scale jittering" (Simonyan and Zisserman 2014, section 3.1).
 */
public record ResizeShortSide(int from, int to) implements Augmentation {
  static final AugmentationFactory FACTORY =
      new AugmentationFactory(
          "short-side",
          "short-side [FROM = 256] [TO = FROM]",
          (numbers, context) -> {
            int from = numbers.whole(0, 256);
            return new ResizeShortSide(from, numbers.whole(1, from));
          });

  /** Checks the range. */
  public ResizeShortSide {
    if (from < 1 || to < from) {
      throw new DataException(
          String.format(
              Locale.ROOT, "the short side cannot be between %d and %d pixels", from, to));
    }
  }

  @Override
  public ImageShape shapeAfter(ImageShape before) {
    if (before.varies() || from != to) {
      return ImageShape.ofAnySize(before.channels());
    }
    int[] size = size(before.height(), before.width(), from);
    return new ImageShape(size[0], size[1], before.channels());
  }

  @Override
  public void apply(Image image, long key) {
    int side = from + CounterRandom.below(key, 0, to - from + 1);
    int[] size = size(image.height(), image.width(), side);
    Resampling.resize(image, size[0], size[1]);
  }

  private static int[] size(int height, int width, int side) {
    return height <= width
        ? new int[] {side, (int) ((long) side * width / height)}
        : new int[] {(int) ((long) side * height / width), side};
  }
}
