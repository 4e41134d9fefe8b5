package dev.convoy.kernel;

import dev.convoy.tensor.PairwiseTree;
import java.util.Locale;

/**
 * The virtual nodes whose gradients a kernel adds up: each node's gradient is a sum over its own
 * images, and the nodes' gradients are added in the {@link PairwiseTree}.
 *
 * @param firstImage of the first node, in the replica's batch
 * @param nodes a power of two
 * @param images of each node
 */
public record VirtualNodeTree(int firstImage, int nodes, int images) {
  public VirtualNodeTree {
    if (Integer.bitCount(nodes) != 1 || images < 1 || firstImage < 0) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "a tree of %d nodes of %d images from image %d on is impossible",
              nodes,
              images,
              firstImage));
    }
  }

  /** Makes a tree of one node. */
  public static VirtualNodeTree single(int images) {
    return new VirtualNodeTree(0, 1, images);
  }

  /** Returns the first image of a node. */
  public int imageOf(int node) {
    return firstImage + node * images;
  }
}
