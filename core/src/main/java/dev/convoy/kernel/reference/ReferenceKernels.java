package dev.convoy.kernel.reference;

import dev.convoy.kernel.ActivationKernel;
import dev.convoy.kernel.AdditionKernel;
import dev.convoy.kernel.AveragePoolingKernel;
import dev.convoy.kernel.BatchNormalizationKernel;
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
import dev.convoy.tensor.Shape;

/** The scalar implementation. */
public final class ReferenceKernels implements Kernels {
  private final boolean winograd;

  /** Makes kernels with Winograd's convolutions. */
  public ReferenceKernels() {
    this(true);
  }

  /** Makes kernels with Winograd's convolutions, or without. */
  public ReferenceKernels(boolean winograd) {
    this.winograd = winograd;
  }

  @Override
  public String name() {
    return "scalar";
  }

  @Override
  public String description() {
    return "plain loops";
  }

  @Override
  public boolean winograd() {
    return winograd;
  }

  @Override
  public ConvolutionKernel convolution(
      ConvolutionAlgorithm algorithm, ConvolutionGeometry geometry, Workspace workspace) {
    return switch (algorithm) {
      case DIRECT -> new ReferenceConvolution(geometry);
      case WINOGRAD -> new ReferenceWinogradConvolution(geometry);
    };
  }

  @Override
  public FullyConnectedKernel fullyConnected(int inFeatures, int outFeatures, Workspace workspace) {
    return new ReferenceFullyConnected(inFeatures, outFeatures);
  }

  @Override
  public MaxPoolingKernel maxPooling(PoolingGeometry geometry, Workspace workspace) {
    return new ReferenceMaxPooling(geometry, workspace.images());
  }

  @Override
  public AveragePoolingKernel averagePooling(PoolingGeometry geometry, Workspace workspace) {
    return new ReferenceAveragePooling(geometry);
  }

  @Override
  public ResponseNormalizationKernel responseNormalization(
      Shape shape, ResponseNormalizationKernel.Constants constants, Workspace workspace) {
    return new ReferenceResponseNormalization(shape, constants);
  }

  @Override
  public SubsamplingKernel subsampling(PoolingGeometry geometry, Workspace workspace) {
    return new ReferenceSubsampling(geometry, workspace.images());
  }

  @Override
  public BatchNormalizationKernel batchNormalization(
      Shape shape, float epsilon, boolean relu, Workspace workspace) {
    return new ReferenceBatchNormalization(shape, epsilon, relu, workspace);
  }

  @Override
  public AdditionKernel addition(Shape shape, boolean relu) {
    return new ReferenceAddition(shape, relu);
  }

  @Override
  public ActivationKernel relu() {
    return new ReferenceRelu();
  }

  @Override
  public ActivationKernel scaledTanh() {
    return new ReferenceScaledTanh();
  }

  @Override
  public PeakLoop peak() {
    return new ReferencePeakLoop();
  }
}
