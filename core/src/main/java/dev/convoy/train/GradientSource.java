package dev.convoy.train;

import dev.convoy.collective.Range;
import dev.convoy.collective.Subtree;
import dev.convoy.nn.GradientLayout;
import dev.convoy.nn.LayerHooks;
import java.util.List;

/** Computes the gradients for a {@link Synchronization}. */
@FunctionalInterface
public interface GradientSource {
  /**
   * Prepares to compute gradients, once for each set of weights.
   *
   * @param nodes which of this executor's virtual nodes are computed
   * @param weights the flat vector that they are computed with
   * @param subtrees of the tree over the virtual nodes; together they are {@code nodes}
   * @param sums for each subtree the array that gets the sum of its nodes' gradients, which lie in
   *     it as the source's {@link GradientLayout} says
   * @param hooks between the layers; the gradients that {@link LayerHooks#afterBackward} names are
   *     those in all of {@code sums}
   */
  VirtualNodeGradients bind(
      Range nodes, float[] weights, List<Subtree> subtrees, List<float[]> sums, LayerHooks hooks);
}
