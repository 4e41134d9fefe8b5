package dev.convoy.kernel.vector;

import dev.convoy.kernel.MaxPooling;
import dev.convoy.kernel.PoolingGeometry;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/**
 * Max pooling over vectors of channels. The winner is kept as its number in the window, a float,
 * because comparing and blending floats needs no conversion between vectors of different types.
 */
final class VectorMaxPooling implements MaxPooling {
  private final PoolingGeometry g;
  private final int channels;
  private final int outputPixels;
  private final int[] windowAt;
  private final float[] winners;

  VectorMaxPooling(PoolingGeometry geometry, int images) {
    g = geometry;
    channels = geometry.pixelStride();
    outputPixels = geometry.output().pixels();
    windowAt = new int[images * outputPixels];
    Arrays.setAll(windowAt, geometry::windowAt);
    winners = new float[images * outputPixels * channels];
  }

  @Override
  public void forward(int images, float[] input, float[] output) {
    for (int p = 0; p < images * outputPixels; p++) {
      int from = windowAt[p];
      for (int c = 0; c < channels; c += Lanes.COUNT) {
        pool(input, from + c, output, p * channels + c);
      }
    }
  }

  private void pool(float[] input, int from, float[] output, int to) {
    int row = g.input().width() * channels;
    FloatVector best = FloatVector.fromArray(Lanes.SPECIES, input, from);
    FloatVector winner = FloatVector.zero(Lanes.SPECIES);
    for (int k = 1; k < g.window() * g.window(); k++) {
      int at = from + k / g.window() * row + k % g.window() * channels;
      FloatVector value = FloatVector.fromArray(Lanes.SPECIES, input, at);
      VectorMask<Float> better =
          value.compare(VectorOperators.GT, best).or(value.test(VectorOperators.IS_NAN));
      best = best.blend(value, better);
      winner = winner.blend(k, better);
    }
    best.intoArray(output, to);
    winner.intoArray(winners, to);
  }

  @Override
  public void backward(int images, float[] outputGradient, float[] inputGradient) {
    Arrays.fill(inputGradient, 0, images * g.input().pixels() * channels, 0f);
    for (int p = 0; p < images * outputPixels; p++) {
      int to = windowAt[p];
      for (int c = 0; c < channels; c += Lanes.COUNT) {
        giveToWinner(outputGradient, p * channels + c, inputGradient, to + c);
      }
    }
  }

  private void giveToWinner(float[] outputGradient, int from, float[] inputGradient, int to) {
    int row = g.input().width() * channels;
    FloatVector gradient = FloatVector.fromArray(Lanes.SPECIES, outputGradient, from);
    FloatVector winner = FloatVector.fromArray(Lanes.SPECIES, winners, from);
    FloatVector zero = FloatVector.zero(Lanes.SPECIES);
    for (int k = 0; k < g.window() * g.window(); k++) {
      int at = to + k / g.window() * row + k % g.window() * channels;
      FloatVector share = zero.blend(gradient, winner.compare(VectorOperators.EQ, (float) k));
      FloatVector.fromArray(Lanes.SPECIES, inputGradient, at)
          .add(share)
          .intoArray(inputGradient, at);
    }
  }
}
