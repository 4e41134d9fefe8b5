package dev.convoy.tensor;

/**
 * The order in which sums over virtual nodes are added, everywhere: the balanced binary tree over
 * the nodes' numbers. The leaves' number is a power of two; siblings are added {@code left +
 * right}.
 *
 * <pre>
 * leaf   0   1   2   3   4   5   6   7
 *        \ /     \ /     \ /     \ /
 *        0+1     2+3     4+5     6+7
 *          \     /         \     /
 *          (0+1)+(2+3)     (4+5)+(6+7)
 *                  \       /
 *                    total
 * </pre>
 *
 * <p>A subtree's sum depends on its leaves alone, so the total's bits are the same however the
 * leaves are shared among workers, executors and rounds. There are three ways to add in this order:
 *
 * <ul>
 *   <li>{@link #sum}: returns the total of values that are all in memory.
 *   <li>In place: {@code leaves - 1} additions, the i-th of {@link #right} to {@link #left}; the
 *       total is where leaf 0 was.
 *   <li>Running, with {@link #buffers} buffers and one leaf at a time: leaf i goes to buffer {@link
 *       #buffer}, then the two topmost buffers are added {@link #merges} times. It is a binary
 *       counter: each buffer waits for its sibling. The total is in buffer 0.
 * </ul>
 *
 * <p>Nothing here allocates.
 */
public final class PairwiseTree {
  /** The value of a leaf. */
  @FunctionalInterface
  public interface Leaf {
    /** Returns the value of leaf {@code number}. */
    float value(int number);
  }

  private PairwiseTree() {}

  /** Returns the sum of the leaves from 0 on. */
  public static float sum(int leaves, Leaf leaf) {
    return sum(0, leaves, leaf);
  }

  private static float sum(int first, int leaves, Leaf leaf) {
    if (leaves == 1) {
      return leaf.value(first);
    }
    int half = leaves / 2;
    return sum(first, half, leaf) + sum(first + half, half, leaf);
  }

  /** Returns the sum of leaves of which the i-th is {@code values[at + i * step]}. */
  public static float sum(float[] values, int at, int step, int leaves) {
    if (leaves == 1) {
      return values[at];
    }
    int half = leaves / 2;
    return sum(values, at, step, half) + sum(values, at + half * step, step, half);
  }

  /** Returns the left operand, which becomes the sum, of an addition in place. */
  public static int left(int addition, int leaves) {
    return (addition - leaves + remaining(addition, leaves)) * 2 * distance(addition, leaves);
  }

  /** Returns the right operand of an addition in place. */
  public static int right(int addition, int leaves) {
    return left(addition, leaves) + distance(addition, leaves);
  }

  /**
   * Returns how many sums remain when the additions on this one's level begin: first all leaves,
   * then half as many on each level.
   */
  private static int remaining(int addition, int leaves) {
    int atLeast = leaves - addition;
    int power = Integer.highestOneBit(atLeast);
    return power == atLeast ? power : 2 * power;
  }

  private static int distance(int addition, int leaves) {
    return leaves / remaining(addition, leaves);
  }

  /** Returns how many buffers a running sum of up to so many leaves needs. */
  public static int buffers(int leaves) {
    return Integer.SIZE - Integer.numberOfLeadingZeros(leaves);
  }

  /** Returns the buffer of a running sum that {@code leaf} goes to. */
  public static int buffer(int leaf) {
    return Integer.bitCount(leaf);
  }

  /** Returns how often the two topmost buffers are added once {@code leaf} is there. */
  public static int merges(int leaf) {
    return Integer.numberOfTrailingZeros(~leaf);
  }
}
