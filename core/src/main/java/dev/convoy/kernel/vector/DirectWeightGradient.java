package dev.convoy.kernel.vector;

import dev.convoy.concurrent.Worker;
import dev.convoy.kernel.ConvolutionGeometry;
import dev.convoy.kernel.NodeTree;
import dev.convoy.kernel.Workspace;
import dev.convoy.tensor.Layout;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.Tensor;

/**
 * The gradient of the filter. Workers share its rows, the K = (KH,KW,C) values that an output sees:
 * for some panels of 16 rows and all outputs, node by node and block of pixels by block, the
 * output's gradient is packed to panels (pixels,16), each panel of rows likewise, and their product
 * is added to the node's sums; the nodes' sums are added in their tree, all in the worker's own
 * memory, and the gradient is written once.
 */
final class DirectWeightGradient {
  /** Pixels of a block: a panel of rows and two of the gradient lie in L1. */
  private static final int PIXELS = 200;

  /** Panels of rows that are packed at a time, for two of the gradient that stay in L1. */
  private static final int PACKED_PANELS = 8;

  /** Floats of a node's sums, so that those of all levels of the tree stay in L2. */
  private static final int SUMS = 1 << 17;

  private final ConvolutionGeometry g;
  private final Shape out;
  private final Workspace workspace;
  private final ImageBlocks blocks;
  private final Patches[] patches;
  private final int outputs;
  private final int rowPanels;
  private final int unitPanels;
  private final float[] zeros;

  /** Tree levels that scratch memory is there for. */
  private final int levels;

  DirectWeightGradient(ConvolutionGeometry geometry, Workspace workspace) {
    g = geometry;
    out = g.output();
    this.workspace = workspace;
    blocks = ImageBlocks.of(out, 1, PIXELS);
    outputs = Layout.padded(g.groupOutputs());
    rowPanels = Layout.padded(g.taps()) / Layout.LANES;
    unitPanels = unitPanels(workspace.workers());
    levels = 32 - Integer.numberOfLeadingZeros(workspace.images());
    patches = new Patches[workspace.workers()];
    for (int i = 0; i < patches.length; i++) {
      patches[i] = new Patches(g, blocks, true);
    }
    zeros = new float[outputs];
    workspace.reserve(Math.multiplyExact(patches.length, scratch()));
  }

  /** As many as the cache holds, but so that all workers have equally many units. */
  private int unitPanels(int workers) {
    int most = Math.max(1, SUMS / (outputs * Layout.LANES));
    int rounds = (rowPanels * g.groups() + most * workers - 1) / (most * workers);
    return Math.min(
        rowPanels,
        Math.max(1, (rowPanels * g.groups() + rounds * workers - 1) / (rounds * workers)));
  }

  private int sumsLength() {
    return unitPanels * Layout.LANES * outputs;
  }

  private int scratch() {
    int packed = blocks.pixels() * (outputs + PACKED_PANELS * Layout.LANES);
    return patches[0].scratch() + packed + Math.multiplyExact(levels, sumsLength());
  }

  void run(
      Worker me,
      NodeTree tree,
      Tensor input,
      Tensor outputGradient,
      float[] gradients,
      int filter) {
    int ofGroup = (rowPanels + unitPanels - 1) / unitPanels;
    int units = g.groups() * ofGroup;
    int end = me.to(units);
    for (int unit = me.from(units); unit < end; unit++) {
      int group = unit / ofGroup;
      int first = unit % ofGroup * unitPanels;
      int last = Math.min(first + unitPanels, rowPanels);
      int sums = me.index() * scratch();
      int height = 0;
      for (int node = 0; node < tree.nodes(); node++) {
        int to = sums + height * sumsLength();
        node(me, tree.imageOf(node), tree.images(), input, outputGradient, group, first, last, to);
        height++;
        for (int i = 0; i < NodeTree.merges(node); i++) {
          height--;
          int right = sums + height * sumsLength();
          merge(right - sumsLength(), right, (last - first) * Layout.LANES * outputs);
        }
      }
      write(
          sums,
          group,
          first * Layout.LANES,
          Math.min(last * Layout.LANES, g.taps()),
          gradients,
          filter);
    }
  }

