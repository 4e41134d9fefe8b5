package dev.convoy.collective;

import dev.convoy.tensor.PairwiseTree;

/**
 * Adds the chunks of consecutive subtrees of any sizes, given in ascending order, as the {@link
 * PairwiseTree} over all virtual nodes does: as a running sum, in which a subtree stands for as
 * many leaves as it has. So the total's bits do not depend on how the leaves were grouped into
 * subtrees.
 */
final class SubtreeSum {
  private final Subtree whole;
  private final Rounding rounding;
  private final Scratch scratch;
  private int depth;

  /** Nodes whose sums have been pushed. */
  private int pushed;

  /**
   * @param whole the tree whose sum is completed
   * @param rounding of the sums that are added
   * @param scratch at least {@link #buffers} of them, as long as the chunks
   */
  SubtreeSum(Subtree whole, Rounding rounding, Scratch scratch) {
    this.whole = whole;
    this.rounding = rounding;
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
   *
   * @param element of the flat vector that is the first of the chunk
   */
  void push(int size, int element, int length) {
    depth++;
    int merged = size;
    for (int merges = PairwiseTree.merges(pushed / size); merges > 0; merges--) {
      depth--;
      merged *= 2;
      float[] sum = scratch.buffer(depth - 1);
      addRight(sum, scratch.buffer(depth), length);
      rounding.round(sum, 0, length, element, whole.first() + pushed + size - merged, merged);
    }
    pushed += size;
  }

  /** Copies the completed total to {@code into} from {@code at} on, and clears the tree. */
  void take(float[] into, int at, int length) {
    if (pushed != whole.size()) {
      throw new IllegalStateException("the tree over " + whole + " is not complete");
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
