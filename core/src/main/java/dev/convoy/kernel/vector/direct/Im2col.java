package dev.convoy.kernel.vector.direct;

import dev.convoy.kernel.ConvolutionGeometry;
import dev.convoy.kernel.vector.lanes.GatherCopy;
import dev.convoy.kernel.vector.lanes.Lanes;
import dev.convoy.tensor.Layout;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.Tensor;

/**
 * What a convolution's outputs see of its input, for a block of output pixels and one group: a row
 * of K = (KH,KW,C) values for each pixel, in a few runs.
 *
 * <p>For a 1x1 filter these are read from the input itself. For others the block's part of the
 * input is copied, with its padding, to dense pixels, so that a row of the filter sees one run of
 * KW*C floats; and where a panel of 16 values would span two runs, all runs of each pixel are
 * joined into one.
 */
final class Im2col extends Patches {
  private final ConvolutionGeometry g;
  private final Shape out;
  private final ImageBlocks blocks;
  private final boolean copied;
  private final boolean lined;
  private final int columns;
  private final int lineStep;
  private final int[] copyAt;
  private final PaddedCopy window;
  private final GatherCopy line;

  private int pixels;

  /**
   * @param panels whether panels of 16 values are read, of which none may begin in one run and end
   *     in another
   */
  Im2col(ConvolutionGeometry geometry, ImageBlocks blocks, boolean panels) {
    super(blocks.pixels());
    g = geometry;
    out = g.output();
    this.blocks = blocks;
    boolean point = g.kernelHeight() == 1 && g.kernelWidth() == 1 && g.padding() == 0;
    copied = !point || g.inputStride() < Layout.padded(g.input().channels());
    int ofLine = g.kernelWidth() * g.groupInChannels();
    lined = panels && g.kernelHeight() > 1 && ofLine % Layout.LANES != 0;
    run = lined ? g.fanIn() : ofLine;
    columns = (out.width() - 1) * g.stride() + g.kernelWidth();
    // With one run, a panel that is longer than the run reads it again, not the memory behind it.
    runStep = copied && !lined && g.kernelHeight() > 1 ? columns * g.groupInChannels() : 0;
    lineStep = Layout.padded(g.fanIn()) + PaddedCopy.SLACK;
    window = new PaddedCopy(g.groupInChannels(), -g.padding(), columns, false);
    line = new GatherCopy(g.kernelHeight() * (Layout.padded(ofLine) / Lanes.COUNT));
    copyAt = lined ? new int[blocks.pixels()] : rowAt;
  }

  private int rows(int outputRows) {
    return (outputRows - 1) * g.stride() + g.kernelHeight();
  }

  private int copyLength() {
    int image = rows(blocks.rows()) * columns * g.groupInChannels();
    return Layout.padded(Math.multiplyExact(blocks.images(), image)) + PaddedCopy.SLACK;
  }

  /** Returns the scratch memory that it needs, in floats. */
  int scratch() {
    int lines = lined ? Math.multiplyExact(blocks.pixels(), lineStep) : 0;
    return copied ? Math.addExact(copyLength(), lines) : 0;
  }

  /** Returns the number of pixels in the block. */
  int pixels() {
    return pixels;
  }

  /** Prepares a block of {@code images} images that begin with {@code first}. */
  void read(Tensor input, int first, int images, int block, int group, float[] scratch, int free) {
    int firstImage = blocks.firstImage(block);
    int endImage = blocks.endImage(block, images);
    int firstRow = blocks.firstRow(block);
    int endRow = blocks.endRow(block);
    pixels = (endImage - firstImage) * (endRow - firstRow) * out.width();
    int channel = group * g.groupInChannels();
    if (copied) {
      copy(input, first + firstImage, first + endImage, firstRow, endRow, channel, scratch, free);
    } else {
      values = input.data();
      at = input.image(first + firstImage) + channel;
      int step = input.stride();
      int down = g.stride() * g.input().width() * step;
      list(
          copyAt,
          firstRow * down,
          endImage - firstImage,
          input.imageLength(),
          endRow - firstRow,
          down,
          out.width(),
          g.stride() * step);
    }
  }

  private void copy(
      Tensor input,
      int firstImage,
      int endImage,
      int firstRow,
      int endRow,
      int channel,
      float[] scratch,
      int free) {
    int channels = g.groupInChannels();
    int rows = rows(endRow - firstRow);
    int imageLength = rows * columns * channels;
    int top = firstRow * g.stride() - g.padding();
    for (int n = firstImage; n < endImage; n++) {
      int to = free + (n - firstImage) * imageLength;
      window.copy(input, channel, n, top, rows, scratch, to);
    }
    values = scratch;
    at = free;
    int step = g.stride() * channels;
    list(
        copyAt,
        0,
        endImage - firstImage,
        imageLength,
        endRow - firstRow,
        columns * step,
        out.width(),
        step);
    if (lined) {
      lineUp(free + copyLength());
    }
  }

  private void lineUp(int to) {
    int ofLine = g.kernelWidth() * g.groupInChannels();
    line.clear();
    for (int i = 0; i < g.kernelHeight(); i++) {
      for (int v = 0; v < ofLine; v += Lanes.COUNT) {
        line.add(i * columns * g.groupInChannels() + v, i * ofLine + v);
      }
    }
    line.read(values, at, copyAt, 0).copy(pixels, values, to, lineStep);
    at = to;
    for (int i = 0; i < pixels; i++) {
      rowAt[i] = i * lineStep;
    }
  }
}
