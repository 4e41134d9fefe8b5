package dev.convoy.train;

import dev.convoy.tensor.Tensor;

/** Receives the logits of each virtual node's microbatch. */
@FunctionalInterface
public interface PredictionListener {
  /**
   * Receives one microbatch's logits. One worker calls it for each virtual node; several workers
   * may call it at once for different virtual nodes.
   *
   * @param node the virtual node
   * @param loss the mean loss of its images, auxiliary heads included
   * @param images the number of images
   * @param logits (images,classes)
   * @param labels the class of each image
   */
  void predicted(int node, float loss, int images, Tensor logits, int[] labels);
}
