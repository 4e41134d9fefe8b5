package dev.convoy.kernel.vector;

import dev.convoy.kernel.ActivationKernel;
import dev.convoy.kernel.AdditionKernel;
import dev.convoy.kernel.AveragePoolingKernel;
import dev.convoy.kernel.BatchNormalizationKernel;
import dev.convoy.kernel.BiasGradientKernel;
import dev.convoy.kernel.ConvolutionAlgorithm;
import dev.convoy.kernel.ConvolutionGeometry;
import dev.convoy.kernel.ConvolutionKernel;
import dev.convoy.kernel.FullyConnectedKernel;
import dev.convoy.kernel.Kernels;
import dev.convoy.kernel.MaxPoolingKernel;
import dev.convoy.kernel.PeakLoop;
import dev.convoy.kernel.PoolingGeometry;
import dev.convoy.kernel.ResponseNormalizationKernel;
import dev.convoy.kernel.SubsamplingKernel;
import dev.convoy.kernel.Workspace;
import dev.convoy.kernel.reference.ReferenceKernels;
import dev.convoy.kernel.vector.dense.VectorFullyConnected;
import dev.convoy.kernel.vector.direct.VectorConvolution;
import dev.convoy.kernel.vector.elementwise.VectorAddition;
import dev.convoy.kernel.vector.elementwise.VectorBiasGradient;
import dev.convoy.kernel.vector.elementwise.VectorRelu;
import dev.convoy.kernel.vector.elementwise.VectorScaledTanh;
import dev.convoy.kernel.vector.lanes.Lanes;
import dev.convoy.kernel.vector.normalization.VectorBatchNormalization;
import dev.convoy.kernel.vector.normalization.VectorResponseNormalization;
import dev.convoy.kernel.vector.pooling.VectorAveragePooling;
import dev.convoy.kernel.vector.pooling.VectorMaxPooling;
import dev.convoy.kernel.vector.pooling.VectorSubsampling;
import dev.convoy.kernel.vector.winograd.VectorWinogradConvolution;
import dev.convoy.tensor.Shape;

/** The Vector API implementation, which {@code KernelChoice} loads by name. */
public final class VectorKernels implements Kernels {
  private final Kernels scalar = new ReferenceKernels();
  private final boolean winograd;

  /** Makes kernels with Winograd's convolutions, or without. */
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
  public ConvolutionKernel convolution(
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
  public FullyConnectedKernel fullyConnected(int inFeatures, int outFeatures, Workspace workspace) {
    return new VectorFullyConnected(inFeatures, outFeatures, workspace);
  }

  private static BiasGradientKernel biasGradient(Shape output, Workspace workspace) {
    return new VectorBiasGradient(output, workspace.workers());
  }

  @Override
  public MaxPoolingKernel maxPooling(PoolingGeometry geometry, Workspace workspace) {
    return new VectorMaxPooling(geometry, workspace);
  }

  @Override
  public AveragePoolingKernel averagePooling(PoolingGeometry geometry, Workspace workspace) {
    return new VectorAveragePooling(geometry);
  }

  /** Makes the scalar kernel for windows of another size, which no published network has. */
  @Override
  public ResponseNormalizationKernel responseNormalization(
      Shape shape, ResponseNormalizationKernel.Constants constants, Workspace workspace) {
    return constants.size() == VectorResponseNormalization.SIZE
        ? new VectorResponseNormalization(shape, constants, workspace)
        : scalar.responseNormalization(shape, constants, workspace);
  }

  @Override
  public SubsamplingKernel subsampling(PoolingGeometry geometry, Workspace workspace) {
    return new VectorSubsampling(geometry, workspace);
  }

  @Override
  public BatchNormalizationKernel batchNormalization(
      Shape shape, float epsilon, boolean relu, Workspace workspace) {
    return new VectorBatchNormalization(shape, epsilon, relu, workspace);
  }

  @Override
  public AdditionKernel addition(Shape shape, boolean relu) {
    return new VectorAddition(shape, relu);
  }

  @Override
  public ActivationKernel relu() {
    return new VectorRelu();
  }

  @Override
  public ActivationKernel scaledTanh() {
    return new VectorScaledTanh();
  }

  @Override
  public PeakLoop peak() {
    return new VectorPeakLoop();
  }
}
