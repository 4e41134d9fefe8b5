package dev.convoy.kernel.vector.winograd;

import dev.convoy.concurrent.Worker;
import dev.convoy.kernel.ConvolutionGeometry;
import dev.convoy.kernel.Winograd;
import dev.convoy.kernel.Workspace;
import dev.convoy.kernel.vector.gemm.GemmMicroKernelPanels;
import dev.convoy.kernel.vector.lanes.Lanes;
import dev.convoy.kernel.vector.lanes.VectorCopy;
import dev.convoy.tensor.Layout;
import dev.convoy.tensor.PairwiseTree;
import dev.convoy.tensor.Tensor;

/**
 * The filter gradient of one team's virtual nodes, by a {@link WinogradWeightPlan}. In scratch
 * memory, transformed inputs and output gradients lie as (point, channel/16, tile, 16), the sums of
 * a block as (point, input, output), and the tree's partial sums as (output/16, 3, 3, input, 16).
 */
final class WinogradWeightWork {
  private static final int WEIGHTS = Winograd.FILTER * Winograd.FILTER;

  /** Tiles that a micro-kernel takes at once, so that two panels of outputs stay in L1. */
  private static final int TERMS = 256;

  /** Floats from one row of the buffer between the transforms back to the next. */
  private static final int ROW = Layout.LANES * Winograd.SIDE * Layout.LANES;

  private static final int BUFFER = Math.max(WinogradTiles.SCRATCH, Winograd.FILTER * ROW);

  /** Tiles that are transformed together. */
  private static final int RUN = WinogradTiles.longestRun(Layout.LANES);

  private final ConvolutionGeometry g;
  private final WinogradWeightPlan plan;
  private final Workspace workspace;
  private final int tileRows;
  private final int columns;

  // Lengths; that of a panel, a point or a row is no power of two, or they would share cache sets.
  private final int panel;
  private final int inputPoint;
  private final int outputPoint;
  private final int sumRow;
  private final int sumPoint;
  private final int level;
  // Where parts of scratch memory begin.
  private final int outputsAt;
  private final int sumsAt;
  private final int levelsAt;
  private final int buffersAt;

  WinogradWeightWork(ConvolutionGeometry geometry, WinogradWeightPlan plan, Workspace workspace) {
    g = geometry;
    this.plan = plan;
    this.workspace = workspace;
    tileRows = Winograd.tiles(g.output().height());
    columns = Winograd.tiles(g.output().width());
    panel = Math.multiplyExact(plan.chunkRows() * columns, Layout.LANES) + Layout.LANES;
    inputPoint = g.inputGradientStride() / Layout.LANES * panel + Layout.LANES;
    outputPoint = g.outputStride() / Layout.LANES * panel + Layout.LANES;
    sumRow = plan.blockOutputs() + Layout.LANES;
    sumPoint = plan.blockInputs() * sumRow + Layout.LANES;
    level = WEIGHTS * plan.blockInputs() * plan.blockOutputs();
    outputsAt = Math.multiplyExact(Winograd.POINTS, inputPoint);
    sumsAt = Math.addExact(outputsAt, Math.multiplyExact(Winograd.POINTS, outputPoint));
    levelsAt = Math.addExact(sumsAt, plan.keptSums() * Winograd.POINTS * sumPoint);
    buffersAt = Math.addExact(levelsAt, plan.keptLevels() * plan.levels() * level);
  }

  /** Returns the scratch memory in floats that a team needs. */
  int scratch() {
    return Math.addExact(buffersAt, plan.members() * BUFFER);
  }

  /**
   * Computes the share of a team's member.
   *
   * @param share the member's buffers
   * @param at where the team's scratch memory begins
   */
  void run(
      WinogradWeightShare share,
      Worker worker,
      int firstImage,
      Tensor input,
      Tensor outputGradient,
      int at,
      float[] gradient,
      int gradientAt) {
    share.begin(workspace.scratch(), at + buffersAt + worker.index() * BUFFER);
    int first = firstImage * tileRows;
    for (int row = 0, rows; row < plan.rows(); row += rows) {
      rows = chunk(row);
      transform(share, worker, first + row, rows, input, outputGradient, at);
      worker.barrier();
      for (int block = worker.from(plan.blocks()); block < worker.to(plan.blocks()); block++) {
        block(share, worker, block, row, rows, at, gradient, gradientAt);
      }
      if (row + rows < plan.rows()) {
        worker.barrier();
      }
    }
  }

