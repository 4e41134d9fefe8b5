package dev.convoy.kernel.vector;

import dev.convoy.kernel.FullyConnected;
import dev.convoy.tensor.Layout;

/** The three products of a fully connected layer; images are the rows. */
final class VectorFullyConnected implements FullyConnected {
  private final int inputs;
  private final int outputs;
  private final int width;
  private final int[] inputAt;
  private final int[] inputTaps;
  private final int[] outputAt;
  private final int[] outputTaps;
  private final float[] zeros;

  /** (O,I). */
  private final float[] transposed;

  VectorFullyConnected(int inputs, int outputs, int images) {
    this.inputs = inputs;
    this.outputs = outputs;
    width = Layout.padded(outputs);
    inputAt = multiples(images, inputs);
    inputTaps = multiples(inputs, 1);
    outputAt = multiples(images, width);
    outputTaps = multiples(outputs, 1);
    zeros = new float[inputs];
    transposed = new float[Math.multiplyExact(outputs, inputs)];
  }

  private static int[] multiples(int count, int of) {
    int[] multiples = new int[count];
    for (int i = 0; i < count; i++) {
      multiples[i] = i * of;
    }
    return multiples;
  }

  @Override
  public void prepare(float[] weights, int matrix) {
    for (int i = 0; i < inputs; i++) {
      for (int o = 0; o < outputs; o++) {
        transposed[o * inputs + i] = weights[matrix + i * width + o];
      }
    }
  }

  @Override
  public void forward(
      int images, float[] input, float[] weights, int matrix, int bias, float[] output) {
    PixelProduct.run(
        images, inputAt, inputTaps, input, weights, matrix, weights, bias, width, output);
  }

  @Override
  public void inputGradient(int images, float[] outputGradient, float[] inputGradient) {
    PixelProduct.run(
        images,
        outputAt,
        outputTaps,
        outputGradient,
        transposed,
        0,
        zeros,
        0,
        inputs,
        inputGradient);
  }

  @Override
  public void weightGradient(
      int images, float[] input, float[] outputGradient, float[] gradients, int matrix, int bias) {
    GradientProduct.filter(
        images, inputAt, inputTaps, input, outputGradient, width, gradients, matrix);
    GradientProduct.bias(images, outputGradient, width, gradients, bias);
  }
}
