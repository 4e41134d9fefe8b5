package dev.convoy.kernel.vector.dense;

import static dev.convoy.kernel.vector.dense.Interleaving.SLOTS;

import dev.convoy.concurrent.Worker;
import dev.convoy.kernel.Workspace;
import dev.convoy.kernel.vector.lanes.Lanes;
import dev.convoy.tensor.Layout;
import dev.convoy.tensor.Tensor;
import jdk.incubator.vector.FloatVector;

/**
 * The forward pass of a fully connected layer. The matrix, which may be far larger than the cache,
 * is read once: some rows at a time for all images, whose sums wait in the output.
 *
 * <p>Scratch memory: the input as (N/8,I,8).
 */
final class DenseForward {
  /** Rows of the matrix that are read at once, if they are long: streams that a core prefetches. */
  private static final int ROWS = 16;

  /** Floats of short rows that are read at once, which fit the L2 cache. */
  private static final int BLOCK = 1 << 16;

  private final int inputs;
  private final int outputs;
  private final Workspace workspace;

  /** Both padded. */
  DenseForward(int inputs, int outputs, Workspace workspace) {
    this.inputs = inputs;
    this.outputs = outputs;
    this.workspace = workspace;
    workspace.reserve(Math.multiplyExact(tiles(workspace.images()) * SLOTS, inputs));
  }

  private static int tiles(int images) {
    return (images + SLOTS - 1) / SLOTS;
  }

  void run(
      Worker worker,
      int images,
      Tensor input,
      float[] weights,
      int matrix,
      int bias,
      Tensor output) {
    int groups = inputs / Layout.LANES;
    int firstInput = worker.from(groups) * Layout.LANES;
    int tiles = tiles(images);
    for (int tile = 0; tile < tiles; tile++) {
      Interleaving.copy(
          input.data(),
          input.image(tile * SLOTS) + firstInput,
          input.imageLength(),
          SLOTS,
          images - 1 - tile * SLOTS,
          worker.to(groups) * Layout.LANES - firstInput,
          workspace.scratch(),
          (tile * inputs + firstInput) * SLOTS,
          SLOTS);
    }
    int from = worker.from(outputs / Layout.LANES) * Layout.LANES;
    int to = worker.to(outputs / Layout.LANES) * Layout.LANES;
    for (int n = 0; n < images; n++) {
      System.arraycopy(weights, bias + from, output.data(), output.image(n) + from, to - from);
    }
    worker.barrier();
    int rowsAtOnce = Math.max(ROWS, BLOCK / outputs);
    for (int row = 0; row < inputs; row += rowsAtOnce) {
      int rows = Math.min(rowsAtOnce, inputs - row);
      for (int o = from; o < to; o += 2 * Lanes.COUNT) {
        // Without a second vector the first is computed twice and gives the same twice.
        int second = o + Lanes.COUNT < to ? Lanes.COUNT : 0;
        for (int tile = 0; tile < tiles; tile++) {
          multiply(
              rows,
              workspace.scratch(),
              (tile * inputs + row) * SLOTS,
              weights,
              matrix + row * outputs + o,
              outputs,
              second,
              output.data(),
              output.image(tile * SLOTS) + o,
              output.imageLength(),
              images - 1 - tile * SLOTS);
        }
      }
    }
  }

