package dev.convoy.kernel.vector;

import dev.convoy.kernel.Activation;
import dev.convoy.kernel.Convolution;
import dev.convoy.kernel.ConvolutionGeometry;
import dev.convoy.kernel.FullyConnected;
import dev.convoy.kernel.Kernels;
import dev.convoy.kernel.MaxPooling;
import dev.convoy.kernel.PoolingGeometry;
import dev.convoy.kernel.Subsampling;
import dev.convoy.kernel.reference.ReferenceScaledTanh;

/** The Vector API implementation; found by name, see {@code KernelChoice}. */
public final class VectorKernels implements Kernels {
  @Override
  public String name() {
    return "vector";
  }

  @Override
  public String description() {
    return Lanes.SPECIES.vectorBitSize() + "-bit vectors";
  }

  @Override
  public Convolution convolution(ConvolutionGeometry geometry, int images) {
    return new VectorConvolution(geometry, images);
  }

  @Override
  public FullyConnected fullyConnected(int inputs, int outputs, int images) {
    return new VectorFullyConnected(inputs, outputs, images);
  }

  @Override
  public MaxPooling maxPooling(PoolingGeometry geometry, int images) {
    return new VectorMaxPooling(geometry, images);
  }

  @Override
  public Subsampling subsampling(PoolingGeometry geometry, int images) {
    return new VectorSubsampling(geometry, images);
  }

  @Override
  public Activation rectifier() {
    return new VectorRectifier();
  }

  /** The scalar one: it is bound by its division, and only the network of 1998 uses it. */
  @Override
  public Activation scaledTanh() {
    return new ReferenceScaledTanh();
  }
}
