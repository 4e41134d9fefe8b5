package dev.convoy.kernel.vector.direct;

import dev.convoy.concurrent.Worker;
import dev.convoy.kernel.ConvolutionGeometry;
import dev.convoy.kernel.Epilogue;
import dev.convoy.kernel.RowBands;
import dev.convoy.kernel.Workspace;
import dev.convoy.kernel.vector.gemm.GemmMacroKernel;
import dev.convoy.kernel.vector.gemm.GemmMicroKernelRows;
import dev.convoy.kernel.vector.gemm.PackedRows;
import dev.convoy.tensor.Layout;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.Tensor;
import java.util.Arrays;

/**
 * The gradient of the input: for a block of input pixels, phase by phase, the product of its {@link
 * Im2colGradient} with the {@link RotatedFilters}, which all workers compute first.
 */
final class DirectInputGradient implements InputGradient {
  private final ConvolutionGeometry g;
  private final Workspace workspace;
  private final Shape in;
  private final RowBands bands;
  private final ImageBlocks blocks;
  private final Phase[] phases;
  private final RotatedFilters filters;
  private final Im2colGradient[] patches;
  private final PackedRows[] packed;
  private final float[] zeros;
  private final int longest;

  DirectInputGradient(ConvolutionGeometry geometry, Workspace workspace) {
    g = geometry;
    this.workspace = workspace;
    in = g.input();
    int pixels = DirectForward.pixels(in, workspace) * g.stride() * g.stride();
    bands = new RowBands(in);
    blocks = ImageBlocks.of(in, wholeBandsAndSteps(g.stride()), pixels);
    phases = Phase.of(g);
    filters = new RotatedFilters(g);
    longest = longest();
    patches = new Im2colGradient[workspace.workers()];
    packed = new PackedRows[workspace.workers()];
    for (int i = 0; i < patches.length; i++) {
      patches[i] = new Im2colGradient(g, blocks);
      packed[i] = new PackedRows(Math.min(longest, DirectForward.TERMS), g.groupOutChannels());
    }
    zeros = new float[2 * Layout.LANES];
    int ofWorkers = Math.multiplyExact(patches.length, scratch());
    workspace.reserve(Math.addExact(patchesAt(), ofWorkers));
  }

  /** Returns the number of terms of the longest phase. */
  private int longest() {
    int taps = 0;
    for (Phase phase : phases) {
      taps = Math.max(taps, phase.taps());
    }
    return taps * g.groupOutChannels();
  }

  /**
   * Returns the scratch memory of a worker in floats: the patches, and behind them the packed rows.
   */
  private int scratch() {
    int pixels = Math.max(DirectForward.PACKED, in.width());
    int rows = PackedRows.length(pixels, Math.min(longest, DirectForward.TERMS));
    return Math.addExact(patches[0].scratch(), rows);
  }

  /** Returns where the workers' patches begin, behind the filters. */
  private int patchesAt() {
    return Layout.ALIGNMENT + filters.length();
  }

  /** Returns the smallest number of rows that are whole bands and whole steps. */
  private static int wholeBandsAndSteps(int stride) {
    int rows = RowBands.HEIGHT;
    while (rows % stride != 0) {
      rows += RowBands.HEIGHT;
    }
    return rows;
  }

  @Override
  public void run(
      Worker worker,
      int images,
      Tensor outputGradient,
      float[] weights,
      int filter,
      boolean add,
      Epilogue epilogue,
      Tensor inputGradient) {
    float[] scratch = workspace.scratch();
    int endUnit = worker.to(filters.units());
    for (int unit = worker.from(filters.units()); unit < endUnit; unit++) {
      filters.rotate(unit, weights, filter, scratch, Layout.ALIGNMENT);
    }
    worker.barrier();
    Im2colGradient mine = patches[worker.index()];
    PackedRows rows = packed[worker.index()];
    int free = patchesAt() + worker.index() * scratch();
    int count = blocks.count(images);
    int end = worker.to(count);
    for (int block = worker.from(count); block < end; block++) {
      for (int group = 0; group < g.groups(); group++) {
        mine.read(outputGradient, images, block, group, scratch, free);
        for (Phase phase : phases) {
          mine.select(phase);
          phase(
              mine, rows, phase, block, group, add, scratch, free + mine.scratch(), inputGradient);
        }
      }
      epilogue.bands(
          blocks.firstBand(block), Math.min(blocks.firstBand(block + 1), bands.count(images)));
    }
  }

