package dev.convoy.kernel.vector;

import dev.convoy.kernel.Winograd;
import dev.convoy.tensor.Layout;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.Tensor;
import java.util.Arrays;

/**
 * Reads rows of tiles of images and transforms them: the 6x6 inputs that each tile sees, or its own
 * 4x4 output gradients. Neighbouring tiles share the transforms of the columns that both see.
 */
final class WinogradTiles {
  /** Tiles that are transformed together, so that what lies between the passes is in L1. */
  static final int LONGEST_RUN = 8;

  /** Floats from one row of a buffer to the next. */
  private static final int ROW = (LONGEST_RUN * Winograd.TILE + Winograd.FILTER - 1) * Layout.LANES;

  /** Floats of scratch memory that a worker needs. */
  static final int SCRATCH = 2 * Winograd.SIDE * ROW;

  private final Shape shape;
  private final int side;
  private final int padding;
  private final int rows;

  private WinogradTiles(Shape shape, int side, int padding, int rows) {
    this.shape = shape;
    this.side = side;
    this.padding = padding;
    this.rows = rows;
  }

  /** What tiles of a convolution's output see of its input. */
  static WinogradTiles ofInput(Shape input, int padding, Shape output) {
    return new WinogradTiles(input, Winograd.SIDE, padding, Winograd.tiles(output.height()));
  }

  /** Tiles of the output's gradient. */
  static WinogradTiles ofOutputGradient(Shape output) {
    return new WinogradTiles(output, Winograd.TILE, 0, Winograd.tiles(output.height()));
  }

  /**
   * Transforms 16 channels of tiles in one row of tiles.
   *
   * @param channel the first
   * @param row of tiles, counted over all images
   * @param from the first tile in the row
   * @param count of tiles, at most {@link #LONGEST_RUN}
   * @param scratch of {@link #SCRATCH} floats
   * @param toAt where point 0 of the first tile goes
   * @param pointStep from one point to the next
   * @param tileStep from one tile to the next
   */
  void transform(
      Tensor images,
      int channel,
      int row,
      int from,
      int count,
      float[] scratch,
      int scratchAt,
      float[] to,
      int toAt,
      int pointStep,
      int tileStep) {
    int y = row % rows * Winograd.TILE - padding;
    int x = from * Winograd.TILE - padding;
    int columns = count * Winograd.TILE + side - Winograd.TILE;
    int first = Math.max(0, -x);
    int end = Math.min(columns, shape.width() - x);
    int lines = scratchAt + Winograd.SIDE * ROW;
    clear(scratch, lines, 0, first);
    clear(scratch, lines, end, columns);
    int pixel = (row / rows * shape.height() + y) * shape.width() + x + first;
    boolean inside = y >= 0 && y + side <= shape.height();
    for (int lane = 0; lane < Layout.LANES; lane += Lanes.COUNT) {
      int at = images.pixel(pixel) + channel + lane;
      int into = lines + first * Lanes.COUNT;
      if (inside) {
        int imageRow = shape.width() * images.stride();
        down(end - first, images.data(), at, imageRow, images.stride(), scratch, into);
      } else {
        copy(images, at, y, end - first, scratch, scratchAt);
        down(end - first, scratch, scratchAt, ROW, Lanes.COUNT, scratch, into);
      }
      along(count, scratch, lines, to, toAt + lane, pointStep, tileStep);
    }
  }

  private static void clear(float[] scratch, int at, int from, int to) {
    for (int i = 0; i < Winograd.SIDE && from < to; i++) {
      int line = at + i * ROW;
      Arrays.fill(scratch, line + from * Lanes.COUNT, line + to * Lanes.COUNT, 0f);
    }
  }

  /** The rows that tiles see, with zeros where they are outside of the image. */
  private void copy(Tensor images, int at, int y, int columns, float[] to, int toAt) {
    for (int i = 0; i < side; i++) {
      int line = toAt + i * ROW;
      if (y + i < 0 || y + i >= shape.height()) {
        Arrays.fill(to, line, line + columns * Lanes.COUNT, 0f);
      } else {
        int pixels = at + i * shape.width() * images.stride();
        Lines.copy(columns, images.data(), pixels, images.stride(), to, line, Lanes.COUNT);
      }
    }
  }

  private void down(
      int columns, float[] from, int at, int rowStep, int columnStep, float[] to, int toAt) {
    if (side == Winograd.SIDE) {
      WinogradTransform.input(
          1, columns, from, at, rowStep, 0, columnStep, to, toAt, ROW, 0, Lanes.COUNT);
    } else {
      WinogradTransform.outputGradient(
          1, columns, from, at, rowStep, 0, columnStep, to, toAt, ROW, 0, Lanes.COUNT);
    }
  }

  private void along(
      int count, float[] from, int at, float[] to, int toAt, int pointStep, int tileStep) {
    int next = Winograd.TILE * Lanes.COUNT;
    int rowStep = Winograd.SIDE * pointStep;
    if (side == Winograd.SIDE) {
      WinogradTransform.input(
          Winograd.SIDE,
          count,
          from,
          at,
          Lanes.COUNT,
          ROW,
          next,
          to,
          toAt,
          pointStep,
          rowStep,
          tileStep);
    } else {
      WinogradTransform.outputGradient(
          Winograd.SIDE,
          count,
          from,
          at,
          Lanes.COUNT,
          ROW,
          next,
          to,
          toAt,
          pointStep,
          rowStep,
          tileStep);
    }
  }
}
