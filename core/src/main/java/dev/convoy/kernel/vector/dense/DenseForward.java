package dev.convoy.kernel.vector.dense;

import static dev.convoy.kernel.vector.dense.Interleaving.SLOTS;

import dev.convoy.concurrent.Worker;
import dev.convoy.kernel.Workspace;
import dev.convoy.kernel.vector.lanes.Lanes;
import dev.convoy.tensor.Layout;
import dev.convoy.tensor.Tensor;

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
          DenseForwardMicroKernel.multiply(
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
}
