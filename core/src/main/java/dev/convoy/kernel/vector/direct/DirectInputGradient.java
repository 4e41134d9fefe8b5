package dev.convoy.kernel.vector.direct;

import dev.convoy.concurrent.Worker;
import dev.convoy.kernel.ConvolutionGeometry;
import dev.convoy.kernel.Epilogue;
import dev.convoy.kernel.RowBands;
import dev.convoy.kernel.Workspace;
import dev.convoy.kernel.vector.gemm.GemmMacroKernel;
import dev.convoy.kernel.vector.gemm.GemmMicroKernelRows;
import dev.convoy.kernel.vector.gemm.PackedRows;
import dev.convoy.kernel.vector.lanes.WorkerState;
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
  private final Share[] shares;
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
    shares = new Share[workspace.workers()];
    Arrays.setAll(shares, Share::new);
    zeros = new float[2 * Layout.LANES];
    int ofWorkers = Math.multiplyExact(shares.length, scratch(shares[0].patches));
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
  private int scratch(Im2colGradient patches) {
    int pixels = Math.max(DirectForward.PACKED, in.width());
    int rows = PackedRows.length(pixels, Math.min(longest, DirectForward.TERMS));
    return Math.addExact(patches.scratch(), rows);
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
    int endUnit = worker.to(filters.units());
    for (int unit = worker.from(filters.units()); unit < endUnit; unit++) {
      filters.rotate(unit, weights, filter, workspace.scratch(), Layout.ALIGNMENT);
    }
    worker.barrier();
    Share share = shares[worker.index()];
    int count = blocks.count(images);
    int end = worker.to(count);
    for (int block = worker.from(count); block < end; block++) {
      for (int group = 0; group < g.groups(); group++) {
        share.read(outputGradient, images, block, group);
        for (Phase phase : phases) {
          share.phase(phase, add, inputGradient);
        }
      }
      epilogue.bands(
          blocks.firstBand(block), Math.min(blocks.firstBand(block + 1), bands.count(images)));
    }
  }

  /** The computation of one worker, with its buffers. */
  private final class Share extends WorkerState {
    private final Im2colGradient patches = new Im2colGradient(g, blocks);
    private final PackedRows rows =
        new PackedRows(Math.min(longest, DirectForward.TERMS), g.groupOutChannels());
    private final GemmMacroKernel product = new GemmMacroKernel();

    /** Where this worker's scratch memory begins, and the packed rows in it. */
    private final int free;

    private final int packed;

    private int block;
    private int group;

    Share(int worker) {
      free = patchesAt() + worker * scratch(patches);
      packed = free + patches.scratch();
    }

    /** Prepares a group of a block. */
    void read(Tensor outputGradient, int images, int block, int group) {
      this.block = block;
      this.group = group;
      patches.read(outputGradient, images, block, group, workspace.scratch(), free);
    }

    /** Computes the pixels of a phase. */
    void phase(Phase phase, boolean add, Tensor gradient) {
      patches.select(phase);
      if (phase.taps() == 0) {
        if (!add) {
          clear(phase, gradient);
        }
        return;
      }
      // With one phase all pixels lie side by side, in one line.
      int pixels = patches.rows() * patches.width();
      int line = g.stride() == 1 ? pixels : patches.width();
      int step =
          g.stride() == 1
              ? DirectForward.packed(pixels)
              : Math.max(1, DirectForward.PACKED / Math.max(1, line)) * line;
      for (int pixel = 0; pixel < pixels; pixel += step) {
        multiply(phase, pixel, Math.min(step, pixels - pixel), line, add, gradient);
      }
    }

    private int panels() {
      return Layout.padded(g.groupInChannels()) / Layout.LANES;
    }

    /** Writes zeros to pixels that no output sees. */
    private void clear(Phase phase, Tensor gradient) {
      int step = g.stride() * gradient.stride();
      for (int row = 0; row < patches.rows(); row++) {
        int at = position(phase, row, gradient) + group * g.groupInChannels();
        for (int x = 0; x < patches.width(); x++) {
          int from = at + x * step;
          Arrays.fill(gradient.data(), from, from + panels() * Layout.LANES, 0f);
        }
      }
    }

    /** Returns the index of the first pixel in a row of a phase. */
    private int position(Phase phase, int row, Tensor gradient) {
      int ofImage = Math.max(1, patches.rows() / patches.images());
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
        Phase phase, int pixel, int pixels, int line, boolean add, Tensor gradient) {
      float[] scratch = workspace.scratch();
      int length = filters.panelLength();
      int filter =
          Layout.ALIGNMENT
              + group * panels() * length
              + phase.firstTap() * g.groupOutChannels() * Layout.LANES;
      int all = phase.taps() * g.groupOutChannels();
      int parts = DirectForward.parts(all);
      for (int part = 0; part < parts; part++) {
        int from = PackedRows.partAt(part, parts, all);
        int terms = PackedRows.partAt(part + 1, parts, all) - from;
        rows.pack(patches, pixel, pixels, from, terms, scratch, packed);
        boolean begins = part == 0 && !add;
        for (int panel = 0; panel < panels(); panel += 2) {
          product.right(scratch, filter + panel * length + from * Layout.LANES, length);
          int column = (group * panels() + panel) * Layout.LANES;
          for (int p = 0; p < pixels; p += line) {
            int at =
                position(phase, (pixel + p) / line, gradient)
                    + (pixel + p) % line * gradient.stride()
                    + column;
            int left = packed + p * GemmMicroKernelRows.STEP;
            product.left(scratch, left, PackedRows.blockStep(pixels));
            product.result(gradient.data(), at, g.stride() * gradient.stride());
            if (begins) {
              product.initial(zeros, 0, 0);
            }
            product.rows(Math.min(line, pixels - p), Math.min(2, panels() - panel), terms);
          }
        }
      }
    }
  }
}