  private void merge(int left, int right, int length) {
    float[] sums = workspace.scratch();
    Lines.add(length / Lanes.COUNT, sums, right, Lanes.COUNT, sums, left, Lanes.COUNT);
  }

  /** One node's sums. */
  private void node(
      Worker me,
      int firstImage,
      int images,
      Tensor input,
      Tensor outputGradient,
      int group,
      int first,
      int last,
      int to) {
    float[] scratch = workspace.scratch();
    Patches mine = patches[me.index()];
    int rows = me.index() * scratch() + levels * sumsLength();
    int columns = rows + blocks.pixels() * PACKED_PANELS * Layout.LANES;
    int free = columns + blocks.pixels() * outputs;
    int count = blocks.count(images);
    for (int block = 0; block < count; block++) {
      mine.read(input, firstImage, images, block, group, scratch, free);
      pack(outputGradient, firstImage, block, group, mine.pixels, scratch, columns);
      for (int panel = first; panel < last; panel += PACKED_PANELS) {
        int end = Math.min(panel + PACKED_PANELS, last);
        int into = to + (panel - first) * Layout.LANES * outputs;
        pack(mine, panel, end, scratch, rows);
        int used = Math.min(end * Layout.LANES, g.taps()) - panel * Layout.LANES;
        multiply(mine.pixels, used, block == 0, scratch, rows, columns, into);
      }
    }
  }

  /** Panels of rows. */
  private static void pack(Patches from, int panel, int end, float[] scratch, int to) {
    for (int i = panel; i < end; i++) {
      int k = i * Layout.LANES;
      int at = from.at + k / from.run * from.runStep + k % from.run;
      int into = to + (i - panel) * from.pixels * Layout.LANES;
      Gathering.panel(from.pixels, from.values, at, from.rowAt, scratch, into);
    }
  }

  /** The output's gradient to panels (pixels,16). */
  private void pack(
      Tensor gradient, int firstImage, int block, int group, int pixels, float[] scratch, int to) {
    int row = (firstImage + blocks.firstImage(block)) * out.height() + blocks.firstRow(block);
    int at = gradient.pixel(row * out.width()) + group * g.groupOutputs();
    for (int o = 0; o < outputs; o += Lanes.COUNT) {
      int into = to + o / Layout.LANES * pixels * Layout.LANES + o % Layout.LANES;
      Lines.copy(pixels, gradient.data(), at + o, gradient.stride(), scratch, into, Layout.LANES);
    }
  }

  private void multiply(
      int pixels, int used, boolean begins, float[] scratch, int rows, int columns, int to) {
    int panel = pixels * Layout.LANES;
    for (int o = 0; o < outputs; o += 2 * Layout.LANES) {
      int panels = Math.min(2, (outputs - o) / Layout.LANES);
      for (int row = 0; row < used; row += PanelProduct.ROWS) {
        int at = to + row * outputs + o;
        Tiles.panels(
            panels,
            pixels,
            scratch,
            rows + row / Layout.LANES * panel + row % Layout.LANES,
            scratch,
            columns + o / Layout.LANES * panel,
            panel,
            begins ? zeros : scratch,
            begins ? 0 : at,
            begins ? 0 : outputs,
            scratch,
            at,
            outputs);
      }
    }
  }

  /** Rows k to {@code end} of a group to the packed filter. */
  private void write(int sums, int group, int k, int end, float[] gradients, int filter) {
    for (int o = 0; o < outputs; o += Lanes.COUNT) {
      int to = filter + g.filterIndex(k, group * g.groupOutputs() + o);
      Lines.copy(end - k, workspace.scratch(), sums + o, outputs, gradients, to, Layout.LANES);
    }
  }
}
