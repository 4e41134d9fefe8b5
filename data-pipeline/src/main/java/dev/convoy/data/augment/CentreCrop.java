package dev.convoy.data.augment;

import dev.convoy.data.ImageShape;
import dev.convoy.data.Region;

/** Cuts out the middle, with the rounding of torchvision's {@code CenterCrop}. */
public record CentreCrop(int height, int width) implements Cropping {
  static final AugmentationFactory FACTORY =
      new AugmentationFactory(
          "centre-crop",
          "centre-crop",
          (numbers, context) -> new CentreCrop(context.input().height(), context.input().width()));

  @Override
  public ImageShape shapeAfter(ImageShape before) {
    return fixed().shapeAfter(before);
  }

  @Override
  public Region region(int imageHeight, int imageWidth, long key) {
    return fixed().region(imageHeight, imageWidth, key);
  }

  @Override
  public void applyToRegion(Image image, long key) {}

  private FixedCrop fixed() {
    return new FixedCrop(height, width, 0.5, 0.5);
  }
}
