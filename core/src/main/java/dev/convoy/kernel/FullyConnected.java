package dev.convoy.kernel;

/**
 * A matrix of weights between I inputs and O outputs, with the scratch memory it needs. Not
 * thread-safe: a worker has its own.
 *
 * <p>Shapes: {@code input} is (N,I) and {@code output} (N,O), I and O both padded to 16; the matrix
 * is packed as (I,O) with both padded and lies at {@code matrix} in {@code weights}; the bias, O
 * padded, at {@code bias}. In the padding everything is zero.
 */
public interface FullyConnected {
  /** Derives from the matrix what {@link #inputGradient} reads; after every change of weights. */
  void prepare(float[] weights, int matrix);

  /**
   * {@code output[n,o] = bias[o] + sum over i of input[n,i] * matrix[i,o]}: one chain of fused
   * multiply-adds in the order of i, beginning with the bias.
   */
  void forward(int images, float[] input, float[] weights, int matrix, int bias, float[] output);

  /**
   * {@code inputGradient[n,i] = sum over o of outputGradient[n,o] * matrix[i,o]}: one chain in the
   * order of o, beginning with +0. Overwrites.
   */
  void inputGradient(int images, float[] outputGradient, float[] inputGradient);

  /**
   * {@code matrixGradient[i,o] = sum over n of input[n,i] * outputGradient[n,o]}, one chain in the
   * order of n, beginning with +0; the bias' gradient is the plain sum of {@code
   * outputGradient[n,o]}. Both overwrite.
   */
  void weightGradient(
      int images, float[] input, float[] outputGradient, float[] gradients, int matrix, int bias);
}
