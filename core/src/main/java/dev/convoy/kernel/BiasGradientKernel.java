package dev.convoy.kernel;

import dev.convoy.concurrent.Worker;
import dev.convoy.tensor.Tensor;

/** The gradient of a layer's bias: the sum of its output's gradient over all pixels. */
public interface BiasGradientKernel {
  /**
   * Computes {@code gradients[bias+o] = sum over (n,y,x) of outputGradient[n,y,x,o]}: for each
   * virtual node one chain of additions over each of its {@link RowBands}, beginning with +0, and
   * one over the bands' sums; then the nodes' sums in the tree. Overwrites.
   */
  void of(Worker worker, VirtualNodeTree tree, Tensor outputGradient, float[] gradients, int bias);
}
