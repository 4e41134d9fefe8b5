package dev.convoy.kernel.vector;

import dev.convoy.kernel.PoolingGeometry;
import dev.convoy.kernel.Subsampling;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/** Trainable subsampling over vectors of channels. */
final class VectorSubsampling implements Subsampling {
  private final PoolingGeometry g;
  private final int channels;
  private final int outputPixels;
  private final int[] windowAt;
  private final float reciprocal;
  private final float[] means;

  VectorSubsampling(PoolingGeometry geometry, int images) {
    g = geometry;
    channels = geometry.pixelStride();
    outputPixels = geometry.output().pixels();
    windowAt = new int[images * outputPixels];
    Arrays.setAll(windowAt, geometry::windowAt);
    reciprocal = 1f / (geometry.window() * geometry.window());
    means = new float[images * outputPixels * channels];
  }

  @Override
  public void forward(
      int images, float[] input, float[] weights, int coefficient, int bias, float[] output) {
    int row = g.input().width() * channels;
    for (int c = 0; c < channels; c += Lanes.COUNT) {
      FloatVector scale = FloatVector.fromArray(Lanes.SPECIES, weights, coefficient + c);
      FloatVector shift = FloatVector.fromArray(Lanes.SPECIES, weights, bias + c);
      for (int p = 0; p < images * outputPixels; p++) {
        int from = windowAt[p] + c;
        FloatVector sum = FloatVector.zero(Lanes.SPECIES);
        for (int k = 0; k < g.window() * g.window(); k++) {
          int at = from + k / g.window() * row + k % g.window() * channels;
          sum = sum.add(FloatVector.fromArray(Lanes.SPECIES, input, at));
        }
        FloatVector mean = sum.mul(reciprocal);
        mean.intoArray(means, p * channels + c);
        mean.fma(scale, shift).intoArray(output, p * channels + c);
      }
    }
  }

  @Override
  public void inputGradient(
      int images, float[] outputGradient, float[] weights, int coefficient, float[] inputGradient) {
    Arrays.fill(inputGradient, 0, images * g.input().pixels() * channels, 0f);
    int row = g.input().width() * channels;
    for (int c = 0; c < channels; c += Lanes.COUNT) {
      FloatVector scale = FloatVector.fromArray(Lanes.SPECIES, weights, coefficient + c);
      for (int p = 0; p < images * outputPixels; p++) {
        int to = windowAt[p] + c;
        FloatVector share =
            FloatVector.fromArray(Lanes.SPECIES, outputGradient, p * channels + c)
                .mul(scale)
                .mul(reciprocal);
        for (int k = 0; k < g.window() * g.window(); k++) {
          int at = to + k / g.window() * row + k % g.window() * channels;
          FloatVector.fromArray(Lanes.SPECIES, inputGradient, at)
              .add(share)
              .intoArray(inputGradient, at);
        }
      }
    }
  }

  @Override
  public void weightGradient(
      int images, float[] outputGradient, float[] gradients, int coefficient, int bias) {
    int pixels = images * outputPixels;
    for (int c = 0; c < channels; c += Lanes.COUNT) {
      FloatVector ofCoefficient = FloatVector.zero(Lanes.SPECIES);
      FloatVector ofBias = FloatVector.zero(Lanes.SPECIES);
      for (int p = 0; p < pixels; p++) {
        int at = p * channels + c;
        FloatVector gradient = FloatVector.fromArray(Lanes.SPECIES, outputGradient, at);
        FloatVector mean = FloatVector.fromArray(Lanes.SPECIES, means, at);
        ofCoefficient = gradient.fma(mean, ofCoefficient);
        ofBias = ofBias.add(gradient);
      }
      ofCoefficient.intoArray(gradients, coefficient + c);
      ofBias.intoArray(gradients, bias + c);
    }
  }
}
