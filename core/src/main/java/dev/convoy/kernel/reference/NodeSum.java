package dev.convoy.kernel.reference;

import dev.convoy.kernel.NodeTree;
import dev.convoy.tensor.PairwiseTree;

/** What one virtual node contributes to a sum over all. */
@FunctionalInterface
interface NodeSum {
  /** Returns the sum over the images from {@code firstImage} to {@code endImage}, exclusive. */
  float of(int firstImage, int endImage);

  /** Returns the sum over the nodes of a tree. */
  static float over(NodeTree tree, NodeSum sum) {
    return PairwiseTree.sum(
        tree.nodes(), node -> sum.of(tree.imageOf(node), tree.imageOf(node) + tree.images()));
  }
}
