package dev.convoy.collective;

import dev.convoy.tensor.PairwiseTree;

/**
 * Adds the chunks of consecutive subtrees of any sizes, given in ascending order, as the {@link
 * PairwiseTree} over all virtual nodes does: as a running sum, in which a subtree stands for as
 * many leaves as it has. So the total's bits do not depend on how the leaves were grouped into
 * subtrees.
 */
final class SubtreeSum {
  private final int nodes;
  private final Scratch scratch;
  private int depth;

  /** Nodes whose sums have been pushed. */
  private int pushed;

  /**
   * @param nodes of the whole tree
   * @param scratch at least {@link #buffers} of them, as long as the chunks
   */
  SubtreeSum(int nodes, Scratch scratch) {
    this.nodes = nodes;
    this.scratch = scratch;
  }

  /** Returns how many buffers the tree over {@code nodes} nodes takes. */
  static int buffers(int nodes) {
    return PairwiseTree.buffers(nodes) + 1;
  }

  /** Returns the buffer for the chunk of the next subtree, from index 0. */
  float[] next() {
    return scratch.buffer(depth);
  }

  /**
   * Takes the {@code length} floats in {@link #next()} as the chunk of a subtree of {@code size}.
   */
  void push(int size, int length) {
    depth++;
    for (int merges = PairwiseTree.merges(pushed / size); merges > 0; merges--) {
      depth--;
      addRight(scratch.buffer(depth - 1), scratch.buffer(depth), length);
    }
    pushed += size;
  }

  /** Copies the completed total to {@code into} from {@code at} on, and clears the tree. */
  void take(float[] into, int at, int length) {
    if (pushed != nodes) {
      throw new IllegalStateException("the tree over " + nodes + " nodes is not complete");
    }
    System.arraycopy(scratch.buffer(0), 0, into, at, length);
    depth = 0;
    pushed = 0;
  }

  /** Computes {@code left[i] = left[i] + right[i]}, the only addition of the tree. */
  private static void addRight(float[] left, float[] right, int length) {
    for (int i = 0; i < length; i++) {
      left[i] = left[i] + right[i];
    }
  }
}
