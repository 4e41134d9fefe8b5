package dev.convoy.train;

import dev.convoy.nn.GradientLayout;
import dev.convoy.nn.Network;
import dev.convoy.optim.Optimizer;

/**
 * Says of which gradients an executor keeps the whole vector. It does where something reads a
 * gradient after backward has gone on:
 *
 * <ul>
 *   <li>an optimizer that needs norms of whole layers, such as LARS;
 *   <li>{@link Accumulation}, whose rounds add up whole gradients;
 *   <li>an exchange between several ranks that waits for the end of backward.
 * </ul>
 *
 * <p>Where the optimizer updates each layer as soon as its gradient is complete ({@link
 * SingleRank}, {@link Averaging}), the layers' gradients overwrite each other.
 */
public final class GradientLayouts {
  private GradientLayouts() {}

  /**
   * Returns the layout for gradients that this executor's own workers turn into an update, layer by
   * layer.
   *
   * @param rounds whether the virtual nodes are computed in several rounds
   */
  public static GradientLayout ofOwnUpdate(Network network, Optimizer optimizer, boolean rounds) {
    int length = network.vectorLength();
    return rounds || optimizer.sumsBefore(length) > 0
        ? GradientLayout.whole(length)
        : GradientLayout.shortest(network);
  }
}
