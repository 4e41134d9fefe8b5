package dev.convoy.kernel.vector.direct;

import dev.convoy.concurrent.Worker;
import dev.convoy.kernel.VirtualNodeTree;
import dev.convoy.tensor.Tensor;

/** One way to compute the gradient of a convolution's filter. */
@FunctionalInterface
interface WeightGradient {
  /** Computes this worker's share; {@code gradients} are overwritten from {@code filter} on. */
  void run(
      Worker worker,
      VirtualNodeTree tree,
      Tensor input,
      Tensor outputGradient,
      float[] gradients,
      int filter);
}
