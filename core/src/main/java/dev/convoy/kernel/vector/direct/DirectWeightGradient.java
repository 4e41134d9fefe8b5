package dev.convoy.kernel.vector.direct;

import dev.convoy.concurrent.Worker;
import dev.convoy.kernel.ConvolutionGeometry;
import dev.convoy.kernel.VirtualNodeTree;
import dev.convoy.kernel.Workspace;
import dev.convoy.kernel.vector.gemm.GemmMacroKernel;
import dev.convoy.kernel.vector.gemm.GemmMicroKernelPanels;
import dev.convoy.kernel.vector.lanes.GatherCopy;
import dev.convoy.kernel.vector.lanes.Lanes;
import dev.convoy.kernel.vector.lanes.VectorCopy;
import dev.convoy.kernel.vector.lanes.WorkerState;
import dev.convoy.tensor.Layout;
import dev.convoy.tensor.PairwiseTree;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.Tensor;
import java.util.Arrays;

/**
 * The gradient of the filter. The work is shared in units: some of the filter's rows, which are the
 * K = (KH,KW,C) values that an output sees, and some of its output channels. For a unit, node by
 * node and block of pixels by block, the output's gradient and the values that outputs see are
 * packed into panels (pixels,16), and their product is added to the node's sums; the nodes' sums
 * are added in the tree. All that is in the worker's own memory, and the gradient is written once.
 *
 * <p>Sums lie by pairs of output panels: (outputs/32,rows,32).
 */
final class DirectWeightGradient implements WeightGradient {
  /** The number of pixels in a block: a panel of rows and two of the gradient about fill L1. */
  private static final int PIXELS = 200;

  /** The number of panels of rows that are packed at a time. */
  private static final int PACKED_PANELS = 16;

  /** The number of output channels in a unit. */
  private static final int OUT_CHANNELS = 256;

  /** The number of floats of a node's sums, so that they stay in L2 beside the packed panels. */
  private static final int SUMS = 1 << 16;

  private static final int PAIR = 2 * Layout.LANES;

  private final ConvolutionGeometry g;
  private final Shape out;
  private final Workspace workspace;
  private final ImageBlocks blocks;
  private final Unit[] units;
  private final Share[] shares;
  private final int outChannels;
  private final int unitOutChannels;
  private final int rowPanels;
  private final int unitPanels;
  private final float[] zeros = new float[PAIR];

  /** The number of tree levels for which there is scratch memory. */
  private final int levels;

  DirectWeightGradient(ConvolutionGeometry geometry, Workspace workspace) {
    g = geometry;
    out = g.output();
    this.workspace = workspace;
    blocks = ImageBlocks.of(out, 1, PIXELS);
    outChannels = Layout.padded(g.groupOutChannels());
    unitOutChannels = Math.min(outChannels, OUT_CHANNELS);
    rowPanels = Layout.padded(g.fanIn()) / Layout.LANES;
    unitPanels = unitPanels(workspace.workers());
    levels = PairwiseTree.buffers(workspace.images());
    units = units();
    shares = new Share[workspace.workers()];
    Arrays.setAll(shares, Share::new);
    int ofWorkers = Math.multiplyExact(shares.length, scratch(shares[0].patches));
    workspace.reserve(Math.addExact(Layout.ALIGNMENT, ofWorkers));
  }

  /** Returns the number of units that have the same rows. */
  private int outputUnits() {
    return (outChannels + unitOutChannels - 1) / unitOutChannels;
  }

  /**
   * Returns the number of panels in a unit: as many as the cache holds, but so that all workers get
   * equally many units, if that is possible.
   */
  private int unitPanels(int workers) {
    int most = Math.max(1, SUMS / (unitOutChannels * Layout.LANES));
    int units = (rowPanels + most - 1) / most;
    while (units * outputUnits() * g.groups() % workers != 0 && units < rowPanels) {
      units++;
    }
    return (rowPanels + units - 1) / units;
  }