  /**
   * Returns the number of rows of tiles, from {@code row} on, in the next chunk: those of whole
   * nodes, or a part of one.
   */
  private int chunk(int row) {
    int end = plan.chunkNodes() == 0 ? (row / plan.nodeRows() + 1) * plan.nodeRows() : plan.rows();
    return Math.min(plan.chunkRows(), end - row);
  }

  /** Transforms inputs and output gradients; the work is cut into rows of tiles of 16 channels. */
  private void transform(
      WinogradWeightShare share,
      Worker worker,
      int first,
      int rows,
      Tensor input,
      Tensor outputGradient,
      int at) {
    share.inputTiles.to(share.scratch, inputPoint, Layout.LANES);
    share.outputTiles.to(share.scratch, outputPoint, Layout.LANES);
    int inputs = g.inputGradientStride() / Layout.LANES * rows;
    int units = inputs + g.outputStride() / Layout.LANES * rows;
    for (int unit = worker.from(units); unit < worker.to(units); unit++) {
      boolean ofInput = unit < inputs;
      int row = unit % rows;
      int channels = (ofInput ? unit : unit - inputs) / rows;
      int to = (ofInput ? at : at + outputsAt) + channels * panel + row * columns * Layout.LANES;
      for (int tile = 0, count; tile < columns; tile += count) {
        count = Math.min(RUN, columns - tile);
        (ofInput ? share.inputTiles : share.outputTiles)
            .transform(
                ofInput ? input : outputGradient,
                channels * Layout.LANES,
                Layout.LANES,
                first + row,
                tile,
                count,
                to + tile * Layout.LANES);
      }
    }
  }

  private void block(
      WinogradWeightShare share,
      Worker worker,
      int block,
      int row,
      int rows,
      int at,
      float[] gradient,
      int gradientAt) {
    Block of = new Block(g, plan, block);
    int kept = plan.keptSums() == plan.blocks() ? block : worker.index();
    int sums = at + sumsAt + kept * Winograd.POINTS * sumPoint;
    for (int from = row, count; from < row + rows; from += count) {
      int end = (from / plan.nodeRows() + 1) * plan.nodeRows();
      count = Math.min(row + rows, end) - from;
      boolean begins = from % plan.nodeRows() == 0;
      multiply(share, of, (from - row) * columns, count * columns, begins, at, sums);
      if (from + count == end) {
        int levels = at + levelsAt + levelSet(worker, block) * plan.levels() * level;
        add(share, of, from / plan.nodeRows(), sums, levels, gradient, gradientAt);
      }
    }
  }

  private int levelSet(Worker worker, int block) {
    return plan.keptLevels() == plan.blocks() ? block : worker.index();
  }

  /**
   * A block of input and output channels.
   *
   * @param group it is in
   * @param input its first input channel, counted in the group
   * @param inputs how many, rounded up to 16
   * @param output its first output channel, counted in the group
   * @param outputs how many, rounded up to 16
   */
  private record Block(int group, int input, int inputs, int output, int outputs) {
    /**
     * Makes block number {@code block}; blocks of the same inputs follow each other, so that these
     * stay in the cache.
     */
    Block(ConvolutionGeometry g, WinogradWeightPlan plan, int block) {
      this(
          g,
          plan,
          block / (plan.blocks() / g.groups()),
          block % (plan.blocks() / g.groups()) / plan.outputBlocks() * plan.blockInputs(),
          block % plan.outputBlocks() * plan.blockOutputs());
    }

    private Block(
        ConvolutionGeometry g, WinogradWeightPlan plan, int group, int input, int output) {
      this(
          group,
          input,
          Math.min(plan.blockInputs(), Layout.padded(g.groupInChannels()) - input),
          output,
          Math.min(plan.blockOutputs(), Layout.padded(g.groupOutChannels()) - output));
    }
  }

