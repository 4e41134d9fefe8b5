package dev.convoy.train;

import dev.convoy.tensor.Tensor;

/** A source of microbatches. */
@FunctionalInterface
public interface BatchSource {
  /**
   * Copies the microbatch of a step and virtual node. One worker calls it for each node, several
   * workers for different nodes at once.
   *
   * @param images the node's part of the replica's input, all of which is to be filled
   * @param labels of the node's images
   * @param keys for each image the key of its dropout's random numbers; those of this node begin at
   *     {@code firstKey}
   */
  void copy(long step, int node, Tensor images, int[] labels, long[] keys, int firstKey)
      throws Exception;
}
