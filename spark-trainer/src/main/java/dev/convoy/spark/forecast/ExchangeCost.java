package dev.convoy.spark.forecast;

import dev.convoy.collective.Range;
import dev.convoy.collective.Slices;
import dev.convoy.collective.Subtree;
import dev.convoy.collective.VirtualNodes;

/**
 * What an operation on a bucket costs the rank that has the most to do. The algorithms are those of
 * {@code dev.convoy.collective}, chosen by the same rule.
 *
 * @param messages that follow each other, each of which waits for the one before
 * @param bytes that the rank sends or receives, whichever is more
 */
record ExchangeCost(int messages, double bytes) {
  static final ExchangeCost NONE = new ExchangeCost(0, 0);

  /** Numbers of ranks up to this are joined directly where they are no power of two. */
  private static final int FEW = 7;

  /** Returns the cost of summing a bucket of the gradient. */
  static ExchangeCost reduceScatter(VirtualNodes nodes, Range bucket) {
    int ranks = nodes.ranks();
    if (ranks == 1) {
      return NONE;
    }
    if (isPowerOfTwo(ranks)) {
      return new ExchangeCost(steps(ranks), share(bucket, ranks));
    }
    if (ranks <= FEW) {
      return new ExchangeCost(1, direct(nodes, bucket));
    }
    // Folded into a power of two of homes: to a home travels, of each rank that is none, as a rule
    // one vector or two; then the homes halve.
    int homes = Integer.highestOneBit(ranks);
    int most = 0;
    for (int rank = 0; rank < ranks; rank++) {
      most = Math.max(most, folded(nodes, homes, rank));
    }
    double folding = (double) most * bucket.length() * Float.BYTES;
    return new ExchangeCost(steps(homes) + 1, folding + share(bucket, homes));
  }

  /** Returns the cost of sending a bucket of the new weights to all. */
  static ExchangeCost allGather(int ranks, Range bucket) {
    if (ranks == 1) {
      return NONE;
    }
    int messages = isPowerOfTwo(ranks) || ranks > FEW ? steps(ranks) : 1;
    return new ExchangeCost(messages, share(bucket, ranks));
  }

  private static boolean isPowerOfTwo(int ranks) {
    return Integer.bitCount(ranks) == 1;
  }

  /** Returns the logarithm to the base of 2, rounded up. */
  private static int steps(int ranks) {
    return Integer.SIZE - Integer.numberOfLeadingZeros(ranks - 1);
  }

  private static double share(Range bucket, int ranks) {
    return (double) bucket.length() * Float.BYTES * (ranks - 1) / ranks;
  }

  /** Returns how many vectors a rank sends to homes of others, or receives as a home. */
  private static int folded(VirtualNodes nodes, int homes, int rank) {
    int size = nodes.count() / homes;
    int sent = 0;
    int received = 0;
    for (int home = 0; home < homes; home++) {
      int middle = home * size + (size - 1) / 2;
      boolean own = contains(nodes.block(rank), middle);
      for (int other = own ? 0 : rank; other < (own ? nodes.ranks() : rank + 1); other++) {
        for (Subtree subtree : nodes.subtrees(other)) {
          boolean within = subtree.first() / size == home;
          if (within && own && other != rank) {
            received++;
          } else if (within && !own) {
            sent++;
          }
        }
      }
    }
    return Math.max(sent, received);
  }

  private static boolean contains(Range range, int node) {
    return range.from() <= node && node < range.to();
  }

  private static double direct(VirtualNodes nodes, Range bucket) {
    Slices slices = new Slices(bucket, nodes.ranks());
    long most = 0;
    int all = 0;
    for (int rank = 0; rank < nodes.ranks(); rank++) {
      all += nodes.subtrees(rank).size();
    }
    for (int rank = 0; rank < nodes.ranks(); rank++) {
      int subtrees = nodes.subtrees(rank).size();
      long own = slices.slice(rank).length();
      long sent = subtrees * (bucket.length() - own);
      long received = own * (all - subtrees);
      most = Math.max(most, Math.max(sent, received));
    }
    return (double) most * Float.BYTES;
  }
}
