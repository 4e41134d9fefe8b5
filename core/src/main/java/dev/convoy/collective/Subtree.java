package dev.convoy.collective;

/**
 * A complete subtree of the summation tree: the virtual nodes {@code first} to {@code first + size
 * - 1}.
 *
 * @param first first virtual node, a multiple of {@code size}
 * @param size number of virtual nodes, a power of two
 */
public record Subtree(int first, int size) {

  public Subtree {
    if (size < 1 || Integer.bitCount(size) != 1 || first < 0 || first % size != 0) {
      throw new IllegalArgumentException(
          "a subtree has a power of two of nodes and starts at a multiple of it, got "
              + size
              + " nodes from "
              + first);
    }
  }
}
