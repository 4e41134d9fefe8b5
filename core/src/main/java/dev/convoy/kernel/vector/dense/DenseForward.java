package dev.convoy.kernel.vector.dense;

import static dev.convoy.kernel.vector.dense.Interleaving.SLOTS;

import dev.convoy.concurrent.Worker;
import dev.convoy.kernel.Workspace;
import dev.convoy.kernel.vector.lanes.Lanes;
import dev.convoy.tensor.Layout;
import dev.convoy.tensor.Tensor;
import java.util.Arrays;

/**
 * The forward pass of a fully connected layer. The matrix, which may be far larger than the cache,
 * is read once: some rows at a time for all images, whose partial sums stay in the output.
 *
 * <p>Scratch memory: the input as (N/8,I,8).
 */
final class DenseForward {
  /**
   * The number of long rows of the matrix that are read at once: as many streams as a core
   * prefetches.
   */
  private static final int ROWS = 16;

  /** The number of floats of short rows that are read at once, which fit the L2 cache. */
  private static final int BLOCK = 1 << 16;

  private final int inFeatures;
  private final int outFeatures;
  private final Workspace workspace;
  private final DenseForwardMicroKernel microKernel;
  private final Interleaving[] interleavings;

  /** Makes the pass for numbers of features that are both padded. */
  DenseForward(int inFeatures, int outFeatures, Workspace workspace) {
    this.inFeatures = inFeatures;
    this.outFeatures = outFeatures;
    this.workspace = workspace;
    microKernel = new DenseForwardMicroKernel(workspace, outFeatures);
    interleavings = new Interleaving[workspace.workers()];
    Arrays.setAll(interleavings, i -> new Interleaving());
    workspace.reserve(Math.multiplyExact(tiles(workspace.images()) * SLOTS, inFeatures));
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
    int groups = inFeatures / Layout.LANES;
    int firstInput = worker.from(groups) * Layout.LANES;
    int tiles = tiles(images);
    Interleaving interleaving = interleavings[worker.index()];
    for (int tile = 0; tile < tiles; tile++) {
      interleaving
          .of(SLOTS, images - 1 - tile * SLOTS, input.imageLength())
          .copy(
              worker.to(groups) * Layout.LANES - firstInput,
              input.data(),
              input.image(tile * SLOTS) + firstInput,
              workspace.scratch(),
              (tile * inFeatures + firstInput) * SLOTS,
              SLOTS);
    }
    int from = worker.from(outFeatures / Layout.LANES) * Layout.LANES;
    int to = worker.to(outFeatures / Layout.LANES) * Layout.LANES;
    for (int n = 0; n < images; n++) {
      System.arraycopy(weights, bias + from, output.data(), output.image(n) + from, to - from);
    }
    worker.barrier();
    int rowsAtOnce = Math.max(ROWS, BLOCK / outFeatures);
    for (int row = 0; row < inFeatures; row += rowsAtOnce) {
      int rows = Math.min(rowsAtOnce, inFeatures - row);
      for (int o = from; o < to; o += 2 * Lanes.COUNT) {
        // Without a second vector the first one is computed twice, with the same result.
        int second = o + Lanes.COUNT < to ? Lanes.COUNT : 0;
        for (int tile = 0; tile < tiles; tile++) {
          microKernel.multiply(
              rows,
              (tile * inFeatures + row) * SLOTS,
              weights,
              matrix + row * outFeatures + o,
              second,
              output,
              output.image(tile * SLOTS) + o,
              images - 1 - tile * SLOTS);
        }
      }
    }
  }
}
