package dev.convoy.train;

import dev.convoy.collective.Range;
import dev.convoy.collective.Rounding;
import dev.convoy.collective.Subtree;
import dev.convoy.concurrent.Worker;
import dev.convoy.nn.GradientLayout;
import dev.convoy.nn.LayerHooks;
import java.util.ArrayList;
import java.util.List;

/**
 * Computes gradients whose sums are rounded in the tree over the virtual nodes. Kernels add in the
 * tree up to the units, which are never split between ranks; from there on each sum is rounded
 * before it is added to its sibling's, layer by layer while backward goes on.
 *
 * <pre>
 *   node   0   1   2   3   4   5   6   7        units of two nodes
 *          \ /     \ /     \ /     \ /          kernels
 *           r       r       r       r           rounded
 *            \     /         \     /            added here, or between ranks
 *               r               r
 * </pre>
 *
 * <p>Each unit's sum takes a vector of its own; those that are bound, and never run at the same
 * time, share them.
 */
final class RoundedSums implements GradientSource {
  private final GradientSource source;
  private final GradientLayout layout;
  private final Rounding rounding;
  private final int unit;

  /** The sums of all units but the first of each subtree. */
  private final List<float[]> others = new ArrayList<>();

  /**
   * @param layout of the gradients that the source computes
   * @param rounding that no other thread uses
   * @param unit virtual nodes of the lowest sums that are rounded, a power of two
   */
  RoundedSums(GradientSource source, GradientLayout layout, Rounding rounding, int unit) {
    this.source = source;
    this.layout = layout;
    this.rounding = rounding;
    this.unit = unit;
  }

  @Override
  public VirtualNodeGradients bind(
      Range nodes, float[] weights, List<Subtree> subtrees, List<float[]> sums, LayerHooks hooks) {
    List<Subtree> units = new ArrayList<>();
    List<float[]> unitSums = new ArrayList<>();
    List<VectorTree> trees = new ArrayList<>();
    int used = 0;
    for (int i = 0; i < subtrees.size(); i++) {
      Subtree subtree = subtrees.get(i);
      int size = Math.min(unit, subtree.size());
      float[][] leaves = new float[subtree.size() / size][];
      for (int leaf = 0; leaf < leaves.length; leaf++) {
        leaves[leaf] = leaf == 0 ? sums.get(i) : other(used++);
        units.add(new Subtree(subtree.first() + leaf * size, size));
        unitSums.add(leaves[leaf]);
      }
      trees.add(new VectorTree(rounding, subtree.first(), size, leaves));
    }
    VirtualNodeGradients gradients =
        source.bind(
            nodes,
            weights,
            units,
            unitSums,
            new CompletedSums((worker, from, to) -> add(trees, worker, from, to), hooks));
    return (worker, step) -> {
      if (worker.first()) {
        rounding.step(step);
      }
      worker.barrier();
      gradients.compute(worker, step);
    };
  }

  private float[] other(int index) {
    if (index == others.size()) {
      others.add(new float[layout.length()]);
    }
    return others.get(index);
  }

  /** Adds the units' sums of a layer as soon as all are complete. */
  private void add(List<VectorTree> trees, Worker worker, int from, int to) {
    int first = from + worker.from(to - from);
    int end = from + worker.to(to - from);
    int shift = layout.shift(layout.segment(from));
    for (int i = 0; i < trees.size(); i++) {
      trees.get(i).sum(first, end, shift);
    }
  }
}
