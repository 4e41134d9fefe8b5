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
import dev.convoy.tensor.Layout;
import dev.convoy.tensor.PairwiseTree;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.Tensor;

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
  private final FilterTapPanels[] taps;

  /** Null if each panel of 16 columns belongs to one tap of the filter. */
  private final Im2col[] patches;

  private final GatherCopy[] gatherings;
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
    int mostColumns = PACKED_PANELS * Layout.LANES;
    patches = FilterTapPanels.fits(g) ? null : new Im2col[workspace.workers()];
    taps = new FilterTapPanels[workspace.workers()];
    gatherings = new GatherCopy[workspace.workers()];
    for (int i = 0; i < workspace.workers(); i++) {
      taps[i] = new FilterTapPanels(g, mostColumns);
      if (patches != null) {
        patches[i] = new Im2col(g, blocks, true);
      }
      gatherings[i] = new GatherCopy(Math.max(unitOutChannels, mostColumns));
    }
    int ofWorkers = Math.multiplyExact(workspace.workers(), scratch());
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

  private int scratch() {
    int packed = blocks.pixels() * (unitOutChannels + PACKED_PANELS * Layout.LANES);
    int seen = patches == null ? 0 : patches[0].scratch();
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
    int sums = Layout.ALIGNMENT + worker.index() * scratch();
    int end = worker.to(units.length);
    for (int i = worker.from(units.length); i < end; i++) {
      Unit unit = units[i];
      int height = 0;
      for (int node = 0; node < tree.nodes(); node++) {
        int to = sums + height * sumsLength();
        node(worker, unit, tree.imageOf(node), tree.images(), input, outputGradient, to);
        height++;
        for (int merge = 0; merge < PairwiseTree.merges(node); merge++) {
          height--;
          int right = sums + height * sumsLength();
          merge(right - sumsLength(), right, unit.sums());
        }
      }
      write(unit, sums, gradients, filter);
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

  /** Computes one node's sums. */
  private void node(
      Worker worker,
      Unit unit,
      int firstImage,
      int images,
      Tensor input,
      Tensor outputGradient,
      int to) {
    float[] scratch = workspace.scratch();
    GatherCopy gathering = gatherings[worker.index()];
    int rows = Layout.ALIGNMENT + worker.index() * scratch() + levels * sumsLength();
    int columns = rows + blocks.pixels() * PACKED_PANELS * Layout.LANES;
    int free = columns + blocks.pixels() * unitOutChannels;
    int count = blocks.count(images);
    for (int block = 0; block < count; block++) {
      int first = firstImage + blocks.firstImage(block);
      int end = firstImage + blocks.endImage(block, images);
      int pixels = (end - first) * (blocks.endRow(block) - blocks.firstRow(block)) * out.width();
      if (patches != null) {
        patches[worker.index()].read(input, firstImage, images, block, unit.group(), scratch, free);
      }
      pack(gathering, outputGradient, unit, first, block, pixels, scratch, columns);
      for (int panel = unit.first(); panel < unit.end(); panel += PACKED_PANELS) {
        int endPanel = Math.min(panel + PACKED_PANELS, unit.end());
        int k = panel * Layout.LANES;
        int endK = endPanel * Layout.LANES;
        if (patches != null) {
          pack(gathering, patches[worker.index()], k, endK, scratch, rows);
        } else {
          taps[worker.index()].pack(
              input,
              first,
              end,
              blocks.firstRow(block),
              blocks.endRow(block),
              unit.group(),
              k,
              endK,
              scratch,
              rows);
        }
        int into = to + (k - unit.first() * Layout.LANES) * PAIR;
        multiply(
            unit, pixels, Math.min(endK, g.fanIn()) - k, block == 0, scratch, rows, columns, into);
      }
    }
  }

  /** Packs the values that outputs see into panels. */
  private static void pack(
      GatherCopy gathering, Im2col from, int first, int end, float[] scratch, int to) {
    gathering.clear();
    for (int k = first; k < end; k += Lanes.COUNT) {
      int read = k / from.run * from.runStep + k % from.run;
      gathering.add(read, FilterTapPanels.at(k - first, from.pixels));
    }
    gathering.copy(from.pixels, from.values, from.at, from.rowAt, 0, scratch, to, Layout.LANES);
  }

  /** Packs the output's gradient into panels. */
  private void pack(
      GatherCopy gathering,
      Tensor gradient,
      Unit unit,
      int image,
      int block,
      int pixels,
      float[] scratch,
      int to) {
    int row = image * out.height() + blocks.firstRow(block);
    int at =
        gradient.pixel(row * out.width()) + unit.group() * g.groupOutChannels() + unit.output();
    gathering.clear();
    for (int o = 0; o < unit.outChannels(); o += Lanes.COUNT) {
      gathering.add(o, FilterTapPanels.at(o, pixels));
    }
    gathering.copy(pixels, gradient.data(), at, gradient.stride(), scratch, to, Layout.LANES);
  }

  private void multiply(
      Unit unit,
      int pixels,
      int used,
      boolean begins,
      float[] scratch,
      int rows,
      int columns,
      int to) {
    int panel = pixels * Layout.LANES;
    for (int o = 0; o < unit.outChannels(); o += PAIR) {
      int panels = Math.min(2, (unit.outChannels() - o) / Layout.LANES);
      for (int row = 0; row < used; row += GemmMicroKernelPanels.ROWS) {
        int at = to + o / PAIR * unit.pairLength() + row * PAIR;
        GemmMacroKernel.panels(
            panels,
            pixels,
            scratch,
            rows + row / Layout.LANES * panel + row % Layout.LANES,
            scratch,
            columns + o / Layout.LANES * panel,
            panel,
            begins ? zeros : scratch,
            begins ? 0 : at,
            begins ? 0 : PAIR,
            scratch,
            at,
            PAIR);
      }
    }
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
}
