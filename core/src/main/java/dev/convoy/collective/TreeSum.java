package dev.convoy.collective;

/**
 * Adds the chunks of consecutive subtrees, given in ascending order, as the balanced binary tree
 * over all virtual nodes does: a binary counter. Two neighbours are added, left + right, as soon as
 * they are siblings; so the total's bits do not depend on how the leaves were grouped into
 * subtrees.
 *
 * <p>Holds log2(nodes) + 2 buffers of {@code capacity} floats; allocates nothing later.
 */
final class TreeSum {
  private final int nodes;
  private final float[][] buffers;
  private final int[] sizes;
  private int depth;

  TreeSum(int nodes, int capacity) {
    this.nodes = nodes;
    int levels = Integer.numberOfTrailingZeros(nodes) + 2;
    buffers = new float[levels][capacity];
    sizes = new int[levels];
  }

  /** Where the chunk of the next subtree goes, from index 0. */
  float[] next() {
    return buffers[depth];
  }

  /**
   * Takes the {@code length} floats in {@link #next()} as the chunk of a subtree of {@code size}.
   */
  void push(int size, int length) {
    sizes[depth++] = size;
    while (depth > 1 && sizes[depth - 1] == sizes[depth - 2]) {
      addRight(buffers[depth - 2], buffers[depth - 1], length);
      depth--;
      sizes[depth - 1] *= 2;
    }
  }

  /** Copies the completed total to {@code into} from {@code at} on, and starts anew. */
  void take(float[] into, int at, int length) {
    if (depth != 1 || sizes[0] != nodes) {
      throw new IllegalStateException("the tree over " + nodes + " nodes is not complete");
    }
    System.arraycopy(buffers[0], 0, into, at, length);
    depth = 0;
  }

  /** {@code left[i] = left[i] + right[i]}, the one addition of every tree. */
  static void addRight(float[] left, float[] right, int length) {
    for (int i = 0; i < length; i++) {
      left[i] = left[i] + right[i];
    }
  }
}
