package dev.convoy.kernel.vector;

import dev.convoy.concurrent.Worker;
import dev.convoy.kernel.Bands;
import dev.convoy.kernel.ConvolutionGeometry;
import dev.convoy.kernel.Epilogue;
import dev.convoy.kernel.Workspace;
import dev.convoy.tensor.Layout;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.Tensor;
import java.util.Arrays;

/**
 * The gradient of the input: for a block of input pixels, phase by phase, the product of its {@link
 * GradientPatches} with the {@link TurnedFilters}, which all workers make first.
 */
final class DirectInputGradient {
  private final ConvolutionGeometry g;
  private final Shape in;
  private final Bands bands;
  private final ImageBlocks blocks;
  private final Phase[] phases;
  private final TurnedFilters filters;
  private final GradientPatches[] patches;
  private final float[] zeros;

  DirectInputGradient(ConvolutionGeometry geometry, Workspace workspace) {
    g = geometry;
    in = g.input();
    int pixels = DirectForward.pixels(in, workspace) * g.stride() * g.stride();
    bands = new Bands(in);
    blocks = ImageBlocks.of(in, wholeBandsAndSteps(g.stride()), pixels);
    phases = Phase.of(g);
    filters = new TurnedFilters(g);
    patches = new GradientPatches[workspace.workers()];
    for (int i = 0; i < patches.length; i++) {
      patches[i] = new GradientPatches(g, blocks);
    }
    zeros = new float[2 * Layout.LANES];
    int ofWorkers = Math.multiplyExact(patches.length, patches[0].scratch());
    workspace.reserve(Math.addExact(filters.length(), ofWorkers));
  }

  /** The smallest number of rows that are whole bands and whole steps. */
  private static int wholeBandsAndSteps(int stride) {
    int rows = Bands.HEIGHT;
    while (rows % stride != 0) {
      rows += Bands.HEIGHT;
    }
    return rows;
  }

  void run(
      Worker me,
      int images,
      Tensor outputGradient,
      float[] weights,
      int filter,
      boolean add,
      Epilogue epilogue,
      Tensor inputGradient,
      float[] scratch) {
    int endUnit = me.to(filters.units());
    for (int unit = me.from(filters.units()); unit < endUnit; unit++) {
      filters.turn(unit, weights, filter, scratch, 0);
    }
    me.meet();
    GradientPatches mine = patches[me.index()];
    int free = filters.length() + me.index() * mine.scratch();
    int count = blocks.count(images);
    int end = me.to(count);
    for (int block = me.from(count); block < end; block++) {
      for (int group = 0; group < g.groups(); group++) {
        mine.read(outputGradient, images, block, group, scratch, free);
        for (Phase phase : phases) {
          mine.select(phase, scratch, free);
          phase(mine, phase, block, group, add, scratch, inputGradient);
        }
      }
      epilogue.bands(
          blocks.firstBand(block), Math.min(blocks.firstBand(block + 1), bands.count(images)));
    }
  }

  private void phase(
      GradientPatches rows,
      Phase phase,
      int block,
      int group,
      boolean add,
      float[] filters,
      Tensor gradient) {
    int panels = Layout.padded(g.groupInputs()) / Layout.LANES;
    if (phase.taps() > 0) {
      for (int panel = 0; panel < panels; panel += 2) {
        int pair = Math.min(2, panels - panel);
        multiply(rows, phase, block, group * panels + panel, pair, add, filters, gradient);
      }
    } else if (!add) {
      int from = group * g.groupInputs();
      for (int row = 0; row < rows.rows; row++) {
        clear(gradient, position(rows, phase, block, row, gradient) + from, rows.width, panels);
      }
    }
  }

  private void clear(Tensor gradient, int at, int width, int panels) {
    int step = g.stride() * gradient.stride();
    for (int x = 0; x < width; x++) {
      int from = at + x * step;
      Arrays.fill(gradient.data(), from, from + panels * Layout.LANES, 0f);
    }
  }

  /** Where the first pixel of a row of a phase is. */
  private int position(GradientPatches rows, Phase phase, int block, int row, Tensor gradient) {
    int ofImage = Math.max(1, rows.rows / rows.images);
    int image = blocks.firstImage(block) + row / ofImage;
    int top = Phase.first(phase.row(), blocks.firstRow(block), g);
    int y = top + row % ofImage * g.stride();
    int x = Phase.first(phase.column(), 0, g);
    return gradient.pixel((image * in.height() + y) * in.width() + x);
  }

  /** All terms of a pair of panels, or of the last one. */
  private void multiply(
      GradientPatches rows,
      Phase phase,
      int block,
      int panel,
      int panels,
      boolean add,
      float[] filters,
      Tensor gradient) {
    int length = this.filters.panelLength();
    int filter = panel * length + phase.firstTap() * g.groupOutputs() * Layout.LANES;
    int parts = (rows.run + DirectForward.TERMS - 1) / DirectForward.TERMS;
    // Pixels lie side by side if there is one phase, so that its rows are one.
    int lines = g.stride() == 1 ? 1 : rows.rows;
    int width = rows.rows * rows.width / Math.max(1, lines);
    int step = g.stride() * gradient.stride();
    for (int part = 0; part < rows.runs * parts; part++) {
      int run = part / parts;
      int from = rows.run * (part % parts) / parts;
      int terms = rows.run * (part % parts + 1) / parts - from;
      boolean begins = part == 0 && !add;
      for (int line = 0; line < lines; line++) {
        int at = position(rows, phase, block, line, gradient) + panel * Layout.LANES;
        Tiles.rows(
            width,
            panels,
            terms,
            rows.values,
            rows.at + run * rows.runStep + from,
            rows.rowAt,
            line * width,
            filters,
            filter + (run * rows.run + from) * Layout.LANES,
            length,
            begins ? zeros : gradient.data(),
            begins ? 0 : at,
            begins ? 0 : step,
            gradient.data(),
            at,
            step);
      }
    }
  }
}
