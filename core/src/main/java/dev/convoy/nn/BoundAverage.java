package dev.convoy.nn;

import dev.convoy.kernel.AveragePoolingKernel;
import dev.convoy.kernel.PoolingGeometry;

/** Average pooling with any window, in a replica. */
record BoundAverage(Binding to, AveragePoolingKernel pooling) implements BoundLayer {
  static BoundAverage of(Binding binding, PoolingGeometry geometry) {
    return new BoundAverage(
        binding, binding.kernels().averagePooling(geometry, binding.workspace()));
  }

  @Override
  public void forward(Pass pass) {
    pooling.forward(pass.worker(), pass.images(), to.input(), to.output());
  }

  @Override
  public void backward(Pass pass) {
    if (to.inputGradient() != null) {
      pooling.backward(
          pass.worker(), pass.images(), to.outputGradient(), to.adds(), to.inputGradient());
    }
  }
}
