package dev.convoy.train;

import dev.convoy.collective.Rounding;
import dev.convoy.tensor.PairwiseTree;

/**
 * A subtree of the tree over the virtual nodes whose leaves are vectors in memory: of single nodes,
 * or sums of equally many. They are added in place, and each sum is rounded as soon as it is
 * complete.
 */
final class VectorTree {
  private final Rounding rounding;
  private final int first;
  private final int size;
  private final float[][] leaves;

  /**
   * @param first virtual node of the subtree
   * @param size virtual nodes of a leaf
   * @param leaves vectors, a power of two of them; the first becomes the total
   */
  VectorTree(Rounding rounding, int first, int size, float[][] leaves) {
    this.rounding = rounding;
    this.first = first;
    this.size = size;
    this.leaves = leaves;
  }

  /**
   * Rounds and adds the elements from {@code from} to {@code to} of the flat vector.
   *
   * @param shift how much further they lie in the leaves than in the flat vector
   */
  void sum(int from, int to, int shift) {
    int at = from + shift;
    int end = to + shift;
    for (int leaf = 0; leaf < leaves.length; leaf++) {
      rounding.round(leaves[leaf], at, to - from, from, first + leaf * size, size);
    }
    for (int addition = 0; addition < leaves.length - 1; addition++) {
      int left = PairwiseTree.left(addition, leaves.length);
      int right = PairwiseTree.right(addition, leaves.length);
      float[] sum = leaves[left];
      float[] other = leaves[right];
      for (int i = at; i < end; i++) {
        sum[i] = sum[i] + other[i];
      }
      rounding.round(sum, at, to - from, from, first + left * size, 2 * (right - left) * size);
    }
  }
}
