package dev.convoy.kernel.vector.dense;

import dev.convoy.concurrent.Worker;
import dev.convoy.kernel.Workspace;
import dev.convoy.kernel.vector.lanes.Lanes;
import dev.convoy.tensor.Layout;
import dev.convoy.tensor.Tensor;
import jdk.incubator.vector.FloatVector;

/**
 * The gradient of a fully connected layer's input. The matrix is read once, in the order of memory:
 * 16 rows of it give the gradients of 16 input features for all images.
 *
 * <p>Scratch memory: the gradient of the output as (N/4,O/16,4,16); and for each worker the sums of
 * 16 lanes of 16 images and 16 rows.
 */
final class DenseInputGradient {
  /** Images whose sums are kept at once, a multiple of {@link #TILE}. */
  private static final int IMAGES = 16;

  /**
   * Groups of 16 output features after which the sums are stored: the gradients of 16 images fill
   * the L1 cache.
   */
  private static final int CHUNK = 32;

  private static final int TILE = 4;
  private static final int GROUP = TILE * Layout.LANES;

  /** 16 rows of 16 lanes. */
  private static final int SQUARE = Layout.LANES * Layout.LANES;

  private final int inFeatures;
  private final int groups;
  private final Workspace workspace;
  private final float[] zeros;

  /** Makes the pass for numbers of features that are both padded. */
  DenseInputGradient(int inFeatures, int outFeatures, Workspace workspace) {
    this.inFeatures = inFeatures;
    this.groups = outFeatures / Layout.LANES;
    this.workspace = workspace;
    zeros = workspace.keep(TILE * SQUARE);
    workspace.reserve(sums(workspace.images(), workspace.workers()));
  }

  /** Returns where the sums of a worker are in the scratch memory. */
  private int sums(int images, int worker) {
    return Math.multiplyExact(tiles(images), groups * GROUP) + worker * IMAGES * SQUARE;
  }

  private static int tiles(int images) {
    return (images + TILE - 1) / TILE;
  }

  void run(
      Worker worker,
      int images,
      Tensor outputGradient,
      float[] weights,
      int matrix,
      boolean add,
      Tensor inputGradient) {
    int copies = tiles(images) * TILE;
    for (int n = worker.from(copies); n < worker.to(copies); n++) {
      copy(outputGradient, n, images);
    }
    worker.barrier();
    int sums = sums(images, worker.index());
    int rows = inFeatures / Layout.LANES;
    for (int row = worker.from(rows) * Layout.LANES;
        row < worker.to(rows) * Layout.LANES;
        row += Layout.LANES) {
      for (int first = 0; first < images; first += IMAGES) {
        int count = Math.min(IMAGES, images - first);
        multiply(first, count, weights, matrix + row * groups * Layout.LANES, sums);
        LaneReduction.add(workspace.scratch(), sums, count);
        for (int n = 0; n < count; n++) {
          int from = sums + n * Layout.LANES;
          put(workspace.scratch(), from, inputGradient, inputGradient.image(first + n) + row, add);
        }
      }
    }
  }

  /**
   * Copies an image's gradient; images beyond the last repeat the last one, and their results are
   * not used.
   */
  private void copy(Tensor outputGradient, int image, int images) {
    int from = outputGradient.image(Math.min(image, images - 1));
    int to = (image / TILE * groups * TILE + image % TILE) * Layout.LANES;
    for (int group = 0; group < groups; group++) {
      for (int lane = 0; lane < Layout.LANES; lane += Lanes.COUNT) {
        FloatVector.fromArray(
                Lanes.SPECIES, outputGradient.data(), from + group * Layout.LANES + lane)
            .intoArray(workspace.scratch(), to + group * GROUP + lane);
      }
    }
  }

  private static void put(float[] sums, int from, Tensor gradient, int to, boolean add) {
    for (int lane = 0; lane < Layout.LANES; lane += Lanes.COUNT) {
      FloatVector sum = FloatVector.fromArray(Lanes.SPECIES, sums, from + lane);
      if (add) {
        FloatVector.fromArray(Lanes.SPECIES, gradient.data(), to + lane)
            .add(sum)
            .intoArray(gradient.data(), to + lane);
      } else {
        sum.intoArray(gradient.data(), to + lane);
      }
    }
  }

  /**
   * Computes the sums of 16 rows and up to {@link #IMAGES} images, lane by lane: (image,row,16).
   */
  private void multiply(int firstImage, int images, float[] weights, int at, int sums) {
    float[] scratch = workspace.scratch();
    int width = groups * Layout.LANES;
    for (int chunk = 0; chunk < groups; chunk += CHUNK) {
      int count = Math.min(CHUNK, groups - chunk);
      for (int row = 0; row < Layout.LANES; row += TILE) {
        for (int tile = 0; tile < tiles(images); tile++) {
          int gradient = ((firstImage / TILE + tile) * groups + chunk) * GROUP;
          int to = sums + tile * TILE * SQUARE + row * Layout.LANES;
          for (int lane = 0; lane < Layout.LANES; lane += Lanes.COUNT) {
            DenseInputGradientMicroKernel.multiply(
                count,
                scratch,
                gradient + lane,
                weights,
                at + row * width + chunk * Layout.LANES + lane,
                width,
                chunk == 0 ? zeros : scratch,
                to + lane);
          }
        }
      }
    }
  }
}
