package dev.convoy.kernel.vector.direct;

import dev.convoy.concurrent.Worker;
import dev.convoy.kernel.VirtualNodeTree;

/**
 * How workers share the virtual nodes of a small filter's gradient: if the nodes can be divided
 * into subtrees, one for each worker, each computes its own, and the workers' sums are added in the
 * rest of the tree; otherwise all are one team, whose members share the work in another way.
 *
 * @param count teams
 * @param members workers of each
 * @param nodes virtual nodes of each, a power of two
 */
record VirtualNodeTeams(int count, int members, int nodes) {
  /** Returns the teams of so many workers. */
  static VirtualNodeTeams of(VirtualNodeTree tree, int workers) {
    int each = tree.nodes() / workers;
    boolean alone = each * workers == tree.nodes() && Integer.bitCount(each) == 1;
    return alone
        ? new VirtualNodeTeams(workers, 1, each)
        : new VirtualNodeTeams(1, workers, tree.nodes());
  }

  /** Returns the team of a worker. */
  int of(Worker worker) {
    return worker.index() / members;
  }

  /** Returns the first node of a worker's team. */
  int firstNode(Worker worker) {
    return of(worker) * nodes;
  }
}