  private void phase(
      Im2colGradient patches,
      PackedRows rows,
      Phase phase,
      int block,
      int group,
      boolean add,
      float[] scratch,
      int packed,
      Tensor gradient) {
    int panels = Layout.padded(g.groupInChannels()) / Layout.LANES;
    if (phase.taps() > 0) {
      // With one phase all pixels lie side by side, in one line.
      int pixels = patches.rows * patches.width;
      int line = g.stride() == 1 ? pixels : patches.width;
      int step =
          g.stride() == 1
              ? DirectForward.packed(pixels)
              : Math.max(1, DirectForward.PACKED / Math.max(1, line)) * line;
      for (int pixel = 0; pixel < pixels; pixel += step) {
        int count = Math.min(step, pixels - pixel);
        multiply(
            patches,
            rows,
            phase,
            block,
            pixel,
            count,
            line,
            group * panels,
            panels,
            add,
            scratch,
            packed,
            gradient);
      }
    } else if (!add) {
      int from = group * g.groupInChannels();
      for (int row = 0; row < patches.rows; row++) {
        int at = position(patches, phase, block, row, gradient) + from;
        clear(gradient, at, patches.width, panels);
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

  /** Returns the index of the first pixel in a row of a phase. */
  private int position(Im2colGradient rows, Phase phase, int block, int row, Tensor gradient) {
    int ofImage = Math.max(1, rows.rows / rows.images);
    int image = blocks.firstImage(block) + row / ofImage;
    int top = Phase.first(phase.row(), blocks.firstRow(block), g);
    int y = top + row % ofImage * g.stride();
    int x = Phase.first(phase.column(), 0, g);
    return gradient.pixel((image * in.height() + y) * in.width() + x);
  }

  /**
   * Computes all terms of some pixels of a phase, which lie side by side in lines of {@code line}
   * pixels.
   */
  private void multiply(
      Im2colGradient patches,
      PackedRows rows,
      Phase phase,
      int block,
      int pixel,
      int pixels,
      int line,
      int panel,
      int panels,
      boolean add,
      float[] scratch,
      int packed,
      Tensor gradient) {
    int length = filters.panelLength();
    int filter =
        Layout.ALIGNMENT + panel * length + phase.firstTap() * g.groupOutChannels() * Layout.LANES;
    int all = phase.taps() * g.groupOutChannels();
    int parts = DirectForward.parts(all);
    for (int part = 0; part < parts; part++) {
      int from = PackedRows.partAt(part, parts, all);
      int terms = PackedRows.partAt(part + 1, parts, all) - from;
      rows.pack(
          pixels,
          patches.values,
          patches.at,
          patches.rowAt,
          pixel,
          patches.run,
          patches.runStep,
          from,
          terms,
          scratch,
          packed);
      boolean begins = part == 0 && !add;
      for (int pair = 0; pair < panels; pair += 2) {
        int b = filter + pair * length + from * Layout.LANES;
        for (int p = 0; p < pixels; p += line) {
          int at =
              position(patches, phase, block, (pixel + p) / line, gradient)
                  + (pixel + p) % line * gradient.stride()
                  + (panel + pair) * Layout.LANES;
          int step = g.stride() * gradient.stride();
          GemmMacroKernel.rows(
              Math.min(line, pixels - p),
              Math.min(2, panels - pair),
              terms,
              scratch,
              packed + p * GemmMicroKernelRows.STEP,
              PackedRows.blockStep(pixels),
              scratch,
              b,
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
}
