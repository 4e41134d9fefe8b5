package dev.convoy.kernel.vector;

import dev.convoy.kernel.Activation;
import dev.convoy.kernel.Addition;
import dev.convoy.kernel.BatchNormalization;
import dev.convoy.kernel.BiasGradient;
import dev.convoy.kernel.Convolution;
import dev.convoy.kernel.ConvolutionAlgorithm;
import dev.convoy.kernel.ConvolutionGeometry;
import dev.convoy.kernel.FullyConnected;
import dev.convoy.kernel.Kernels;
import dev.convoy.kernel.MaxPooling;
import dev.convoy.kernel.PoolingGeometry;
import dev.convoy.kernel.Subsampling;
import dev.convoy.kernel.Workspace;
import dev.convoy.kernel.reference.ReferenceKernels;
import dev.convoy.kernel.reference.ReferenceScaledTanh;
import dev.convoy.tensor.Shape;

/** The Vector API implementation; found by name, see {@code KernelChoice}. */
public final class VectorKernels implements Kernels {
  private final Kernels scalar = new ReferenceKernels();
  private final boolean winograd;

  /** With Winograd's convolutions, or without. */
  public VectorKernels(boolean winograd) {
    this.winograd = winograd;
  }

  @Override
  public String name() {
    return "vector";
  }

  @Override
  public String description() {
    return Lanes.SPECIES.vectorBitSize() + "-bit vectors";
  }

  @Override
  public boolean winograd() {
    return winograd;
  }

  @Override
  public Convolution convolution(
      ConvolutionAlgorithm algorithm, ConvolutionGeometry geometry, Workspace workspace) {
    return switch (algorithm) {
      case DIRECT ->
          new VectorConvolution(geometry, workspace, biasGradient(geometry.output(), workspace));
      case WINOGRAD ->
          new VectorWinogradConvolution(
              geometry, workspace, biasGradient(geometry.output(), workspace));
    };
  }

  @Override
  public FullyConnected fullyConnected(int inputs, int outputs, Workspace workspace) {
    return new VectorFullyConnected(inputs, outputs, workspace);
  }

  @Override
  public BiasGradient biasGradient(Shape output, Workspace workspace) {
    return new VectorBiasGradient(output, workspace.workers());
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
  public BatchNormalization batchNormalization(
      Shape shape, float epsilon, boolean rectified, Workspace workspace) {
    return new VectorBatchNormalization(shape, epsilon, rectified, workspace);
  }

  @Override
  public Addition addition(Shape shape, boolean rectified) {
    return new VectorAddition(shape, rectified);
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
