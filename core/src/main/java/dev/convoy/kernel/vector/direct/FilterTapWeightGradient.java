package dev.convoy.kernel.vector.direct;

import dev.convoy.concurrent.Worker;
import dev.convoy.kernel.ConvolutionGeometry;
import dev.convoy.kernel.VirtualNodeTree;
import dev.convoy.kernel.Workspace;
import dev.convoy.kernel.vector.lanes.Lanes;
import dev.convoy.kernel.vector.lanes.VectorCopy;
import dev.convoy.tensor.Layout;
import dev.convoy.tensor.PairwiseTree;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.Tensor;
import java.util.Arrays;

/**
 * The gradient of a filter with few output channels: vectors run along its lines, the (KW,C) values
 * that an output sees of one row, because along output channels many of their lanes would be empty,
 * or so little would be computed with each value that packing it would take longer. Nothing is
 * packed: lines are read from the {@link Im2col}, and gradients from their tensor.
 *
 * <p>Sums lie as (O,KH,line), O in whole {@link FilterTapMicroKernel}s and lines in whole vectors;
 * the lanes of a line's last vector beyond its end are never used.
 */
final class FilterTapWeightGradient implements WeightGradient {
  /** The number of pixels in a block, whose lines stay in L1. */
  private static final int PIXELS = 200;

  /** The most vectors of taps at once, for 32 registers or for 16. */
  private static final int MOST = Lanes.COUNT == Layout.LANES ? FilterTapMicroKernel.VECTORS : 2;

  private final ConvolutionGeometry g;
  private final Shape out;
  private final Workspace workspace;
  private final ImageBlocks blocks;
  private final Im2col[] patches;
  private final int lineVectors;

  /** The number of products, of {@link FilterTapMicroKernel#OUT_CHANNELS} output channels each. */
  private final int products;

  /** The length in floats of an output channel's sums. */
  private final int ofOutput;

  /** For each vector of taps, its offset from a pixel's first line. */
  private final int[] tapAt;

  FilterTapWeightGradient(ConvolutionGeometry geometry, Workspace workspace) {
    g = geometry;
    out = g.output();
    this.workspace = workspace;
    blocks = ImageBlocks.of(out, 1, PIXELS);
    lineVectors = lineVectors(g);
    products =
        (g.outChannels() + FilterTapMicroKernel.OUT_CHANNELS - 1)
            / FilterTapMicroKernel.OUT_CHANNELS;
    tapAt = new int[g.kernelHeight() * lineVectors];
    ofOutput = tapAt.length * Lanes.COUNT;
    patches = new Im2col[workspace.workers()];
    Arrays.setAll(patches, i -> new Im2col(g, blocks, false));
    Arrays.setAll(
        tapAt, v -> v / lineVectors * patches[0].runStep() + v % lineVectors * Lanes.COUNT);
    int ofWorkers = Math.multiplyExact(patches.length, scratch());
    workspace.reserve(Math.addExact(Layout.ALIGNMENT, ofWorkers));
  }

  /**
   * Returns whether its additional products cost less than the packing of {@link
   * DirectWeightGradient}.
   */
  static boolean fits(ConvolutionGeometry g) {
    long along = (long) g.outChannels() * g.kernelHeight() * lineVectors(g);
    long across = (long) g.fanIn() * g.outputStride() / Lanes.COUNT;
    return g.groups() == 1
        && g.kernelHeight() > 1
        && g.outChannels() <= Layout.LANES
        && along <= 2 * across;
  }

  private static int lineVectors(ConvolutionGeometry g) {
    return (g.kernelWidth() * g.input().channels() + Lanes.COUNT - 1) / Lanes.COUNT;
  }

  private int sumsLength() {
    return products * FilterTapMicroKernel.OUT_CHANNELS * ofOutput;
  }

  /**
   * Returns the scratch memory of a worker in floats: a team's sums by levels of the tree, and the
   * patches.
   */
  private int scratch() {
    int levels = PairwiseTree.buffers(workspace.images());
    return Layout.padded(levels * sumsLength() + patches[0].scratch() + Lanes.COUNT);
  }