  /**
   * {@code sums[n,o] += sum over k of input[k,n] * weights[k,o]} for eight images and two vectors
   * of outputs. Images beyond the last are the last again, with the same sums.
   */
  private static void multiply(
      int rows,
      float[] input,
      int inputAt,
      float[] weights,
      int weightsAt,
      int width,
      int second,
      float[] sums,
      int at0,
      int stride,
      int last) {
    int at1 = at0 + Math.min(1, last) * stride;
    int at2 = at0 + Math.min(2, last) * stride;
    int at3 = at0 + Math.min(3, last) * stride;
    int at4 = at0 + Math.min(4, last) * stride;
    int at5 = at0 + Math.min(5, last) * stride;
    int at6 = at0 + Math.min(6, last) * stride;
    int at7 = at0 + Math.min(7, last) * stride;
    FloatVector s00 = FloatVector.fromArray(Lanes.SPECIES, sums, at0);
    FloatVector s01 = FloatVector.fromArray(Lanes.SPECIES, sums, at0 + second);
    FloatVector s10 = FloatVector.fromArray(Lanes.SPECIES, sums, at1);
    FloatVector s11 = FloatVector.fromArray(Lanes.SPECIES, sums, at1 + second);
    FloatVector s20 = FloatVector.fromArray(Lanes.SPECIES, sums, at2);
    FloatVector s21 = FloatVector.fromArray(Lanes.SPECIES, sums, at2 + second);
    FloatVector s30 = FloatVector.fromArray(Lanes.SPECIES, sums, at3);
    FloatVector s31 = FloatVector.fromArray(Lanes.SPECIES, sums, at3 + second);
    FloatVector s40 = FloatVector.fromArray(Lanes.SPECIES, sums, at4);
    FloatVector s41 = FloatVector.fromArray(Lanes.SPECIES, sums, at4 + second);
    FloatVector s50 = FloatVector.fromArray(Lanes.SPECIES, sums, at5);
    FloatVector s51 = FloatVector.fromArray(Lanes.SPECIES, sums, at5 + second);
    FloatVector s60 = FloatVector.fromArray(Lanes.SPECIES, sums, at6);
    FloatVector s61 = FloatVector.fromArray(Lanes.SPECIES, sums, at6 + second);
    FloatVector s70 = FloatVector.fromArray(Lanes.SPECIES, sums, at7);
    FloatVector s71 = FloatVector.fromArray(Lanes.SPECIES, sums, at7 + second);
    for (int k = 0; k < rows; k++) {
      int w = weightsAt + k * width;
      FloatVector w0 = FloatVector.fromArray(Lanes.SPECIES, weights, w);
      FloatVector w1 = FloatVector.fromArray(Lanes.SPECIES, weights, w + second);
      int i = inputAt + k * SLOTS;
      FloatVector x0 = FloatVector.broadcast(Lanes.SPECIES, input[i]);
      s00 = x0.fma(w0, s00);
      s01 = x0.fma(w1, s01);
      FloatVector x1 = FloatVector.broadcast(Lanes.SPECIES, input[i + 1]);
      s10 = x1.fma(w0, s10);
      s11 = x1.fma(w1, s11);
      FloatVector x2 = FloatVector.broadcast(Lanes.SPECIES, input[i + 2]);
      s20 = x2.fma(w0, s20);
      s21 = x2.fma(w1, s21);
      FloatVector x3 = FloatVector.broadcast(Lanes.SPECIES, input[i + 3]);
      s30 = x3.fma(w0, s30);
      s31 = x3.fma(w1, s31);
      FloatVector x4 = FloatVector.broadcast(Lanes.SPECIES, input[i + 4]);
      s40 = x4.fma(w0, s40);
      s41 = x4.fma(w1, s41);
      FloatVector x5 = FloatVector.broadcast(Lanes.SPECIES, input[i + 5]);
      s50 = x5.fma(w0, s50);
      s51 = x5.fma(w1, s51);
      FloatVector x6 = FloatVector.broadcast(Lanes.SPECIES, input[i + 6]);
      s60 = x6.fma(w0, s60);
      s61 = x6.fma(w1, s61);
      FloatVector x7 = FloatVector.broadcast(Lanes.SPECIES, input[i + 7]);
      s70 = x7.fma(w0, s70);
      s71 = x7.fma(w1, s71);
    }
    s00.intoArray(sums, at0);
    s01.intoArray(sums, at0 + second);
    s10.intoArray(sums, at1);
    s11.intoArray(sums, at1 + second);
    s20.intoArray(sums, at2);
    s21.intoArray(sums, at2 + second);
    s30.intoArray(sums, at3);
    s31.intoArray(sums, at3 + second);
    s40.intoArray(sums, at4);
    s41.intoArray(sums, at4 + second);
    s50.intoArray(sums, at5);
    s51.intoArray(sums, at5 + second);
    s60.intoArray(sums, at6);
    s61.intoArray(sums, at6 + second);
    s70.intoArray(sums, at7);
    s71.intoArray(sums, at7 + second);
  }
}
