package dev.convoy.train;

import dev.convoy.tensor.Tensor;

/** Provides the images of an evaluation, microbatch by microbatch. */
public interface EvaluationSource {
  /** Returns how many microbatches each virtual node has. */
  int rounds();

  /**
   * Copies one microbatch; worker 0 calls it, in ascending order of rounds and, within a round, of
   * virtual nodes.
   *
   * @param images (N times crops,H,W,C); the crops of one image are consecutive
   * @param labels the class of each image
   * @return the number of images, from 0 to the length of {@code labels}
   */
  int copy(int round, int node, Tensor images, int[] labels) throws Exception;
}
