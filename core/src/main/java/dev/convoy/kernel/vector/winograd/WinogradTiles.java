package dev.convoy.kernel.vector.winograd;

import dev.convoy.kernel.Winograd;
import dev.convoy.kernel.vector.lanes.Lanes;
import dev.convoy.kernel.vector.lanes.VectorCopy;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.Tensor;
import java.util.Arrays;

/**
 * Reads rows of tiles of images and transforms them: the 6x6 inputs that each tile sees, or its own
 * 4x4 output gradients. Neighbouring tiles share the transforms of the columns that both see.
 */
final class WinogradTiles {
  /** Floats of a buffer between the passes, which stays in L1. */
  private static final int BUFFER = 7168;

  /** Floats of scratch memory that a worker needs. */
  static final int SCRATCH = 2 * BUFFER;

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

  /** The most tiles of so many channels that can be transformed at once. */
  static int longestRun(int channels) {
    int columns = BUFFER / Winograd.SIDE / channels;
    return (columns - Winograd.FILTER + 1) / Winograd.TILE;
  }

  /**
   * Transforms some channels of tiles in one row of tiles.
   *
   * @param channel the first
   * @param channels how many, a multiple of 16
   * @param row of tiles, counted over all images
   * @param from the first tile in the row
   * @param count of tiles, at most {@link #longestRun}
   * @param scratch of {@link #SCRATCH} floats
   * @param toAt where point 0 of the first tile goes, channel by channel
   * @param pointStep from one point to the next
   * @param tileStep from one tile to the next
   */
  void transform(
      Tensor images,
      int channel,
      int channels,
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
    int lines = scratchAt + BUFFER;
    int line = columns * channels;
    clear(scratch, lines, line, 0, first * channels);
    clear(scratch, lines, line, end * channels, columns * channels);
    int pixel = (row / rows * shape.height() + y) * shape.width() + x + first;
    int at = images.pixel(pixel) + channel;
    int into = lines + first * channels;
    int inside = end - first;
    if (y >= 0 && y + side <= shape.height()) {
      int rowStep = shape.width() * images.stride();
      down(inside, channels, images.data(), at, rowStep, images.stride(), scratch, into, line);
    } else {
      copy(images, at, y, inside, channels, scratch, scratchAt, line);
      down(inside, channels, scratch, scratchAt, line, channels, scratch, into, line);
    }
    for (int i = 0; i < Winograd.SIDE; i++) {
      int point = toAt + i * Winograd.SIDE * pointStep;
      along(count, channels, scratch, lines + i * line, to, point, pointStep, tileStep);
    }
  }

  private static void clear(float[] scratch, int at, int line, int from, int to) {
    for (int i = 0; i < Winograd.SIDE && from < to; i++) {
      Arrays.fill(scratch, at + i * line + from, at + i * line + to, 0f);
    }
  }

  /** The rows that tiles see, with zeros where they are outside of the image. */
  private void copy(
      Tensor images, int at, int y, int columns, int channels, float[] to, int toAt, int line) {
    for (int i = 0; i < side; i++) {
      int into = toAt + i * line;
      if (y + i < 0 || y + i >= shape.height()) {
        Arrays.fill(to, into, into + columns * channels, 0f);
        continue;
      }
      int pixel = at + i * shape.width() * images.stride();
      for (int v = 0; v < channels; v += Lanes.COUNT) {
        VectorCopy.copy(columns, images.data(), pixel + v, images.stride(), to, into + v, channels);
      }
    }
  }

  private void down(
      int columns,
      int channels,
      float[] from,
      int at,
      int rowStep,
      int columnStep,
      float[] to,
      int toAt,
      int line) {
    int vectors = channels / Lanes.COUNT;
    if (side == Winograd.SIDE) {
      WinogradTransform.input(
          columns,
          vectors,
          from,
          at,
          rowStep,
          columnStep,
          Lanes.COUNT,
          to,
          toAt,
          line,
          channels,
          Lanes.COUNT);
    } else {
      WinogradTransform.outputGradient(
          columns,
          vectors,
          from,
          at,
          rowStep,
          columnStep,
          Lanes.COUNT,
          to,
          toAt,
          line,
          channels,
          Lanes.COUNT);
    }
  }

  private void along(
      int count,
      int channels,
      float[] from,
      int at,
      float[] to,
      int toAt,
      int pointStep,
      int tileStep) {
    int vectors = channels / Lanes.COUNT;
    int next = Winograd.TILE * channels;
    // The longer loop is the inner one.
    boolean swap = vectors < count;
    int outer = swap ? vectors : count;
    int inner = swap ? count : vectors;
    int outerStep = swap ? Lanes.COUNT : next;
    int innerStep = swap ? next : Lanes.COUNT;
    int toOuterStep = swap ? Lanes.COUNT : tileStep;
    int toInnerStep = swap ? tileStep : Lanes.COUNT;
    if (side == Winograd.SIDE) {
      WinogradTransform.input(
          outer,
          inner,
          from,
          at,
          channels,
          outerStep,
          innerStep,
          to,
          toAt,
          pointStep,
          toOuterStep,
          toInnerStep);
    } else {
      WinogradTransform.outputGradient(
          outer,
          inner,
          from,
          at,
          channels,
          outerStep,
          innerStep,
          to,
          toAt,
          pointStep,
          toOuterStep,
          toInnerStep);
    }
  }
}
