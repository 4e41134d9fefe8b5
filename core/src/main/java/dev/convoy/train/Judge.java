package dev.convoy.train;

import dev.convoy.tensor.Tensor;

/** Is told what each virtual node says of its microbatch. */
@FunctionalInterface
public interface Judge {
  /**
   * Looks at one node. One worker calls it for each node, several workers for different nodes at
   * once.
   *
   * @param node the virtual node
   * @param loss mean over its images, auxiliary heads included
   * @param images how many
   * @param logits (images,classes)
   */
  void judge(int node, float loss, int images, Tensor logits, int[] labels);
}
