package dev.convoy.kernel.vector;

import dev.convoy.kernel.Activation;
import dev.convoy.kernel.Addition;
import dev.convoy.kernel.AveragePooling;
import dev.convoy.kernel.BatchNormalization;
import dev.convoy.kernel.BiasGradient;
import dev.convoy.kernel.Convolution;
import dev.convoy.kernel.ConvolutionAlgorithm;
import dev.convoy.kernel.ConvolutionGeometry;
import dev.convoy.kernel.FullyConnected;
import dev.convoy.kernel.Kernels;
import dev.convoy.kernel.MaxPooling;
import dev.convoy.kernel.PeakLoop;
import dev.convoy.kernel.PoolingGeometry;
import dev.convoy.kernel.ResponseNormalization;
import dev.convoy.kernel.Subsampling;
import dev.convoy.kernel.Workspace;
import dev.convoy.kernel.reference.ReferenceKernels;
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
    return new VectorMaxPooling(geometry, workspace);
  }

  @Override
  public AveragePooling averagePooling(PoolingGeometry geometry, Workspace workspace) {
    return new VectorAveragePooling(geometry);
  }

  /** Scalar for windows of other sizes, which no network of the literature has. */
  @Override
  public ResponseNormalization responseNormalization(
      Shape shape, ResponseNormalization.Constants constants, Workspace workspace) {
    return constants.size() == VectorResponseNormalization.SIZE
        ? new VectorResponseNormalization(shape, constants, workspace)
        : scalar.responseNormalization(shape, constants, workspace);
  }

  @Override
  public Subsampling subsampling(PoolingGeometry geometry, Workspace workspace) {
    return new VectorSubsampling(geometry, workspace);
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

  @Override
  public Activation scaledTanh() {
    return new VectorScaledTanh();
  }

  @Override
  public PeakLoop peak() {
    return new VectorPeakLoop();
  }
}
