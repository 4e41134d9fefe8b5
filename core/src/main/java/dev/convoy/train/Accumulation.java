package dev.convoy.train;

import dev.convoy.collective.Range;
import dev.convoy.collective.Rounding;
import dev.convoy.collective.Subtree;
import dev.convoy.concurrent.Worker;
import dev.convoy.nn.LayerHooks;
import dev.convoy.tensor.PairwiseTree;
import java.util.ArrayList;
import java.util.List;

/**
 * Computes the gradients of more virtual nodes than fit in memory at once, in rounds whose sums are
 * added in the tree over the nodes' numbers. So the result is that of one round, bit for bit. The
 * sums are whole gradients, in the order of the flat vector.
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
  private final Rounding rounding;

  /**
   * @param source can compute {@code nodesAtOnce} virtual nodes, and rounds their sums
   * @param nodesAtOnce a power of two
   * @param rounding of the sums of rounds; its step is the source's to set
   */
  public Accumulation(GradientSource source, int nodesAtOnce, Rounding rounding) {
    this.source = source;
    this.nodesAtOnce = nodesAtOnce;
    this.rounding = rounding;
  }

  /**
   * Returns how many of a rank's virtual nodes share a forward and a backward pass if they are
   * computed in a number of rounds: a power of two unless it is all of them, because subtrees are
   * cut into subtrees.
   */
  public static int virtualNodesAtOnce(int virtualNodes, int rounds) {
    int possible = Math.min(rounds, virtualNodes);
    return possible == 1
        ? virtualNodes
        : Integer.highestOneBit((virtualNodes + possible - 1) / possible);
  }

  @Override
  public VirtualNodeGradients bind(
      Range nodes, float[] weights, List<Subtree> subtrees, List<float[]> sums, LayerHooks hooks) {
    List<float[]> levels = new ArrayList<>();
    List<Round> rounds = new ArrayList<>();
    for (int i = 0; i < subtrees.size(); i++) {
      Subtree subtree = subtrees.get(i);
      int size = Math.min(nodesAtOnce, subtree.size());
      int count = subtree.size() / size;
      for (int round = 0; round < count; round++) {
        float[] sum = buffer(PairwiseTree.buffer(round), sums.get(i), levels);
        int first = subtree.first() + round * size;
        List<Merge> merges = merges(round, new Subtree(first, size), sums.get(i), levels, rounding);
        boolean last = i == subtrees.size() - 1 && round == count - 1;
        VirtualNodeGradients gradients =
            source.bind(
                new Range(first, first + size),
                weights,
                List.of(new Subtree(first, size)),
                List.of(sum),
                last ? lastRound(merges, hooks) : new EarlierRound(hooks));
        rounds.add(new Round(gradients, last ? List.of() : merges));
      }
    }
    return (worker, step) -> {
      for (Round round : rounds) {
        round.gradients.compute(worker, step);
        for (Merge merge : round.merges) {
          merge.run(worker, 0, weights.length);
        }
        // The next round overwrites what is added here.
        worker.barrier();
      }
    };
  }

  /** A round, and what it completes. */
  private record Round(VirtualNodeGradients gradients, List<Merge> merges) {}

  /** Passes on that weights are needed, but not that gradients are complete: they are not. */
  private record EarlierRound(LayerHooks hooks) implements LayerHooks {
    @Override
    public void beforeForward(Worker worker, int end) {
      hooks.beforeForward(worker, end);
    }
  }

  private static CompletedSums lastRound(List<Merge> merges, LayerHooks hooks) {
    return new CompletedSums(
        (worker, from, to) -> {
          for (int i = 0; i < merges.size(); i++) {
            merges.get(i).run(worker, from, to);
          }
        },
        hooks);
  }

  /** Returns what is added after a round, in this order. */
  private static List<Merge> merges(
      int round, Subtree nodes, float[] sum, List<float[]> levels, Rounding rounding) {
    List<Merge> merges = new ArrayList<>();
    int depth = PairwiseTree.buffer(round);
    int size = nodes.size();
    int end = nodes.first() + size;
    for (int rest = PairwiseTree.merges(round); rest > 0; rest--) {
      size *= 2;
      merges.add(
          new Merge(
              buffer(depth, sum, levels),
              buffer(depth - 1, sum, levels),
              new Subtree(end - size, size),
              rounding));
      depth--;
    }
    return merges;
  }

  /** Returns the buffer of a level: the sum itself for 0, else one that waits for its sibling. */
  private static float[] buffer(int depth, float[] sum, List<float[]> levels) {
    while (levels.size() < depth) {
      levels.add(new float[sum.length]);
    }
    return depth == 0 ? sum : levels.get(depth - 1);
  }

  /** Adds a sum to its left sibling's, which completes the sum of a subtree. */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  private record Merge(float[] right, float[] left, Subtree sum, Rounding rounding) {
    void run(Worker worker, int from, int to) {
      int begin = from + worker.from(to - from);
      int end = from + worker.to(to - from);
      for (int i = begin; i < end; i++) {
        left[i] += right[i];
      }
      rounding.round(left, begin, end - begin, begin, sum.first(), sum.size());
    }
  }
}
