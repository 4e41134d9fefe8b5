package dev.convoy.kernel.vector.direct;

import dev.convoy.concurrent.Worker;
import dev.convoy.kernel.Epilogue;
import dev.convoy.tensor.Tensor;

/** One way to compute the gradient of a convolution's input. */
@FunctionalInterface
interface InputGradient {
  /** Computes this worker's share, which is added to the previous values if {@code add}. */
  void run(
      Worker worker,
      int images,
      Tensor outputGradient,
      float[] weights,
      int filter,
      boolean add,
      Epilogue epilogue,
      Tensor inputGradient);
}
