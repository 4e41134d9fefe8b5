package dev.convoy.kernel.reference;

import dev.convoy.kernel.FullyConnected;
import dev.convoy.tensor.Layout;

/** {@link FullyConnected} as its definition reads. */
final class ReferenceFullyConnected implements FullyConnected {
  private final int inputs;
  private final int outputs;
  private final int outputStride;
  private final float[] matrix;

  ReferenceFullyConnected(int inputs, int outputs) {
    this.inputs = inputs;
    this.outputs = outputs;
    outputStride = Layout.padded(outputs);
    matrix = new float[Math.multiplyExact(inputs, outputStride)];
  }

  @Override
  public void prepare(float[] weights, int matrixAt) {
    System.arraycopy(weights, matrixAt, matrix, 0, matrix.length);
  }

  @Override
  public void forward(
      int images, float[] input, float[] weights, int matrixAt, int bias, float[] output) {
    for (int n = 0; n < images; n++) {
      for (int o = 0; o < outputStride; o++) {
        float sum = weights[bias + o];
        for (int i = 0; i < inputs; i++) {
          sum = Math.fma(input[n * inputs + i], weights[matrixAt + i * outputStride + o], sum);
        }
        output[n * outputStride + o] = sum;
      }
    }
  }

  @Override
  public void inputGradient(int images, float[] outputGradient, float[] inputGradient) {
    for (int n = 0; n < images; n++) {
      for (int i = 0; i < inputs; i++) {
        float sum = 0f;
        for (int o = 0; o < outputs; o++) {
          sum = Math.fma(outputGradient[n * outputStride + o], matrix[i * outputStride + o], sum);
        }
        inputGradient[n * inputs + i] = sum;
      }
    }
  }

  @Override
  public void weightGradient(
      int images,
      float[] input,
      float[] outputGradient,
      float[] gradients,
      int matrixAt,
      int bias) {
    for (int o = 0; o < outputStride; o++) {
      for (int i = 0; i < inputs; i++) {
        float sum = 0f;
        for (int n = 0; n < images; n++) {
          sum = Math.fma(input[n * inputs + i], outputGradient[n * outputStride + o], sum);
        }
        gradients[matrixAt + i * outputStride + o] = sum;
      }
      float sum = 0f;
      for (int n = 0; n < images; n++) {
        sum += outputGradient[n * outputStride + o];
      }
      gradients[bias + o] = sum;
    }
  }
}
