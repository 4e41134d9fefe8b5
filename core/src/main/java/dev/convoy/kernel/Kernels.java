package dev.convoy.kernel;

/** One implementation of all kernel families. What it makes belongs to one worker. */
public interface Kernels {
  /** The name in {@code kernel.implementation}. */
  String name();

  /** What a log should say of it: the vector's width, for example. */
  String description();

  /** For at most {@code images} images at a time. */
  Convolution convolution(ConvolutionGeometry geometry, int images);

  /** For at most {@code images} images at a time; {@code inputs} is a multiple of 16. */
  FullyConnected fullyConnected(int inputs, int outputs, int images);

  /** For at most {@code images} images at a time. */
  MaxPooling maxPooling(PoolingGeometry geometry, int images);

  /** For at most {@code images} images at a time. */
  Subsampling subsampling(PoolingGeometry geometry, int images);

  /** The rectifier, max(x, 0) (Nair and Hinton 2010). */
  Activation rectifier();

  /** The squashing function of LeNet-5, 1.7159 tanh(2x/3) (LeCun et al. 1998, equation 6). */
  Activation scaledTanh();
}
