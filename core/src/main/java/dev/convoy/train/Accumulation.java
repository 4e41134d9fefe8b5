package dev.convoy.train;

import dev.convoy.collective.Range;
import dev.convoy.collective.Subtree;
import dev.convoy.concurrent.Worker;
import dev.convoy.tensor.PairwiseTree;
import java.util.ArrayList;
import java.util.List;

/**
 * Computes the gradients of more virtual nodes than fit in memory at once, in rounds whose sums are
 * added in the tree over the nodes' numbers. So the result is that of one round, bit for bit.
 *
 * <p>The rounds of a subtree are added like the carries of a binary counter: the sum of a round
 * waits on its level until its sibling's is there.
 *
 * <pre>
 * round    0     1     2     3          sum &lt;- 0, level 0 &lt;- 1, sum += level 0,
 *           \\   /       \\   /           level 0 &lt;- 2, level 1 &lt;- 3, level 0 += level 1,
 *            0+1         2+3            sum += level 0
 * </pre>
 */
public final class Accumulation implements GradientSource {
  private final GradientSource source;
  private final int nodesAtOnce;

  /**
   * @param source can compute {@code nodesAtOnce} virtual nodes
   * @param nodesAtOnce a power of two
   */
  public Accumulation(GradientSource source, int nodesAtOnce) {
    this.source = source;
    this.nodesAtOnce = nodesAtOnce;
  }

  /**
   * Returns how many of a rank's virtual nodes share a forward and a backward pass. Where they take
   * local steps it is one, since each has weights of its own; else they are computed in a number of
   * rounds, and it is a power of two unless it is all of them, because subtrees are cut into
   * subtrees.
   */
  public static int virtualNodesAtOnce(int virtualNodes, int rounds, boolean averages) {
    if (averages) {
      return 1;
    }
    int possible = Math.min(rounds, virtualNodes);
    return possible == 1
        ? virtualNodes
        : Integer.highestOneBit((virtualNodes + possible - 1) / possible);
  }

  @Override
  public VirtualNodeGradients bind(
      Range nodes, float[] weights, List<Subtree> subtrees, List<float[]> sums) {
    List<float[]> levels = new ArrayList<>();
    List<Round> rounds = new ArrayList<>();
    for (int i = 0; i < subtrees.size(); i++) {
      Subtree subtree = subtrees.get(i);
      int size = Math.min(nodesAtOnce, subtree.size());
      for (int round = 0; round < subtree.size() / size; round++) {
        rounds.add(
            round(subtree.first() + round * size, size, round, weights, sums.get(i), levels));
      }
    }
    return (worker, step) -> {
      for (Round round : rounds) {
        round.gradients.compute(worker, step);
        for (Merge merge : round.merges) {
          merge.run(worker);
        }
        // The next round overwrites what is added here.
        worker.barrier();
      }
    };
  }

  /** A round, and what it completes. */
  private record Round(VirtualNodeGradients gradients, List<Merge> merges) {}

  private Round round(
      int first, int size, int round, float[] weights, float[] sum, List<float[]> levels) {
    int depth = PairwiseTree.buffer(round);
    while (levels.size() < depth) {
      levels.add(new float[sum.length]);
    }
    float[] own = buffer(depth, sum, levels);
    VirtualNodeGradients gradients =
        source.bind(
            new Range(first, first + size),
            weights,
            List.of(new Subtree(first, size)),
            List.of(own));
    List<Merge> merges = new ArrayList<>();
    for (int rest = PairwiseTree.merges(round); rest > 0; rest--) {
      merges.add(new Merge(buffer(depth, sum, levels), buffer(depth - 1, sum, levels)));
      depth--;
    }
    return new Round(gradients, merges);
  }

  private static float[] buffer(int depth, float[] sum, List<float[]> levels) {
    return depth == 0 ? sum : levels.get(depth - 1);
  }

  /** Adds a sum to its left sibling's. */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  private record Merge(float[] right, float[] left) {
    void run(Worker worker) {
      int end = worker.to(left.length);
      for (int i = worker.from(left.length); i < end; i++) {
        left[i] += right[i];
      }
    }
  }
}
