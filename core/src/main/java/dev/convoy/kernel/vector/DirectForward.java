package dev.convoy.kernel.vector;

import dev.convoy.concurrent.Worker;
import dev.convoy.kernel.Bands;
import dev.convoy.kernel.ConvolutionGeometry;
import dev.convoy.kernel.Epilogue;
import dev.convoy.kernel.Workspace;
import dev.convoy.tensor.Layout;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.Tensor;

/**
 * The forward pass: for a block of whole bands the product of its {@link Patches} with the filter's
 * panels. Products over more than {@link #TERMS} terms are continued in the output, so that a pair
 * of panels stays in the cache while all pixels of the block meet it.
 */
final class DirectForward {
  /** Terms of a product in one go: a pair of panels has 64 KiB. */
  static final int TERMS = 512;

  /** Pixels of a block: enough to earn the way of a large filter from memory. */
  static final int PIXELS = 200;

  /** Blocks for each worker, so that none has much more to do. */
  static final int BLOCKS = 4;

  /** Runs below so many terms are not worth the way of their sums to memory and back. */
  static final int SHORTEST_RUN = 64;

  private final ConvolutionGeometry g;
  private final Shape out;
  private final Bands bands;
  private final ImageBlocks blocks;
  private final Patches[] patches;
  private final float[] none;

  DirectForward(ConvolutionGeometry geometry, Workspace workspace) {
    g = geometry;
    out = g.output();
    bands = new Bands(out);
    blocks = ImageBlocks.of(out, Bands.HEIGHT, pixels(out, workspace));
    patches = new Patches[workspace.workers()];
    for (int i = 0; i < patches.length; i++) {
      patches[i] = new Patches(g, blocks, SHORTEST_RUN, false);
    }
    none = new float[g.outputStride()];
    workspace.reserve(Math.multiplyExact(patches.length, patches[0].scratch()));
  }

  /** Fewer for several workers that share a small batch. */
  static int pixels(Shape shape, Workspace workspace) {
    long all = (long) workspace.images() * shape.pixels();
    return workspace.workers() == 1
        ? PIXELS
        : (int) Math.min(PIXELS, all / BLOCKS / workspace.workers());
  }

  void run(
      Worker me,
      int images,
      Tensor input,
      float[] weights,
      int filter,
      int bias,
      Epilogue epilogue,
      Tensor output,
      float[] scratch) {
    Patches mine = patches[me.index()];
    int free = me.index() * mine.scratch();
    int count = blocks.count(images);
    int end = me.to(count);
    for (int block = me.from(count); block < end; block++) {
      int firstRow = blocks.firstImage(block) * out.height() + blocks.firstRow(block);
      int at = output.pixel(firstRow * out.width());
      for (int group = 0; group < g.groups(); group++) {
        mine.read(input, 0, images, block, group, scratch, free);
        int channel = group * g.groupOutputs();
        int panels = Layout.padded(g.groupOutputs()) / Layout.LANES;
        int first = filter + g.filterIndex(0, channel);
        float[] initial = bias < 0 ? none : weights;
        int initialAt = Math.max(bias, 0) + channel;
        multiply(mine, panels, weights, first, initial, initialAt, output, at + channel);
      }
      epilogue.bands(
          blocks.firstBand(block), Math.min(blocks.firstBand(block + 1), bands.count(images)));
    }
  }

  private void multiply(
      Patches rows,
      int panels,
      float[] weights,
      int filter,
      float[] initial,
      int initialAt,
      Tensor output,
      int at) {
    int panel = g.taps() * Layout.LANES;
    int parts = (rows.run + TERMS - 1) / TERMS;
    for (int part = 0; part < rows.runs * parts; part++) {
      int run = part / parts;
      int from = rows.run * (part % parts) / parts;
      int terms = rows.run * (part % parts + 1) / parts - from;
      boolean begins = part == 0;
      Tiles.rows(
          rows.pixels,
          panels,
          terms,
          rows.values,
          rows.at + run * rows.runStep + from,
          rows.rowAt,
          0,
          weights,
          filter + (run * rows.run + from) * Layout.LANES,
          panel,
          begins ? initial : output.data(),
          begins ? initialAt : at,
          begins ? 0 : output.stride(),
          output.data(),
          at,
          output.stride());
    }
  }
}