  private void multiply(
      WinogradWeightShare share, Block of, int tile, int tiles, boolean begins, int at, int sums) {
    int parts = (tiles + TERMS - 1) / TERMS;
    for (int point = 0; point < Winograd.POINTS; point++) {
      int inputs = (of.group() * g.groupInChannels() + of.input()) / Layout.LANES * panel;
      int outputs = (of.group() * g.groupOutChannels() + of.output()) / Layout.LANES * panel;
      int a = at + point * inputPoint + inputs + tile * Layout.LANES;
      int b = at + outputsAt + point * outputPoint + outputs + tile * Layout.LANES;
      for (int part = 0; part < parts; part++) {
        int from = tiles * part / parts;
        int terms = tiles * (part + 1) / parts - from;
        int offset = from * Layout.LANES;
        boolean first = begins && part == 0;
        product(share, of, terms, a + offset, b + offset, first, sums + point * sumPoint);
      }
    }
  }

  private void product(
      WinogradWeightShare share, Block of, int terms, int a, int b, boolean begins, int sums) {
    for (int o = 0; o < of.outputs(); o += 2 * Layout.LANES) {
      int panels = Math.min(2, (of.outputs() - o) / Layout.LANES);
      share.product.right(share.scratch, b + o / Layout.LANES * panel, panel);
      for (int c = 0; c < of.inputs(); c += GemmMicroKernelPanels.ROWS) {
        share.product.left(share.scratch, a + c / Layout.LANES * panel + c % Layout.LANES);
        share.product.result(share.scratch, sums + c * sumRow + o, sumRow);
        if (begins) {
          share.product.initial(share.zeros, 0, 0);
        }
        share.product.panels(panels, terms);
      }
    }
  }

  /** Transforms a node's sums back and adds them in the tree. */
  private void add(
      WinogradWeightShare share,
      Block of,
      int node,
      int sums,
      int levels,
      float[] gradient,
      int gradientAt) {
    int target =
        gradientAt + g.filterIndex(of.input(), of.group() * g.groupOutChannels() + of.output());
    int depth = PairwiseTree.buffer(node);
    int inputs = g.groupInChannels();
    if (depth == 0) {
      transformBack(share, of, sums, gradient, target, inputs);
    } else {
      int to = levels + (depth - 1) * level;
      transformBack(share, of, sums, share.scratch, to, plan.blockInputs());
    }
    for (int merges = PairwiseTree.merges(node); merges > 0; merges--) {
      depth--;
      int right = levels + depth * level;
      if (depth == 0) {
        merge(of, share.scratch, right, gradient, target, inputs);
      } else {
        merge(of, share.scratch, right, share.scratch, right - level, plan.blockInputs());
      }
    }
  }

  private void transformBack(
      WinogradWeightShare share, Block of, int sums, float[] to, int toAt, int rows) {
    float[] scratch = share.scratch;
    int buffer = share.buffer;
    int next = Winograd.SIDE * Lanes.COUNT;
    int tap = rows * Layout.LANES;
    int inputs = Math.min(of.inputs(), g.groupInChannels() - of.input());
    for (int o = 0; o < of.outputs(); o += Lanes.COUNT) {
      int result = toAt + o / Layout.LANES * WEIGHTS * tap + o % Layout.LANES;
      for (int c = 0; c < inputs; c += Layout.LANES) {
        int count = Math.min(Layout.LANES, inputs - c);
        int at = sums + c * sumRow + o;
        share.source.of(scratch, at, Winograd.SIDE * sumPoint, sumPoint, sumRow);
        share.target.of(scratch, buffer, ROW, Lanes.COUNT, next);
        WinogradTransform.filterGradient(Winograd.SIDE, count, share.source, share.target);
        share.source.of(scratch, buffer, Lanes.COUNT, ROW, next);
        int filter = result + c * Layout.LANES;
        share.target.of(to, filter, tap, Winograd.FILTER * tap, Layout.LANES);
        WinogradTransform.filterGradient(Winograd.FILTER, count, share.source, share.target);
      }
    }
  }

  /** Adds a sum to its left sibling, which lies with {@code rows} inputs in a panel. */
  private void merge(Block of, float[] scratch, int right, float[] to, int left, int rows) {
    int inputs = Math.min(of.inputs(), g.groupInChannels() - of.input());
    int vectors = inputs * Layout.LANES / Lanes.COUNT;
    for (int i = 0; i < of.outputs() / Layout.LANES * WEIGHTS; i++) {
      int from = right + i * plan.blockInputs() * Layout.LANES;
      int at = left + i * rows * Layout.LANES;
      VectorCopy.add(vectors, scratch, from, Lanes.COUNT, to, at, Lanes.COUNT);
    }
  }
}
