package dev.convoy.kernel.reference;

import dev.convoy.kernel.NodeTree;

/** A sum over virtual nodes in the balanced binary tree over their numbers. */
final class TreeSum {
  /** What one node adds. */
  @FunctionalInterface
  interface NodeSum {
    /** The sum over the images from {@code firstImage} to {@code endImage}, exclusive. */
    float of(int firstImage, int endImage);
  }

  private TreeSum() {}

  static float over(NodeTree tree, NodeSum sum) {
    return over(tree, 0, tree.nodes(), sum);
  }

  private static float over(NodeTree tree, int firstNode, int nodes, NodeSum sum) {
    if (nodes == 1) {
      int firstImage = tree.imageOf(firstNode);
      return sum.of(firstImage, firstImage + tree.images());
    }
    int half = nodes / 2;
    return over(tree, firstNode, half, sum) + over(tree, firstNode + half, half, sum);
  }
}
