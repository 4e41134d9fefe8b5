package dev.convoy.loss;

import dev.convoy.tensor.Tensor;

/** A loss function, which training minimizes. */
public interface Loss {
  /** Returns the name in {@code train.loss.name}. */
  String name();

  /**
   * Computes the mean loss of the first {@code images} images.
   *
   * @param logits (N,classes)
   * @param labels of each image
   * @param gradient is overwritten with the gradient of that mean, (N,classes); may be null
   */
  float evaluate(int images, Tensor logits, int[] labels, Tensor gradient);

  /**
   * Returns the probability of each class for one image, as a network trained with this loss
   * predicts it.
   *
   * @param logits (N,classes)
   */
  double[] probabilities(Tensor logits, int image);
}
