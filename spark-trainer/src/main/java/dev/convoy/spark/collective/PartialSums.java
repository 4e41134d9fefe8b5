package dev.convoy.spark.collective;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * The local part of the summation tree: takes one vector per virtual node of this rank's block and
 * adds siblings as soon as both are complete, until the block's maximal aligned subtrees are left.
 *
 * <p>Up to {@code threads} nodes may be in work at once and finish in any order; which additions
 * are done, and left + right, is fixed by the tree, so the sums do not depend on timing. All
 * buffers are made by the constructor: about log2(block) + threads of them.
 */
public final class PartialSums {
  private final int length;
  private final int threads;
  private final Range block;
  private final int nodes;

  /** By heap number: may this subtree be added up here? Its sum while it waits for its sibling. */
  private final boolean[] inside;

  private final float[][] waiting;

  /** By node of the block: the buffer it is being computed into; whether it was added. */
  private final float[][] inWork;

  private final boolean[] added;

  private final ArrayDeque<float[]> free;
  private final List<Subtree> subtrees;
  private final float[][] sums;
  private final List<float[]> sumsView;
  private int lowestMissing;

  /**
   * @param virtualNodes how the nodes lie on the ranks
   * @param rank whose block this is
   * @param length floats per vector
   * @param threads how many nodes may be in work at once
   */
  public PartialSums(VirtualNodes virtualNodes, int rank, int length, int threads) {
    if (length < 0 || threads < 1) {
      throw new IllegalArgumentException(
          "partial sums need a length of 0 or more and at least 1 thread, got "
              + length
              + " and "
              + threads);
    }
    this.length = length;
    this.threads = threads;
    block = virtualNodes.block(rank);
    nodes = virtualNodes.count();
    subtrees = virtualNodes.subtrees(rank);
    inside = new boolean[2 * nodes];
    for (Subtree subtree : subtrees) {
      markInside(subtree.heapNumber(nodes));
    }
    waiting = new float[2 * nodes][];
    inWork = new float[block.length()][];
    added = new boolean[block.length()];
    sums = new float[subtrees.size()][];
    sumsView = Collections.unmodifiableList(Arrays.asList(sums));
    lowestMissing = block.from();
    int buffers = buffersNeeded();
    free = new ArrayDeque<>(buffers + 1);
    for (int i = 0; i < buffers; i++) {
      free.push(new float[length]);
    }
  }

  private void markInside(int heapNumber) {
    if (heapNumber < inside.length) {
      inside[heapNumber] = true;
      markInside(2 * heapNumber);
      markInside(2 * heapNumber + 1);
    }
  }

  /**
   * While {@code m} is the lowest node not yet added, every buffer either holds a subtree of {@code
   * [from, m)}, as merged as can be, or a node of the window {@code [m, m + threads)}.
   */
  private int buffersNeeded() {
    int most = 0;
    for (int m = block.from(); m <= block.to(); m++) {
      int merged = VirtualNodes.cover(new Range(block.from(), m)).size();
      most = Math.max(most, merged + Math.min(threads, block.to() - m));
    }
    return most;
  }

  /**
   * The vector that the caller fills for virtual node {@code node}. Its content is undefined: every
   * element has to be written. Waits while the node is {@code threads} or more ahead of the lowest
   * node that was not added yet; so nodes are to be begun in ascending order.
   *
   * @throws InterruptedException if interrupted while waiting, which is how the other workers are
   *     stopped when one of them fails
   */
  public synchronized float[] buffer(int node) throws InterruptedException {
    int index = indexOf(node);
    while (node - lowestMissing >= threads) {
      wait();
    }
    if (added[index]) {
      throw new IllegalStateException("virtual node " + node + " was added already in this step");
    }
    if (inWork[index] == null) {
      inWork[index] = free.pop();
    }
    return inWork[index];
  }

  /** Says that the vector of {@code node} is complete; adds up what this makes possible. */
  public void add(int node) {
    int heapNumber = nodes + node;
    float[] sum = take(node);
    float[] sibling = siblingOrWait(heapNumber, sum);
    while (sibling != null) {
      boolean isLeft = heapNumber % 2 == 0;
      float[] left = isLeft ? sum : sibling;
      float[] right = isLeft ? sibling : sum;
      TreeSum.addRight(left, right, length);
      heapNumber /= 2;
      sum = left;
      release(right);
      sibling = siblingOrWait(heapNumber, sum);
    }
    finish(node);
  }

  /**
   * The sums of this rank's subtrees, ascending, as {@link VirtualNodes#subtrees} lists them. Valid
   * until {@link #reset()}.
   *
   * @throws IllegalStateException if a node of the block is missing
   */
  public synchronized List<float[]> partials() {
    if (lowestMissing < block.to()) {
      throw new IllegalStateException("virtual node " + lowestMissing + " was not added yet");
    }
    for (int i = 0; i < sums.length; i++) {
      sums[i] = waiting[subtrees.get(i).heapNumber(nodes)];
    }
    return sumsView;
  }

  /** Takes every buffer back, for the next step; complete or not. No thread may be at work. */
  public synchronized void reset() {
    takeBack(waiting);
    takeBack(inWork);
    Arrays.fill(added, false);
    Arrays.fill(sums, null);
    lowestMissing = block.from();
  }

  private void takeBack(float[][] buffers) {
    for (int i = 0; i < buffers.length; i++) {
      if (buffers[i] != null) {
        free.push(buffers[i]);
        buffers[i] = null;
      }
    }
  }

  private synchronized float[] take(int node) {
    int index = indexOf(node);
    float[] vector = inWork[index];
    if (vector == null) {
      throw new IllegalStateException("virtual node " + node + " has no buffer to add");
    }
    inWork[index] = null;
    return vector;
  }

  /**
   * The sibling's sum, now the caller's to merge; or null, and {@code sum} waits for the sibling.
   */
  private synchronized float[] siblingOrWait(int heapNumber, float[] sum) {
    float[] sibling = inside[heapNumber / 2] ? waiting[heapNumber ^ 1] : null;
    if (sibling == null) {
      waiting[heapNumber] = sum;
    } else {
      waiting[heapNumber ^ 1] = null;
    }
    return sibling;
  }

  private synchronized void release(float[] buffer) {
    free.push(buffer);
  }

  private synchronized void finish(int node) {
    added[indexOf(node)] = true;
    while (lowestMissing < block.to() && added[lowestMissing - block.from()]) {
      lowestMissing++;
    }
    notifyAll();
  }

  private int indexOf(int node) {
    if (!block.contains(node)) {
      throw new IllegalArgumentException(
          "this rank computes the virtual nodes "
              + block.from()
              + " to "
              + (block.to() - 1)
              + ", got "
              + node);
    }
    return node - block.from();
  }
}
