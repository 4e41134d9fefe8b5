package dev.convoy.kernel.reference;

import dev.convoy.kernel.VirtualNodeTree;
import dev.convoy.tensor.PairwiseTree;

/** The part of one virtual node in a sum over all. */
@FunctionalInterface
interface VirtualNodeSum {
  /** Returns the sum over the images from {@code firstImage} to {@code endImage}, exclusive. */
  float of(int firstImage, int endImage);

  /** Returns the sum over the nodes of a tree. */
  static float over(VirtualNodeTree tree, VirtualNodeSum sum) {
    return PairwiseTree.sum(
        tree.nodes(), node -> sum.of(tree.imageOf(node), tree.imageOf(node) + tree.images()));
  }
}
