package dev.convoy.loss;

import dev.convoy.tensor.Tensor;

/** What training makes small. */
public interface Loss {
  /** The name in {@code train.loss.name}. */
  String name();

  /**
   * The mean loss of the first {@code images} images.
   *
   * @param logits (N,classes)
   * @param labels of each image
   * @param gradient is overwritten with the gradient of that mean, (N,classes); may be null
   */
  float evaluate(int images, Tensor logits, int[] labels, Tensor gradient);

  /**
   * What a network trained with this loss says of one image: the probability of each class.
   *
   * @param logits (N,classes)
   */
  double[] probabilities(Tensor logits, int image);
}