  private Unit[] units() {
    int rowUnits = (rowPanels + unitPanels - 1) / unitPanels;
    Unit[] all = new Unit[g.groups() * outputUnits() * rowUnits];
    for (int i = 0; i < all.length; i++) {
      int first = i % rowUnits * unitPanels;
      int output = i / rowUnits % outputUnits() * unitOutChannels;
      all[i] =
          new Unit(
              i / rowUnits / outputUnits(),
              first,
              Math.min(first + unitPanels, rowPanels),
              output,
              Math.min(unitOutChannels, outChannels - output));
    }
    return all;
  }

  private int sumsLength() {
    return unitPanels * Layout.LANES * ((unitOutChannels + PAIR - 1) / PAIR * PAIR);
  }

  /** Returns the scratch memory of a worker in floats. */
  private int scratch(Im2col patches) {
    int packed = blocks.pixels() * (unitOutChannels + PACKED_PANELS * Layout.LANES);
    int seen = patches == null ? 0 : patches.scratch();
    return seen + packed + Math.multiplyExact(levels, sumsLength());
  }

  @Override
  public void run(
      Worker worker,
      VirtualNodeTree tree,
      Tensor input,
      Tensor outputGradient,
      float[] gradients,
      int filter) {
    Share share = shares[worker.index()];
    share.begin(input, outputGradient);
    int end = worker.to(units.length);
    for (int i = worker.from(units.length); i < end; i++) {
      Unit unit = units[i];
      int height = 0;
      for (int node = 0; node < tree.nodes(); node++) {
        share.node(unit, tree.imageOf(node), tree.images(), share.sums(height));
        height++;
        for (int merge = 0; merge < PairwiseTree.merges(node); merge++) {
          height--;
          merge(share.sums(height - 1), share.sums(height), unit.sums());
        }
      }
      write(unit, share.sums(0), gradients, filter);
    }
  }

  /**
   * A unit of work: a part of the filter.
   *
   * @param group it is in
   * @param first panel of rows
   * @param end of them, exclusive
   * @param output the first, counted in the group
   * @param outChannels how many, rounded up to 16
   */
  private record Unit(int group, int first, int end, int output, int outChannels) {
    int rows() {
      return (end - first) * Layout.LANES;
    }

    /** Returns the length in floats of the sums of a pair of output panels. */
    int pairLength() {
      return rows() * PAIR;
    }

    int sums() {
      return (outChannels + PAIR - 1) / PAIR * pairLength();
    }
  }

  private void merge(int left, int right, int length) {
    float[] sums = workspace.scratch();
    VectorCopy.add(length / Lanes.COUNT, sums, right, Lanes.COUNT, sums, left, Lanes.COUNT);
  }

  /** Copies the unit's sums to the packed filter. */
  private void write(Unit unit, int sums, float[] gradients, int filter) {
    int k = unit.first() * Layout.LANES;
    int count = Math.min(unit.end() * Layout.LANES, g.fanIn()) - k;
    int output = unit.group() * g.groupOutChannels() + unit.output();
    for (int o = 0; o < unit.outChannels(); o += Lanes.COUNT) {
      int from = sums + o / PAIR * unit.pairLength() + o % PAIR;
      int to = filter + g.filterIndex(k, output + o);
      VectorCopy.copy(count, workspace.scratch(), from, PAIR, gradients, to, Layout.LANES);
    }
  }

  /** The computation of one worker, with its buffers. */
  private final class Share extends WorkerState {
    private final FilterTapPanels taps = new FilterTapPanels(g, PACKED_PANELS * Layout.LANES);

    /** Null if each panel of 16 columns belongs to one tap of the filter. */
    private final Im2col patches = FilterTapPanels.fits(g) ? null : new Im2col(g, blocks, true);

    private final GatherCopy gathering =
        new GatherCopy(Math.max(unitOutChannels, PACKED_PANELS * Layout.LANES));
    private final GemmMacroKernel product = new GemmMacroKernel();

    // Where this worker's scratch memory begins, and its parts: packed rows, packed gradients of
    // the output, and what is free for patches.
    private final int at;
    private final int rows;
    private final int columns;
    private final int free;

