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
    return new ExchangeCost(steps(Integer.highestOneBit(ranks)) + 1, folded(nodes, bucket));
  }

  /** Returns the cost of sending a bucket of the new weights to all. */
  static ExchangeCost allGather(VirtualNodes nodes, Range bucket) {
    int ranks = nodes.ranks();
    if (ranks == 1) {
      return NONE;
    }
    if (isPowerOfTwo(ranks) || ranks <= FEW) {
      return new ExchangeCost(isPowerOfTwo(ranks) ? steps(ranks) : 1, share(bucket, ranks));
    }
    return new ExchangeCost(steps(ranks), bruck(nodes, bucket));
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

  /** Returns the rank that is the home of each subtree into which the sums are folded. */
  private static int[] homes(VirtualNodes nodes) {
    int[] homes = new int[Integer.highestOneBit(nodes.ranks())];
    int size = nodes.count() / homes.length;
    int rank = 0;
    for (int home = 0; home < homes.length; home++) {
      int middle = home * size + (size - 1) / 2;
      while (nodes.block(rank).to() <= middle) {
        rank++;
      }
      homes[home] = rank;
    }
    return homes;
  }

  /** Sums that lie in the subtree of another rank travel there; then the homes halve. */
  private static double folded(VirtualNodes nodes, Range bucket) {
    int[] homes = homes(nodes);
    int size = nodes.count() / homes.length;
    int[] sent = new int[nodes.ranks()];
    int[] received = new int[nodes.ranks()];
    for (int rank = 0; rank < nodes.ranks(); rank++) {
      for (Subtree subtree : nodes.subtrees(rank)) {
        int home = homes[subtree.first() / size];
        if (home != rank) {
          sent[rank]++;
          received[home]++;
        }
      }
    }
    double most = 0;
    double vector = (double) bucket.length() * Float.BYTES;
    for (int rank = 0; rank < nodes.ranks(); rank++) {
      most = Math.max(most, vector * sent[rank]);
    }
    for (int home : homes) {
      double halving = share(bucket, homes.length);
      most = Math.max(most, vector * Math.max(sent[home], received[home]) + halving);
    }
    return most;
  }

  /** In each step a rank sends again what it had at first; only homes had something. */
  private static double bruck(VirtualNodes nodes, Range bucket) {
    int ranks = nodes.ranks();
    int[] homes = homes(nodes);
    // The slices of the ranks before each one, the ranks counted twice around.
    int[] before = new int[2 * ranks + 1];
    for (int home : homes) {
      before[home + 1] = 1;
      before[home + ranks + 1] = 1;
    }
    for (int i = 0; i < 2 * ranks; i++) {
      before[i + 1] += before[i];
    }
    int most = homes.length;
    for (int rank = 0; rank < ranks; rank++) {
      int sent = 0;
      for (int distance = 1; distance < ranks; distance *= 2) {
        sent += before[rank + Math.min(distance, ranks - distance)] - before[rank];
      }
      most = Math.max(most, sent);
    }
    return (double) bucket.length() * Float.BYTES * most / homes.length;
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
