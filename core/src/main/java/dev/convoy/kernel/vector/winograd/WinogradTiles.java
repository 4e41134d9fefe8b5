package dev.convoy.kernel.vector.winograd;

import dev.convoy.kernel.Winograd;
import dev.convoy.kernel.vector.lanes.Lanes;
import dev.convoy.kernel.vector.lanes.VectorCopy;
import dev.convoy.kernel.vector.lanes.WorkerState;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.Tensor;
import java.util.Arrays;

/**
 * Reads rows of tiles of images and transforms them: the 6x6 inputs that each tile sees, or its own
 * 4x4 output gradients. Neighbouring tiles share the transforms of the columns that both see.
 *
 * <p>An object knows the memory that is read and written next; each worker has its own.
 */
final class WinogradTiles extends WorkerState {
  /** Floats of a buffer between the passes, which stays in L1. */
  private static final int BUFFER = 7168;

  /** Floats of scratch memory that a worker needs. */
  static final int SCRATCH = 2 * BUFFER;

  private final Shape shape;
  private final int side;
  private final int padding;
  private final int rows;

  private final VectorLines source = new VectorLines();
  private final VectorLines target = new VectorLines();
  private float[] scratch;
  private int scratchAt;
  private float[] to;
  private int pointStep;
  private int tileStep;

  private WinogradTiles(Shape shape, int side, int padding, int rows) {
    this.shape = shape;
    this.side = side;
    this.padding = padding;
    this.rows = rows;
  }

  /** Returns the tiles of inputs that tiles of a convolution's output see. */
  static WinogradTiles ofInput(Shape input, int padding, Shape output) {
    return new WinogradTiles(input, Winograd.SIDE, padding, Winograd.tiles(output.height()));
  }

  /** Returns the tiles of the output's gradient. */
  static WinogradTiles ofOutputGradient(Shape output) {
    return new WinogradTiles(output, Winograd.TILE, 0, Winograd.tiles(output.height()));
  }

  /** Returns the most tiles of so many channels that can be transformed at once. */
  static int longestRun(int channels) {
    int columns = BUFFER / Winograd.SIDE / channels;
    return (columns - Winograd.FILTER + 1) / Winograd.TILE;
  }

  /** Sets where {@link #SCRATCH} floats of scratch memory are. */
  WinogradTiles with(float[] scratch, int at) {
    this.scratch = scratch;
    scratchAt = at;
    return this;
  }

  /**
   * Sets where transformed tiles go.
   *
   * @param pointStep from one point to the next
   * @param tileStep from one tile to the next
   */
  WinogradTiles to(float[] values, int pointStep, int tileStep) {
    to = values;
    this.pointStep = pointStep;
    this.tileStep = tileStep;
    return this;
  }

  /**
   * Transforms some channels of tiles in one row of tiles.
   *
   * @param channel the first
   * @param channels how many, a multiple of 16
   * @param row of tiles, counted over all images
   * @param from the first tile in the row
   * @param count of tiles, at most {@link #longestRun}
   * @param toAt where point 0 of the first tile goes, channel by channel
   */
  void transform(Tensor images, int channel, int channels, int row, int from, int count, int toAt) {
    int y = row % rows * Winograd.TILE - padding;
    int x = from * Winograd.TILE - padding;
    int columns = count * Winograd.TILE + side - Winograd.TILE;
    int first = Math.max(0, -x);
    int end = Math.min(columns, shape.width() - x);
    int lines = scratchAt + BUFFER;
    int line = columns * channels;
    clear(lines, line, 0, first * channels);
    clear(lines, line, end * channels, columns * channels);
    int pixel = (row / rows * shape.height() + y) * shape.width() + x + first;
    int at = images.pixel(pixel) + channel;
    int inside = end - first;
    target.of(scratch, lines + first * channels, line, channels, Lanes.COUNT);
    if (y >= 0 && y + side <= shape.height()) {
      int rowStep = shape.width() * images.stride();
      source.of(images.data(), at, rowStep, images.stride(), Lanes.COUNT);
    } else {
      copy(images, at, y, inside, channels, line);
      source.of(scratch, scratchAt, line, channels, Lanes.COUNT);
    }
    transform(inside, channels / Lanes.COUNT);
    for (int i = 0; i < Winograd.SIDE; i++) {
      along(count, channels, lines + i * line, toAt + i * Winograd.SIDE * pointStep);
    }
  }

  private void clear(int at, int line, int from, int to) {
    for (int i = 0; i < Winograd.SIDE && from < to; i++) {
      Arrays.fill(scratch, at + i * line + from, at + i * line + to, 0f);
    }
  }

  /** Copies the rows that tiles see, with zeros outside of the image. */
  private void copy(Tensor images, int at, int y, int columns, int channels, int line) {
    for (int i = 0; i < side; i++) {
      int into = scratchAt + i * line;
      if (y + i < 0 || y + i >= shape.height()) {
        Arrays.fill(scratch, into, into + columns * channels, 0f);
        continue;
      }
      int pixel = at + i * shape.width() * images.stride();
      for (int v = 0; v < channels; v += Lanes.COUNT) {
        VectorCopy.copy(
            columns, images.data(), pixel + v, images.stride(), scratch, into + v, channels);
      }
    }
  }

  /** Transforms one line of a row of tiles, along the row. */
  private void along(int count, int channels, int at, int toAt) {
    int vectors = channels / Lanes.COUNT;
    int next = Winograd.TILE * channels;
    // The longer loop is the inner one.
    if (vectors < count) {
      source.of(scratch, at, channels, Lanes.COUNT, next);
      target.of(to, toAt, pointStep, Lanes.COUNT, tileStep);
      transform(vectors, count);
    } else {
      source.of(scratch, at, channels, next, Lanes.COUNT);
      target.of(to, toAt, pointStep, tileStep, Lanes.COUNT);
      transform(count, vectors);
    }
  }

  private void transform(int outer, int inner) {
    if (side == Winograd.SIDE) {
      WinogradTransform.input(outer, inner, source, target);
    } else {
      WinogradTransform.outputGradient(outer, inner, source, target);
    }
  }
}
