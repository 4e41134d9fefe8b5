package dev.convoy.data.augment;

import dev.convoy.data.DataException;
import dev.convoy.tensor.Shape;

/** One step from the stored image to the network's input; stateless, so any thread may use it. */
public interface Augmentation {
  /**
   * The shape that an image of the given shape gets.
   *
   * @throws DataException if such images cannot be handled
   */
  Shape shapeAfter(Shape before);

  /**
   * Changes the image.
   *
   * @param key of this step's random numbers for this sample in this epoch
   */
  void apply(Image image, long key);
}
