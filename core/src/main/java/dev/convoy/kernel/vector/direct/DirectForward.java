package dev.convoy.kernel.vector.direct;

import dev.convoy.concurrent.Worker;
import dev.convoy.kernel.ConvolutionGeometry;
import dev.convoy.kernel.Epilogue;
import dev.convoy.kernel.RowBands;
import dev.convoy.kernel.Workspace;
import dev.convoy.kernel.vector.gemm.GemmMacroKernel;
import dev.convoy.kernel.vector.gemm.PackedRows;
import dev.convoy.kernel.vector.lanes.WorkerState;
import dev.convoy.tensor.Layout;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.Tensor;
import java.util.Arrays;

/**
 * The forward pass: for a block of whole bands the product of its {@link Im2col}, packed, with the
 * filter's panels. Products over more than {@link #TERMS} terms are continued in the output, so
 * that a pair of panels stays in the cache while it is multiplied with all pixels of the block.
 */
final class DirectForward implements ForwardPass {
  /** The number of terms of one product: a pair of panels has 64 KiB. */
  static final int TERMS = 512;

  /** The number of pixels in a block: enough to pay for reading a large filter from memory. */
  static final int PIXELS = 200;

  /**
   * The number of pixels whose rows are packed at a time; with {@link #TERMS} they take a quarter
   * of a MB.
   */
  static final int PACKED = 96;

  /** A multiple of the rows of every tile. */
  private static final int TILE_ROWS = 12;

  /** The number of blocks for each worker, so that none has much more to do than the others. */
  static final int BLOCKS = 4;

  private final ConvolutionGeometry g;
  private final Workspace workspace;
  private final Shape out;
  private final RowBands bands;
  private final ImageBlocks blocks;
  private final Share[] shares;
  private final float[] none;

  DirectForward(ConvolutionGeometry geometry, Workspace workspace) {
    g = geometry;
    this.workspace = workspace;
    out = g.output();
    bands = new RowBands(out);
    blocks = ImageBlocks.of(out, RowBands.HEIGHT, pixels(out, workspace));
    shares = new Share[workspace.workers()];
    Arrays.setAll(shares, Share::new);
    none = new float[g.outputStride()];
    int ofWorkers = Math.multiplyExact(shares.length, scratch(shares[0].patches));
    workspace.reserve(Math.addExact(Layout.ALIGNMENT, ofWorkers));
  }

  /**
   * Returns the scratch memory of a worker in floats: the patches, and behind them the packed rows.
   */
  private int scratch(Im2col patches) {
    int pixels = Math.min(blocks.pixels(), PACKED);
    return Math.addExact(patches.scratch(), PackedRows.length(pixels, Math.min(g.fanIn(), TERMS)));
  }

  /** Returns how many of so many pixels are packed at a time: equal parts of whole tiles. */
  static int packed(int pixels) {
    int parts = (pixels + PACKED - 1) / PACKED;
    int even = (pixels + parts - 1) / parts;
    return (even + TILE_ROWS - 1) / TILE_ROWS * TILE_ROWS;
  }

  /** Returns the number of parts of a sum of so many terms. */
  static int parts(int terms) {
    return (terms + TERMS - 1) / TERMS;
  }

  /**
   * Returns the number of pixels in a block, which is smaller for several workers that share a
   * small batch.
   */
  static int pixels(Shape shape, Workspace workspace) {
    long all = (long) workspace.images() * shape.pixels();
    return workspace.workers() == 1
        ? PIXELS
        : (int) Math.min(PIXELS, all / BLOCKS / workspace.workers());
  }

  @Override
  public void run(
      Worker worker,
      int images,
      Tensor input,
      float[] weights,
      int filter,
      int bias,
      Epilogue epilogue,
      Tensor output) {
    Share share = shares[worker.index()];
    share.begin(images, weights, filter, bias, output);
    int count = blocks.count(images);
    int end = worker.to(count);
    for (int block = worker.from(count); block < end; block++) {
      for (int group = 0; group < g.groups(); group++) {
        share.block(input, block, group);
      }
      epilogue.bands(
          blocks.firstBand(block), Math.min(blocks.firstBand(block + 1), bands.count(images)));
    }
  }

  /** The computation of one worker, with its buffers. */
  private final class Share extends WorkerState {
    private final Im2col patches;
    private final PackedRows rows;
    private final GemmMacroKernel product = new GemmMacroKernel();

    /** Where this worker's scratch memory begins, and the packed rows in it. */
    private final int free;

    private final int packed;

    private int images;
    private float[] weights;
    private int filter;
    private int bias;
    private Tensor output;

    Share(int worker) {
      patches = new Im2col(g, blocks, false);
      rows = new PackedRows(Math.min(g.fanIn(), TERMS), patches.run());
      free = Layout.ALIGNMENT + worker * scratch(patches);
      packed = free + patches.scratch();
    }

    /** Sets the tensors and weights of a pass. */
    void begin(int images, float[] weights, int filter, int bias, Tensor output) {
      this.images = images;
      this.weights = weights;
      this.filter = filter;
      this.bias = bias;
      this.output = output;
    }

    /** Computes a group's outputs of a block. */
    void block(Tensor input, int block, int group) {
      patches.read(input, 0, images, block, group, workspace.scratch(), free);
      int firstRow = blocks.firstImage(block) * out.height() + blocks.firstRow(block);
      int at = output.pixel(firstRow * out.width()) + group * g.groupOutChannels();
      int step = packed(patches.pixels());
      for (int pixel = 0; pixel < patches.pixels(); pixel += step) {
        int pixels = Math.min(step, patches.pixels() - pixel);
        multiply(group, pixel, pixels, at + pixel * output.stride());
      }
    }

    private void multiply(int group, int pixel, int pixels, int to) {
      float[] scratch = workspace.scratch();
      int channel = group * g.groupOutChannels();
      int panels = Layout.padded(g.groupOutChannels()) / Layout.LANES;
      int first = filter + g.filterIndex(0, channel);
      int parts = parts(g.fanIn());
      product.left(scratch, packed, PackedRows.blockStep(pixels));
      for (int part = 0; part < parts; part++) {
        int from = PackedRows.partAt(part, parts, g.fanIn());
        int terms = PackedRows.partAt(part + 1, parts, g.fanIn()) - from;
        rows.pack(patches, pixel, pixels, from, terms, scratch, packed);
        product.right(weights, first + from * Layout.LANES, g.fanIn() * Layout.LANES);
        product.result(output.data(), to, output.stride());
        if (part == 0) {
          product.initial(bias < 0 ? none : weights, Math.max(bias, 0) + channel, 0);
        }
        product.rows(pixels, panels, terms);
      }
    }
  }
}
