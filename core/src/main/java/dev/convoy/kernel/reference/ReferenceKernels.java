package dev.convoy.kernel.reference;

import dev.convoy.kernel.Activation;
import dev.convoy.kernel.Convolution;
import dev.convoy.kernel.ConvolutionGeometry;
import dev.convoy.kernel.FullyConnected;
import dev.convoy.kernel.Kernels;
import dev.convoy.kernel.MaxPooling;
import dev.convoy.kernel.PoolingGeometry;
import dev.convoy.kernel.Subsampling;

/** The scalar implementation. */
public final class ReferenceKernels implements Kernels {
  @Override
  public String name() {
    return "scalar";
  }

  @Override
  public String description() {
    return "plain loops";
  }

  @Override
  public Convolution convolution(ConvolutionGeometry geometry, int images) {
    return new ReferenceConvolution(geometry);
  }

  @Override
  public FullyConnected fullyConnected(int inputs, int outputs, int images) {
    return new ReferenceFullyConnected(inputs, outputs);
  }

  @Override
  public MaxPooling maxPooling(PoolingGeometry geometry, int images) {
    return new ReferenceMaxPooling(geometry, images);
  }

  @Override
  public Subsampling subsampling(PoolingGeometry geometry, int images) {
    return new ReferenceSubsampling(geometry, images);
  }

  @Override
  public Activation rectifier() {
    return new ReferenceRectifier();
  }

  @Override
  public Activation scaledTanh() {
    return new ReferenceScaledTanh();
  }
}
