package dev.convoy.data.prepare;

import dev.convoy.data.ImageShape;

/** What many images have in common: their size if it is the same, and the most channels of any. */
final class CommonShape {
  private ImageShape shape;

  /** Adds an image, or many of which as much is known. */
  void add(ImageShape other) {
    if (shape == null) {
      shape = other;
      return;
    }
    int channels = Math.max(shape.channels(), other.channels());
    boolean same = shape.height() == other.height() && shape.width() == other.width();
    shape = same ? shape.withChannels(channels) : ImageShape.ofAnySize(channels);
  }

  /** Returns what is known of them; null before the first. */
  ImageShape imageShape() {
    return shape;
  }
}
