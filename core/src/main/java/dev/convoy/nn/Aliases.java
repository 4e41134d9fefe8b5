package dev.convoy.nn;

import java.util.Arrays;

/**
 * Which values lie in the memory of others: what a layer in place replaces, and the parts of a
 * concatenation. Each lies in at most one other, from some channel on; those that lie in none are
 * roots.
 */
final class Aliases {
  private static final int NONE = -1;

  private final int[] parents;
  private final int[] channels;

  Aliases(int values) {
    parents = new int[values];
    channels = new int[values];
    Arrays.fill(parents, NONE);
  }

  private Aliases(Aliases original) {
    parents = original.parents.clone();
    channels = original.channels.clone();
  }

  Aliases copy() {
    return new Aliases(this);
  }

  /** Lays a root into another value's memory. */
  void lay(int value, int into, int firstChannel) {
    if (!isRoot(value) || root(into) == value) {
      throw new IllegalStateException("value " + value + " lies elsewhere already");
    }
    parents[value] = into;
    channels[value] = firstChannel;
  }

  boolean isRoot(int value) {
    return parents[value] == NONE;
  }

  /** Returns the value whose memory it lies in. */
  int root(int value) {
    int root = value;
    while (!isRoot(root)) {
      root = parents[root];
    }
    return root;
  }

  /** Returns where in the root's channels it begins. */
  int firstChannel(int value) {
    int sum = 0;
    for (int at = value; !isRoot(at); at = parents[at]) {
      sum += channels[at];
    }
    return sum;
  }
}
