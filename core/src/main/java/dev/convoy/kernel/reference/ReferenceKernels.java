package dev.convoy.kernel.reference;

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
import dev.convoy.tensor.Shape;

/** The scalar implementation. */
public final class ReferenceKernels implements Kernels {
  private final boolean winograd;

  /** With Winograd's convolutions. */
  public ReferenceKernels() {
    this(true);
  }

  /** With Winograd's convolutions, or without. */
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
  public Convolution convolution(
      ConvolutionAlgorithm algorithm, ConvolutionGeometry geometry, Workspace workspace) {
    return switch (algorithm) {
      case DIRECT -> new ReferenceConvolution(geometry);
      case WINOGRAD -> new ReferenceWinogradConvolution(geometry);
    };
  }

  @Override
  public FullyConnected fullyConnected(int inputs, int outputs, Workspace workspace) {
    return new ReferenceFullyConnected(inputs, outputs);
  }

  @Override
  public BiasGradient biasGradient(Shape output, Workspace workspace) {
    return new ReferenceBiasGradient(output);
  }

  @Override
  public MaxPooling maxPooling(PoolingGeometry geometry, Workspace workspace) {
    return new ReferenceMaxPooling(geometry, workspace.images());
  }

  @Override
  public AveragePooling averagePooling(PoolingGeometry geometry, Workspace workspace) {
    return new ReferenceAveragePooling(geometry);
  }

  @Override
  public ResponseNormalization responseNormalization(
      Shape shape, ResponseNormalization.Constants constants, Workspace workspace) {
    return new ReferenceResponseNormalization(shape, constants);
  }

  @Override
  public Subsampling subsampling(PoolingGeometry geometry, Workspace workspace) {
    return new ReferenceSubsampling(geometry, workspace.images());
  }

  @Override
  public BatchNormalization batchNormalization(
      Shape shape, float epsilon, boolean rectified, Workspace workspace) {
    return new ReferenceBatchNormalization(shape, epsilon, rectified, workspace);
  }

  @Override
  public Addition addition(Shape shape, boolean rectified) {
    return new ReferenceAddition(shape, rectified);
  }

  @Override
  public Activation rectifier() {
    return new ReferenceRectifier();
  }

  @Override
  public Activation scaledTanh() {
    return new ReferenceScaledTanh();
  }

  @Override
  public PeakLoop peak() {
    return new ReferencePeakLoop();
  }
}
