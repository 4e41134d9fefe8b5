package dev.convoy.kernel.vector;

import dev.convoy.kernel.Activation;
import dev.convoy.kernel.BiasGradient;
import dev.convoy.kernel.Convolution;
import dev.convoy.kernel.ConvolutionGeometry;
import dev.convoy.kernel.FullyConnected;
import dev.convoy.kernel.Kernels;
import dev.convoy.kernel.MaxPooling;
import dev.convoy.kernel.PeakLoop;
import dev.convoy.kernel.PoolingGeometry;
import dev.convoy.kernel.Subsampling;
import dev.convoy.kernel.Workspace;
import dev.convoy.kernel.reference.ReferenceKernels;
import dev.convoy.kernel.reference.ReferenceScaledTanh;
import dev.convoy.tensor.Shape;

/** The Vector API implementation; found by name, see {@code KernelChoice}. */
public final class VectorKernels implements Kernels {
  private final Kernels scalar = new ReferenceKernels();

  @Override
  public String name() {
    return "vector";
  }

  @Override
  public String description() {
    return Lanes.SPECIES.vectorBitSize() + "-bit vectors";
  }

  @Override
  public Convolution convolution(ConvolutionGeometry geometry, Workspace workspace) {
    return scalar.convolution(geometry, workspace);
  }

  @Override
  public FullyConnected fullyConnected(int inputs, int outputs, Workspace workspace) {
    return scalar.fullyConnected(inputs, outputs, workspace);
  }

  @Override
  public BiasGradient biasGradient(Shape output, Workspace workspace) {
    return scalar.biasGradient(output, workspace);
  }

  @Override
  public MaxPooling maxPooling(PoolingGeometry geometry, Workspace workspace) {
    return scalar.maxPooling(geometry, workspace);
  }

  @Override
  public Subsampling subsampling(PoolingGeometry geometry, Workspace workspace) {
    return scalar.subsampling(geometry, workspace);
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

  @Override
  public PeakLoop peak() {
    return new VectorPeakLoop();
  }
}
