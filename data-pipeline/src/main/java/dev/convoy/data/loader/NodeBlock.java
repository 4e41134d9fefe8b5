package dev.convoy.data.loader;

/** A contiguous block [from, to) of virtual nodes: those that one executor carries. */
public record NodeBlock(int from, int to) {
  /** Checks that the block is not empty. */
  public NodeBlock {
    if (from < 0 || to <= from) {
      throw new IllegalArgumentException("no virtual nodes lie in [" + from + ", " + to + ")");
    }
  }

  /** How many nodes. */
  public int count() {
    return to - from;
  }
}
