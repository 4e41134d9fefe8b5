package dev.convoy.kernel;

import dev.convoy.tensor.Shape;

/** One implementation of all kernel families. What it makes belongs to one replica. */
public interface Kernels {
  /** The name in {@code kernel.implementation}. */
  String name();

  /** What a log should say of it: the vector's width, for example. */
  String description();

  /** Whether {@code kernel.winograd} allows Winograd's convolutions. */
  boolean winograd();

  /** By that algorithm in all passes. */
  ConvolutionKernel convolution(
      ConvolutionAlgorithm algorithm, ConvolutionGeometry geometry, Workspace workspace);

  /** By the {@link ConvolutionAlgorithm}s that its geometry and {@code kernel.winograd} choose. */
  default ConvolutionKernel convolution(ConvolutionGeometry geometry, Workspace workspace) {
    ConvolutionAlgorithm passes = ConvolutionAlgorithm.of(geometry, winograd());
    ConvolutionAlgorithm weights = ConvolutionAlgorithm.ofWeightGradient(geometry, winograd());
    ConvolutionKernel convolution = convolution(passes, geometry, workspace);
    return weights == passes
        ? convolution
        : new MixedConvolution(convolution, convolution(weights, geometry, workspace));
  }

  /** {@code inputs} is a multiple of 16. */
  FullyConnectedKernel fullyConnected(int inputs, int outputs, Workspace workspace);

  /** The gradient of the bias of outputs of this shape. */
  BiasGradientKernel biasGradient(Shape output, Workspace workspace);

  /** Max pooling. */
  MaxPoolingKernel maxPooling(PoolingGeometry geometry, Workspace workspace);

  /** Average pooling; the geometry has no padding. */
  AveragePoolingKernel averagePooling(PoolingGeometry geometry, Workspace workspace);

  /** Local response normalization of activations of this shape. */
  ResponseNormalizationKernel responseNormalization(
      Shape shape, ResponseNormalizationKernel.Constants constants, Workspace workspace);

  /** Trainable subsampling; the geometry has no padding. */
  SubsamplingKernel subsampling(PoolingGeometry geometry, Workspace workspace);

  /** Batch normalization of activations of this shape, with ReLU or without. */
  BatchNormalizationKernel batchNormalization(
      Shape shape, float epsilon, boolean relu, Workspace workspace);

  /** Addition of activations of this shape, with ReLU or without. */
  AdditionKernel addition(Shape shape, boolean relu);

  /** The rectifier, max(x, 0) (Nair and Hinton 2010). */
  ActivationKernel rectifier();

  /** The squashing function of LeNet-5, 1.7159 tanh(2x/3) (LeCun et al. 1998, equation 6). */
  ActivationKernel scaledTanh();

  /** What the machine's arithmetic could do at most. */
  PeakLoop peak();
}
