package dev.convoy.collective;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How the virtual nodes of a run lie on its ranks: contiguous blocks whose sizes differ by at most
 * one, the first ranks taking the larger.
 *
 * @param count number of virtual nodes, a power of two
 * @param ranks number of ranks, 1 to {@code count}
 */
public record VirtualNodes(int count, int ranks) {

  public VirtualNodes {
    if (count < 1 || Integer.bitCount(count) != 1) {
      throw new IllegalArgumentException(
          "the number of virtual nodes must be a power of two (1, 2, 4, 8, …), got " + count);
    }
    if (ranks < 1) {
      throw new IllegalArgumentException("there must be at least 1 rank, got " + ranks);
    }
    if (ranks > count) {
      throw new IllegalArgumentException(
          "every rank needs a virtual node of its own: "
              + ranks
              + " ranks, but only "
              + count
              + " virtual nodes; use at most "
              + count
              + " ranks or at least "
              + ranks
              + " virtual nodes");
    }
  }

  /** The virtual nodes that {@code rank} computes. */
  public Range block(int rank) {
    checkRank(rank);
    return Range.share(count, ranks, rank);
  }

  /** The blocks of all ranks, in rank order. */
  public List<Range> blocks() {
    return IntStream.range(0, ranks).mapToObj(this::block).toList();
  }

  /**
   * The maximal aligned subtrees inside the block of {@code rank}, ascending: what that rank may
   * add up on its own without changing a single bit of the total. At most {@code 2 log2(count)};
   * exactly one when the ranks, too, are a power of two.
   */
  public List<Subtree> subtrees(int rank) {
    return cover(block(rank));
  }

  /** The rank that computes virtual node {@code node}. */
  public int rankOf(int node) {
    if (node < 0 || node >= count) {
      throw new IllegalArgumentException(
          "virtual nodes are numbered 0 to " + (count - 1) + ", got " + node);
    }
    int size = count / ranks;
    int larger = count % ranks;
    int inLarger = larger * (size + 1);
    return node < inLarger ? node / (size + 1) : larger + (node - inLarger) / size;
  }

  /** The fewest aligned subtrees that together are {@code nodes}, ascending. */
  static List<Subtree> cover(Range nodes) {
    List<Subtree> subtrees = new ArrayList<>();
    int first = nodes.from();
    while (first < nodes.to()) {
      int size = Integer.highestOneBit(nodes.to() - first);
      if (first != 0) {
        size = Math.min(size, Integer.lowestOneBit(first));
      }
      subtrees.add(new Subtree(first, size));
      first += size;
    }
    return List.copyOf(subtrees);
  }

  private void checkRank(int rank) {
    if (rank < 0 || rank >= ranks) {
      throw new IllegalArgumentException(
          "ranks are numbered 0 to " + (ranks - 1) + ", got " + rank);
    }
  }
}