  @Override
  public void run(
      Worker worker,
      VirtualNodeTree tree,
      Tensor input,
      Tensor outputGradient,
      float[] gradients,
      int filter) {
    VirtualNodeTeams teams = VirtualNodeTeams.of(tree, worker.count());
    int member = worker.index() % teams.members();
    int first = products * member / teams.members();
    int end = products * (member + 1) / teams.members();
    int sums = sumsOf(worker.index());
    int height = 0;
    for (int node = 0; node < teams.nodes(); node++) {
      int image = tree.imageOf(teams.firstNode(worker) + node);
      node(
          worker,
          first,
          end,
          image,
          tree.images(),
          input,
          outputGradient,
          sums + height * sumsLength());
      height++;
      for (int merge = PairwiseTree.merges(node); merge > 0; merge--) {
        height--;
        add(sums + height * sumsLength(), sums + (height - 1) * sumsLength());
      }
    }
    if (teams.count() > 1) {
      worker.barrier();
      if (worker.first()) {
        addTeams(teams.count());
        write(0, products, sums, gradients, filter);
      }
    } else {
      write(first, end, sums, gradients, filter);
    }
  }

  private int sumsOf(int worker) {
    return Layout.ALIGNMENT + worker * scratch();
  }

  private void addTeams(int teams) {
    for (int i = 0; i < teams - 1; i++) {
      add(sumsOf(PairwiseTree.right(i, teams)), sumsOf(PairwiseTree.left(i, teams)));
    }
  }

  private void add(int right, int left) {
    float[] sums = workspace.scratch();
    VectorCopy.add(sumsLength() / Lanes.COUNT, sums, right, Lanes.COUNT, sums, left, Lanes.COUNT);
  }

  /** Computes a node's sums of some products. */
  private void node(
      Worker worker,
      int first,
      int endProduct,
      int firstImage,
      int images,
      Tensor input,
      Tensor outputGradient,
      int sums) {
    float[] scratch = workspace.scratch();
    Im2col mine = patches[worker.index()];
    int free = sumsOf(worker.index()) + scratch() - Layout.padded(mine.scratch());
    Arrays.fill(scratch, sums, sums + sumsLength(), 0f);
    int count = blocks.count(images);
    for (int block = 0; block < count; block++) {
      mine.read(input, firstImage, images, block, 0, scratch, free);
      int row = (firstImage + blocks.firstImage(block)) * out.height() + blocks.firstRow(block);
      int gradient = outputGradient.pixel(row * out.width());
      for (int product = first; product < endProduct; product++) {
        int o = product * FilterTapMicroKernel.OUT_CHANNELS;
        int parts = (tapAt.length + MOST - 1) / MOST;
        for (int part = 0; part < parts; part++) {
          int v = tapAt.length * part / parts;
          int end = tapAt.length * (part + 1) / parts;
          FilterTapMicroKernel.multiply(
              end - v,
              mine,
              tapAt,
              v,
              outputGradient,
              gradient + o,
              scratch,
              sums + o * ofOutput + v * Lanes.COUNT);
        }
      }
    }
  }

  /** Copies the sums of some products to the packed filter. */
  private void write(int first, int end, int sums, float[] gradients, int filter) {
    float[] scratch = workspace.scratch();
    int line = g.kernelWidth() * g.input().channels();
    int endOutput = end == products ? g.outputStride() : end * FilterTapMicroKernel.OUT_CHANNELS;
    for (int o = first * FilterTapMicroKernel.OUT_CHANNELS; o < endOutput; o++) {
      for (int tap = 0; tap < g.fanIn(); tap++) {
        int at = o * ofOutput + tap / line * lineVectors * Lanes.COUNT + tap % line;
        gradients[filter + g.filterIndex(tap, o)] = o < g.outChannels() ? scratch[sums + at] : 0f;
      }
    }
  }
}