    private Tensor input;
    private Tensor outputGradient;

    Share(int worker) {
      at = Layout.ALIGNMENT + worker * scratch(patches);
      rows = at + levels * sumsLength();
      columns = rows + blocks.pixels() * PACKED_PANELS * Layout.LANES;
      free = columns + blocks.pixels() * unitOutChannels;
    }

    /** Sets the tensors of a pass. */
    void begin(Tensor input, Tensor outputGradient) {
      this.input = input;
      this.outputGradient = outputGradient;
    }

    /** Returns where the sums of a level of the tree are. */
    int sums(int level) {
      return at + level * sumsLength();
    }

    /** Computes one node's sums. */
    void node(Unit unit, int firstImage, int images, int to) {
      int count = blocks.count(images);
      for (int block = 0; block < count; block++) {
        int first = firstImage + blocks.firstImage(block);
        int end = firstImage + blocks.endImage(block, images);
        int firstRow = blocks.firstRow(block);
        int endRow = blocks.endRow(block);
        int pixels = (end - first) * (endRow - firstRow) * out.width();
        if (patches != null) {
          patches.read(input, firstImage, images, block, unit.group(), workspace.scratch(), free);
        } else {
          taps.of(input, first, end, firstRow, endRow);
        }
        packColumns(unit, first * out.height() + firstRow, pixels);
        for (int panel = unit.first(); panel < unit.end(); panel += PACKED_PANELS) {
          int endPanel = Math.min(panel + PACKED_PANELS, unit.end());
          int k = panel * Layout.LANES;
          packRows(unit.group(), k, endPanel * Layout.LANES);
          int into = to + (k - unit.first() * Layout.LANES) * PAIR;
          int used = Math.min(endPanel * Layout.LANES, g.fanIn()) - k;
          multiply(unit, pixels, used, block == 0, into);
        }
      }
    }

    /** Packs the values that outputs see into panels. */
    private void packRows(int group, int first, int end) {
      if (patches == null) {
        taps.pack(group, first, end, workspace.scratch(), rows);
        return;
      }
      int pixels = patches.pixels();
      int run = patches.run();
      gathering.clear();
      for (int k = first; k < end; k += Lanes.COUNT) {
        gathering.add(k / run * patches.runStep() + k % run, FilterTapPanels.at(k - first, pixels));
      }
      gathering
          .read(patches.values(), patches.at(), patches.rowAt(), 0)
          .copy(pixels, workspace.scratch(), rows, Layout.LANES);
    }

    /** Packs the output's gradient into panels, from a row of all images on. */
    private void packColumns(Unit unit, int row, int pixels) {
      int read =
          outputGradient.pixel(row * out.width())
              + unit.group() * g.groupOutChannels()
              + unit.output();
      gathering.clear();
      for (int o = 0; o < unit.outChannels(); o += Lanes.COUNT) {
        gathering.add(o, FilterTapPanels.at(o, pixels));
      }
      gathering
          .read(outputGradient.data(), read, outputGradient.stride())
          .copy(pixels, workspace.scratch(), columns, Layout.LANES);
    }

    private void multiply(Unit unit, int pixels, int used, boolean begins, int to) {
      float[] scratch = workspace.scratch();
      int panel = pixels * Layout.LANES;
      for (int o = 0; o < unit.outChannels(); o += PAIR) {
        int panels = Math.min(2, (unit.outChannels() - o) / Layout.LANES);
        product.right(scratch, columns + o / Layout.LANES * panel, panel);
        for (int row = 0; row < used; row += GemmMicroKernelPanels.ROWS) {
          product.left(scratch, rows + row / Layout.LANES * panel + row % Layout.LANES);
          product.result(scratch, to + o / PAIR * unit.pairLength() + row * PAIR, PAIR);
          if (begins) {
            product.initial(zeros, 0, 0);
          }
          product.panels(panels, pixels);
        }
      }
    }
  }
}
