package dev.convoy.kernel.vector.direct;

import dev.convoy.concurrent.Worker;
import dev.convoy.kernel.Epilogue;
import dev.convoy.tensor.Tensor;

/** One way to compute a convolution's output. */
@FunctionalInterface
interface ForwardPass {
  /** Computes this worker's share. A negative {@code bias} means that there is none. */
  void run(
      Worker worker,
      int images,
      Tensor input,
      float[] weights,
      int filter,
      int bias,
      Epilogue epilogue,
      Tensor output);
}
