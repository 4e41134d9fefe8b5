package dev.convoy.kernel.vector.pooling;

import dev.convoy.concurrent.Worker;
import dev.convoy.kernel.Epilogue;
import dev.convoy.kernel.MaxPoolingKernel;
import dev.convoy.kernel.PoolingGeometry;
import dev.convoy.kernel.RowBands;
import dev.convoy.kernel.Workspace;
import dev.convoy.tensor.Layout;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.Tensor;
import java.util.Arrays;

/**
 * Max pooling over vectors of channels. In the forward pass workers share the rows of the output;
 * in the backward pass, the bands of the input, each pixel of which gathers its gradient from the
 * windows that contain it, so that it is written once and by one worker.
 */
public final class VectorMaxPooling implements MaxPoolingKernel {
  private final PoolingGeometry g;
  private final Shape in;
  private final Shape out;
  private final RowBands bands;
  private final int channels;
  private final float[] argmax;

  /** Whether windows are 2x2 and do not overlap, so that each has two pixels of two rows. */
  private final boolean pairs;

  /** For each worker, the places of a window inside the input, and of one on the border. */
  private final WindowOffsets[] whole;

  private final WindowOffsets[] clipped;

  private final WindowRange rows;
  private final WindowRange columns;

  /** For each worker, the windows that contain a pixel, as (gradient, argmax, place) of each. */
  private final int[][] windows;

  public VectorMaxPooling(PoolingGeometry geometry, Workspace workspace) {
    g = geometry;
    in = geometry.input();
    out = geometry.output();
    bands = new RowBands(in);
    channels = Layout.padded(out.channels());
    argmax = workspace.keep(workspace.images() * out.pixels() * channels);
    whole = new WindowOffsets[workspace.workers()];
    clipped = new WindowOffsets[workspace.workers()];
    Arrays.setAll(whole, i -> new WindowOffsets(geometry));
    Arrays.setAll(clipped, i -> new WindowOffsets(geometry));
    pairs = g.windowHeight() == 2 && g.windowWidth() == 2 && g.stride() == 2 && g.padding() == 0;
    rows = WindowRange.ofRows(geometry);
    columns = WindowRange.ofColumns(geometry);
    windows = new int[workspace.workers()][3 * geometry.windowSize()];
  }

  @Override
  public void forward(Worker worker, int images, Tensor input, Tensor output) {
    whole[worker.index()].place(0, 0, input.stride());
    int all = images * out.height();
    for (int row = worker.from(all); row < worker.to(all); row++) {
      forwardRow(worker.index(), row, input, output);
    }
  }

  private void forwardRow(int worker, int row, Tensor input, Tensor output) {
    int top = row % out.height() * g.stride() - g.padding();
    boolean rowInside = top >= 0 && top + g.windowHeight() <= in.height();
    int firstPixel = (row / out.height() * in.height() + top) * in.width();
    for (int x = 0; x < out.width(); x++) {
      int left = x * g.stride() - g.padding();
      WindowOffsets window = whole[worker];
      if (!rowInside || left < 0 || left + g.windowWidth() > in.width()) {
        window = clipped[worker];
        window.place(top, left, input.stride());
      }
      int pixel = row * out.width() + x;
      MaxPoolForward.of(
          window,
          input.data(),
          input.pixel(firstPixel + left),
          channels,
          output.data(),
          output.pixel(pixel),
          argmax,
          pixel * channels);
    }
  }

  @Override
  public void backward(
      Worker worker,
      int images,
      Tensor outputGradient,
      boolean add,
      Epilogue epilogue,
      Tensor inputGradient) {
    int all = bands.count(images);
    for (int band = worker.from(all); band < worker.to(all); band++) {
      for (int row = bands.firstRow(band); row < bands.firstRow(band + 1); row++) {
        backwardRow(windows[worker.index()], row, outputGradient, add, inputGradient);
      }
      epilogue.bands(band, band + 1);
    }
  }

  private void backwardRow(
      int[] having, int row, Tensor outputGradient, boolean add, Tensor inputGradient) {
    int y = row % in.height();
    int x = 0;
    if (pairs && rows.first[y] < rows.end[y]) {
      int oy = rows.first[y];
      int outputRow = row / in.height() * out.height() + oy;
      x = backwardPairs(outputRow, y - oy * 2, row, outputGradient, add, inputGradient);
    }
    for (; x < in.width(); x++) {
      backwardPixel(having, row, y, x, outputGradient, add, inputGradient);
    }
  }

  /** Computes a row in pairs of pixels that share one window; returns the end of the pairs. */
  private int backwardPairs(
      int outputRow, int ky, int row, Tensor outputGradient, boolean add, Tensor inputGradient) {
    int columns = in.width() / 2;
    for (int ox = 0; ox < columns; ox++) {
      int pixel = outputRow * out.width() + ox;
      int to = row * in.width() + 2 * ox;
      MaxPoolBackward.toPair(
          outputGradient, pixel, argmax, 2 * ky, channels, add, inputGradient, to);
    }
    return 2 * columns;
  }

  private void backwardPixel(
      int[] having,
      int row,
      int y,
      int x,
      Tensor outputGradient,
      boolean add,
      Tensor inputGradient) {
    int image = row / in.height() * out.height();
    int count = 0;
    for (int oy = rows.first[y]; oy < rows.end[y]; oy++) {
      int ky = y + g.padding() - oy * g.stride();
      for (int ox = columns.first[x]; ox < columns.end[x]; ox++) {
        int pixel = (image + oy) * out.width() + ox;
        having[count++] = outputGradient.pixel(pixel);
        having[count++] = pixel * channels;
        having[count++] = ky * g.windowWidth() + x + g.padding() - ox * g.stride();
      }
    }
    int to = inputGradient.pixel(row * in.width() + x);
    if (count == 0 && !add) {
      Arrays.fill(inputGradient.data(), to, to + channels, 0f);
    }
    MaxPoolBackward.of(
        having, count, outputGradient.data(), argmax, channels, add, inputGradient.data(), to);
  }
}
