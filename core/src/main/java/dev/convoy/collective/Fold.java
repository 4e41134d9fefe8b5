package dev.convoy.collective;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The level of the summation tree that has the largest power of two of subtrees, P, that is no more
 * than the number of ranks. Each of these subtrees has a <i>home</i>, the rank that computes the
 * left one of the two virtual nodes in its middle. No rank is the home of two subtrees, because its
 * block of virtual nodes is no longer than a subtree.
 */
final class Fold {
  private final int size;
  private final int[] rankOf;
  private final int[] homeOf;
  private final List<List<Part>> parts = new ArrayList<>();

  /**
   * A partial sum that belongs to a home's subtree.
   *
   * @param rank that has it
   * @param index among the partial sums of that rank
   * @param size its number of virtual nodes
   */
  record Part(int rank, int index, int size) {}

  Fold(VirtualNodes nodes) {
    int homes = Integer.highestOneBit(nodes.ranks());
    size = nodes.count() / homes;
    rankOf = new int[homes];
    homeOf = new int[nodes.ranks()];
    Arrays.fill(homeOf, -1);
    for (int home = 0; home < homes; home++) {
      parts.add(new ArrayList<>());
    }
    for (int rank = 0; rank < nodes.ranks(); rank++) {
      List<Subtree> subtrees = nodes.subtrees(rank);
      for (int i = 0; i < subtrees.size(); i++) {
        Subtree subtree = subtrees.get(i);
        int home = subtree.first() / size;
        parts.get(home).add(new Part(rank, i, subtree.size()));
        int middle = home * size + (size - 1) / 2;
        if (subtree.first() <= middle && middle < subtree.first() + subtree.size()) {
          rankOf[home] = rank;
          homeOf[rank] = home;
        }
      }
    }
  }

  /** Returns P. */
  int homes() {
    return rankOf.length;
  }

  /** Returns the number of virtual nodes of each subtree. */
  int size() {
    return size;
  }

  /** Returns the rank of a home. */
  int rank(int home) {
    return rankOf[home];
  }

  /** Returns which home a rank is; -1 if it is none. */
  int homeOf(int rank) {
    return homeOf[rank];
  }

  /** Returns the partial sums that make up the subtree of a home, in the order of the nodes. */
  List<Part> parts(int home) {
    return parts.get(home);
  }
}
