package dev.convoy.data.augment;

import dev.convoy.data.ImageShape;

/** One step from the stored image to the network's input; stateless, so any thread may use it. */
public interface Augmentation {
  /**
   * Returns what is known of the images after this step.
   *
   * @throws dev.convoy.data.DataException if such images cannot be handled
   */
  ImageShape shapeAfter(ImageShape before);

  /**
   * Changes the image.
   *
   * @param key of this step's random numbers for this sample in this epoch
   */
  void apply(Image image, long key);
}
