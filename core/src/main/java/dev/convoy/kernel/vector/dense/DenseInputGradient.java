package dev.convoy.kernel.vector.dense;

import dev.convoy.concurrent.Worker;
import dev.convoy.kernel.Workspace;
import dev.convoy.kernel.vector.lanes.Lanes;
import dev.convoy.tensor.Layout;
import dev.convoy.tensor.Tensor;
import jdk.incubator.vector.FloatVector;

/**
 * The gradient of a fully connected layer's input. The matrix is read once and as it lies: 16 rows
 * of it make 16 inputs' gradients of all images.
 *
 * <p>Scratch memory: the gradient of the output as (N/4,O/16,4,16); and for each worker the sums of
 * 16 lanes of 16 images and 16 rows.
 */
final class DenseInputGradient {
  /** Images whose sums are kept at once, a multiple of {@link #TILE}. */
  private static final int IMAGES = 16;

  /** Groups of 16 outputs after which the sums wait: 16 images' gradients fill the L1 cache. */
  private static final int CHUNK = 32;

  private static final int TILE = 4;
  private static final int GROUP = TILE * Layout.LANES;

  /** 16 rows of 16 lanes. */
  private static final int SQUARE = Layout.LANES * Layout.LANES;

  private final int inFeatures;
  private final int groups;
  private final Workspace workspace;
  private final float[] zeros;

  /** Both padded. */
  DenseInputGradient(int inFeatures, int outFeatures, Workspace workspace) {
    this.inFeatures = inFeatures;
    this.groups = outFeatures / Layout.LANES;
    this.workspace = workspace;
    zeros = workspace.keep(TILE * SQUARE);
    workspace.reserve(sums(workspace.images(), workspace.workers()));
  }

  /** Where the sums of a worker are in the scratch memory. */
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

  /** Images beyond the last are the last again, and nobody reads what becomes of them. */
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

  /** The sums of 16 rows and up to {@link #IMAGES} images, lane by lane: (image,row,16). */
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
            multiply(
                count,
                scratch,
                gradient + lane,
                weights,
                at + row * width + chunk * Layout.LANES + lane,
                width,
                chunk == 0 ? zeros : scratch,
                chunk == 0 ? 0 : to + lane,
                scratch,
                to + lane);
          }
        }
      }
    }
  }

  /** Four rows and four images, one vector of lanes each. */
  private static void multiply(
      int count,
      float[] gradient,
      int gradientAt,
      float[] weights,
      int row0,
      int width,
      float[] before,
      int from,
      float[] sums,
      int to) {
    int row1 = row0 + width;
    int row2 = row1 + width;
    int row3 = row2 + width;
    FloatVector s00 = FloatVector.fromArray(Lanes.SPECIES, before, from);
    FloatVector s01 = FloatVector.fromArray(Lanes.SPECIES, before, from + 16);
    FloatVector s02 = FloatVector.fromArray(Lanes.SPECIES, before, from + 32);
    FloatVector s03 = FloatVector.fromArray(Lanes.SPECIES, before, from + 48);
    FloatVector s10 = FloatVector.fromArray(Lanes.SPECIES, before, from + SQUARE);
    FloatVector s11 = FloatVector.fromArray(Lanes.SPECIES, before, from + SQUARE + 16);
    FloatVector s12 = FloatVector.fromArray(Lanes.SPECIES, before, from + SQUARE + 32);
    FloatVector s13 = FloatVector.fromArray(Lanes.SPECIES, before, from + SQUARE + 48);
    FloatVector s20 = FloatVector.fromArray(Lanes.SPECIES, before, from + 2 * SQUARE);
    FloatVector s21 = FloatVector.fromArray(Lanes.SPECIES, before, from + 2 * SQUARE + 16);
    FloatVector s22 = FloatVector.fromArray(Lanes.SPECIES, before, from + 2 * SQUARE + 32);
    FloatVector s23 = FloatVector.fromArray(Lanes.SPECIES, before, from + 2 * SQUARE + 48);
    FloatVector s30 = FloatVector.fromArray(Lanes.SPECIES, before, from + 3 * SQUARE);
    FloatVector s31 = FloatVector.fromArray(Lanes.SPECIES, before, from + 3 * SQUARE + 16);
    FloatVector s32 = FloatVector.fromArray(Lanes.SPECIES, before, from + 3 * SQUARE + 32);
    FloatVector s33 = FloatVector.fromArray(Lanes.SPECIES, before, from + 3 * SQUARE + 48);
    for (int i = 0; i < count; i++) {
      int g = gradientAt + i * GROUP;
      FloatVector g0 = FloatVector.fromArray(Lanes.SPECIES, gradient, g);
      FloatVector g1 = FloatVector.fromArray(Lanes.SPECIES, gradient, g + 16);
      FloatVector g2 = FloatVector.fromArray(Lanes.SPECIES, gradient, g + 32);
      FloatVector g3 = FloatVector.fromArray(Lanes.SPECIES, gradient, g + 48);
      FloatVector w0 = FloatVector.fromArray(Lanes.SPECIES, weights, row0 + i * 16);
      s00 = g0.fma(w0, s00);
      s10 = g1.fma(w0, s10);
      s20 = g2.fma(w0, s20);
      s30 = g3.fma(w0, s30);
      FloatVector w1 = FloatVector.fromArray(Lanes.SPECIES, weights, row1 + i * 16);
      s01 = g0.fma(w1, s01);
      s11 = g1.fma(w1, s11);
      s21 = g2.fma(w1, s21);
      s31 = g3.fma(w1, s31);
      FloatVector w2 = FloatVector.fromArray(Lanes.SPECIES, weights, row2 + i * 16);
      s02 = g0.fma(w2, s02);
      s12 = g1.fma(w2, s12);
      s22 = g2.fma(w2, s22);
      s32 = g3.fma(w2, s32);
      FloatVector w3 = FloatVector.fromArray(Lanes.SPECIES, weights, row3 + i * 16);
      s03 = g0.fma(w3, s03);
      s13 = g1.fma(w3, s13);
      s23 = g2.fma(w3, s23);
      s33 = g3.fma(w3, s33);
    }
    s00.intoArray(sums, to);
    s01.intoArray(sums, to + 16);
    s02.intoArray(sums, to + 32);
    s03.intoArray(sums, to + 48);
    s10.intoArray(sums, to + SQUARE);
    s11.intoArray(sums, to + SQUARE + 16);
    s12.intoArray(sums, to + SQUARE + 32);
    s13.intoArray(sums, to + SQUARE + 48);
    s20.intoArray(sums, to + 2 * SQUARE);
    s21.intoArray(sums, to + 2 * SQUARE + 16);
    s22.intoArray(sums, to + 2 * SQUARE + 32);
    s23.intoArray(sums, to + 2 * SQUARE + 48);
    s30.intoArray(sums, to + 3 * SQUARE);
    s31.intoArray(sums, to + 3 * SQUARE + 16);
    s32.intoArray(sums, to + 3 * SQUARE + 32);
    s33.intoArray(sums, to + 3 * SQUARE + 48);
  }
}
