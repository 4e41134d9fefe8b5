package dev.convoy.kernel.vector.pooling;

import dev.convoy.concurrent.Worker;
import dev.convoy.kernel.PoolingGeometry;
import dev.convoy.kernel.vector.lanes.Lanes;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.Tensor;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/**
 * Gives each element of a window the same share of the output's gradient: {@code (gradient *
 * coefficient) * reciprocal}. Workers share the rows of the input; windows do not leave it.
 */
final class AveragePoolBackward {
  private final PoolingGeometry g;
  private final Shape in;
  private final Shape out;
  private final int channels;
  private final float reciprocal;
  private final WindowRange rows;

  AveragePoolBackward(PoolingGeometry geometry, int channels) {
    g = geometry;
    in = geometry.input();
    out = geometry.output();
    this.channels = channels;
    reciprocal = 1f / geometry.windowSize();
    rows = WindowRange.ofRows(geometry);
  }

  /** Computes this worker's share, with coefficients, one for each channel, at {@code at}. */
  void give(
      Worker worker,
      int images,
      Tensor outputGradient,
      float[] coefficients,
      int at,
      boolean add,
      Tensor inputGradient) {
    int all = images * in.height();
    for (int row = worker.from(all); row < worker.to(all); row++) {
      if (!add) {
        clear(inputGradient, row);
      }
      int y = row % in.height();
      for (int oy = rows.first[y]; oy < rows.end[y]; oy++) {
        int outputRow = row / in.height() * out.height() + oy;
        giveRow(outputGradient, outputRow, coefficients, at, inputGradient, row);
      }
    }
  }

  private void clear(Tensor gradient, int row) {
    for (int x = 0; x < in.width(); x++) {
      int from = gradient.pixel(row * in.width() + x);
      Arrays.fill(gradient.data(), from, from + channels, 0f);
    }
  }

  private void giveRow(
      Tensor outputGradient,
      int outputRow,
      float[] coefficients,
      int at,
      Tensor inputGradient,
      int row) {
    for (int ox = 0; ox < out.width(); ox++) {
      int from = outputGradient.pixel(outputRow * out.width() + ox);
      int pixel = row * in.width() + ox * g.stride();
      for (int kx = 0; kx < g.windowWidth(); kx++) {
        addShare(
            outputGradient.data(),
            from,
            coefficients,
            at,
            inputGradient.data(),
            inputGradient.pixel(pixel + kx));
      }
    }
  }

  private void addShare(
      float[] gradients, int from, float[] coefficients, int at, float[] out, int to) {
    for (int c = 0; c < channels; c += Lanes.COUNT) {
      FloatVector share =
          FloatVector.fromArray(Lanes.SPECIES, gradients, from + c)
              .mul(FloatVector.fromArray(Lanes.SPECIES, coefficients, at + c))
              .mul(reciprocal);
      FloatVector.fromArray(Lanes.SPECIES, out, to + c).add(share).intoArray(out, to + c);
    }
  }
}
