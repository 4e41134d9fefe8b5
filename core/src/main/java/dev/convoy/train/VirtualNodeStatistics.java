package dev.convoy.train;

import dev.convoy.collective.Collective;
import dev.convoy.collective.Range;
import dev.convoy.metrics.TopK;
import dev.convoy.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The loss and the top-1 and top-5 accuracy of every virtual node's microbatches. A node has {@code
 * rounds} entries, and adds to each in the order of its microbatches; entries are added up in the
 * order of rounds and nodes, whichever ranks compute the nodes.
 *
 * <pre>
 * values: [node][round] { sum of losses, top-1 correct, top-5 correct, images }
 * </pre>
 *
 * <p>Counts are floats, exact up to 2^24.
 *
 * @param nodes how many virtual nodes there are
 * @param rounds how many entries each has
 * @param values the entries of all, changed in place
 */
public record VirtualNodeStatistics(int nodes, int rounds, float[] values) {
  private static final int FIELDS = 4;

  /** Creates statistics without any images. */
  public VirtualNodeStatistics(int nodes, int rounds) {
    this(nodes, rounds, new float[Math.multiplyExact(nodes, rounds) * FIELDS]);
  }

  /**
   * Adds one more microbatch.
   *
   * @param loss mean over its images
   */
  public void record(int node, int round, float loss, int images, Tensor logits, int[] labels) {
    int at = (node * rounds + round) * FIELDS;
    values[at] += loss * images;
    values[at + 1] += TopK.correct(images, logits, labels, 1);
    values[at + 2] += TopK.correct(images, logits, labels, 5);
    values[at + 3] += images;
  }

  /** Sets all entries to zero. */
  public void reset() {
    Arrays.fill(values, 0f);
  }

  /** Gives every executor the entries of all. */
  public void gather(Collective collective) {
    List<Range> ranges = new ArrayList<>();
    for (int rank = 0; rank < collective.ranks(); rank++) {
      Range block = collective.virtualNodes().block(rank);
      ranges.add(new Range(block.from() * rounds * FIELDS, block.to() * rounds * FIELDS));
    }
    collective.allGather(values, ranges);
  }

  /** Adds up all entries. */
  public Score total() {
    Score total = Score.NONE;
    for (int round = 0; round < rounds; round++) {
      for (int node = 0; node < nodes; node++) {
        int at = (node * rounds + round) * FIELDS;
        total = total.plus(values[at], values[at + 1], values[at + 2], values[at + 3]);
      }
    }
    return total;
  }

  /** Copies the entries of the nodes from {@code from} to {@code to} out of another's. */
  public void take(VirtualNodeStatistics other, int from, int to) {
    int at = from * rounds * FIELDS;
    System.arraycopy(other.values, at, values, at, (to - from) * rounds * FIELDS);
  }
}
