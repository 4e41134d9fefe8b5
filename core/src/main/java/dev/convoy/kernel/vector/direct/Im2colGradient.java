package dev.convoy.kernel.vector.direct;

import dev.convoy.kernel.ConvolutionGeometry;
import dev.convoy.tensor.Layout;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.Tensor;

/**
 * The output gradients that the inputs of a convolution contributed to, for a block of input pixels
 * and one group: for each pixel of a {@link Phase} a row of (ky,kx,O) values of the output's
 * gradient, in a few runs, as in {@link Im2col}. The gradient is copied mirrored, so that ascending
 * kx, which is descending ox, is one run.
 */
final class Im2colGradient extends Patches {
  private final ConvolutionGeometry g;
  private final Shape in;
  private final Shape out;
  private final ImageBlocks blocks;
  private final boolean copied;
  private final int firstColumn;
  private final int columns;
  private final PaddedCopy window;

  // The block.
  private int images;
  private int imageStep;
  private int firstRow;
  private int endRow;
  private int topRow;
  private int rowStep;
  private int pixelStep;

  // The phase's patches.
  private int width;
  private int rows;

  Im2colGradient(ConvolutionGeometry geometry, ImageBlocks blocks) {
    super(blocks.pixels());
    g = geometry;
    in = g.input();
    out = g.output();
    this.blocks = blocks;
    copied = g.kernelHeight() > 1 || g.kernelWidth() > 1 || g.padding() > 0;
    firstColumn = Math.floorDiv(g.padding() - (g.kernelWidth() - 1), g.stride());
    columns = Math.floorDiv(in.width() - 1 + g.padding(), g.stride()) - firstColumn + 1;
    window = new PaddedCopy(g.groupOutChannels(), firstColumn, columns, true);
  }

  private int topRow(int row) {
    return Math.floorDiv(row + g.padding() - (g.kernelHeight() - 1), g.stride());
  }

  private int rows(int row, int end) {
    return Math.floorDiv(end - 1 + g.padding(), g.stride()) - topRow(row) + 1;
  }

  private int copyLength() {
    int most = (blocks.rows() + g.kernelHeight() - 2) / g.stride() + 2;
    int image = most * columns * g.groupOutChannels();
    return Layout.padded(Math.multiplyExact(blocks.images(), image)) + PaddedCopy.SLACK;
  }

  /** Returns the scratch memory that it needs, in floats. */
  int scratch() {
    return copied ? copyLength() : 0;
  }

  /** Returns the number of images in the block. */
  int images() {
    return images;
  }

  /** Returns the number of pixels of the selected phase in a row of an image. */
  int width() {
    return width;
  }

  /** Returns the number of rows of the selected phase, in all images. */
  int rows() {
    return rows;
  }

  /** Prepares a block. */
  void read(Tensor gradient, int ofImages, int block, int group, float[] scratch, int free) {
    int firstImage = blocks.firstImage(block);
    images = blocks.endImage(block, ofImages) - firstImage;
    firstRow = blocks.firstRow(block);
    endRow = blocks.endRow(block);
    int channel = group * g.groupOutChannels();
    if (copied) {
      topRow = topRow(firstRow);
      copy(gradient, firstImage, channel, scratch, free);
    } else {
      values = gradient.data();
      at = gradient.image(firstImage) + channel;
      topRow = 0;
      imageStep = gradient.imageLength();
      pixelStep = gradient.stride();
      rowStep = out.width() * pixelStep;
    }
    runStep = -rowStep;
  }

  private void copy(Tensor gradient, int firstImage, int channel, float[] scratch, int free) {
    int channels = g.groupOutChannels();
    int copied = rows(firstRow, endRow);
    values = scratch;
    at = free;
    pixelStep = -channels;
    rowStep = columns * channels;
    imageStep = copied * rowStep;
    for (int i = 0; i < images; i++) {
      int to = free + i * imageStep;
      window.copy(gradient, channel, firstImage + i, topRow, copied, scratch, to);
    }
  }

  /** Prepares a phase of the block. */
  void select(Phase phase) {
    int top = Phase.first(phase.row(), firstRow, g);
    int left = Phase.first(phase.column(), 0, g);
    int height = Phase.count(top, endRow, g.stride());
    width = Phase.count(left, in.width(), g.stride());
    rows = images * height;
    if (phase.taps() == 0) {
      return;
    }
    int y = (top + g.padding() - phase.row()) / g.stride() - topRow;
    int x = (left + g.padding() - phase.column()) / g.stride();
    int column = copied ? firstColumn + columns - 1 - x : x;
    int first = y * rowStep + column * Math.abs(pixelStep);
    list(rowAt, first, images, imageStep, height, rowStep, width, pixelStep);
    run = phase.tapColumns() * g.groupOutChannels();
  }
}
