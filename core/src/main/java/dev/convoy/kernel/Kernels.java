package dev.convoy.kernel;

import dev.convoy.tensor.Shape;

/** An implementation of all kernels. Each kernel that it makes belongs to one replica. */
public interface Kernels {
  /** Returns the name in {@code kernel.implementation}. */
  String name();

  /** Returns a description for the log, such as the width of vectors. */
  String description();

  /** Returns whether {@code kernel.winograd} allows Winograd's convolutions. */
  boolean winograd();

  /** Makes a convolution that uses one algorithm in all passes. */
  ConvolutionKernel convolution(
      ConvolutionAlgorithm algorithm, ConvolutionGeometry geometry, Workspace workspace);

  /**
   * Makes a convolution that uses the {@link ConvolutionAlgorithm}s that its geometry and {@code
   * kernel.winograd} choose.
   */
  default ConvolutionKernel convolution(ConvolutionGeometry geometry, Workspace workspace) {
    ConvolutionAlgorithm passes = ConvolutionAlgorithm.of(geometry, winograd());
    ConvolutionAlgorithm weights = ConvolutionAlgorithm.ofWeightGradient(geometry, winograd());
    ConvolutionKernel convolution = convolution(passes, geometry, workspace);
    return weights == passes
        ? convolution
        : new MixedConvolution(convolution, convolution(weights, geometry, workspace));
  }

  /** Makes the products of a fully connected layer; {@code inFeatures} is a multiple of 16. */
  FullyConnectedKernel fullyConnected(int inFeatures, int outFeatures, Workspace workspace);

  /** Makes max pooling. */
  MaxPoolingKernel maxPooling(PoolingGeometry geometry, Workspace workspace);

  /** Makes average pooling; the geometry has no padding. */
  AveragePoolingKernel averagePooling(PoolingGeometry geometry, Workspace workspace);

  /** Makes local response normalization of activations of this shape. */
  ResponseNormalizationKernel responseNormalization(
      Shape shape, ResponseNormalizationKernel.Constants constants, Workspace workspace);

  /** Makes trainable subsampling; the geometry has no padding. */
  SubsamplingKernel subsampling(PoolingGeometry geometry, Workspace workspace);

  /** Makes batch normalization of activations of this shape, with ReLU or without. */
  BatchNormalizationKernel batchNormalization(
      Shape shape, float epsilon, boolean relu, Workspace workspace);

  /** Makes the addition of activations of this shape, with ReLU or without. */
  AdditionKernel addition(Shape shape, boolean relu);

  /** Makes ReLU, max(x, 0) (Nair and Hinton 2010). */
  ActivationKernel relu();

  /** Makes the squashing function of LeNet-5, 1.7159 tanh(2x/3) (LeCun et al. 1998, equation 6). */
  ActivationKernel scaledTanh();

  /** Makes the loop that measures the machine's peak arithmetic. */
  PeakLoop peak();
}
