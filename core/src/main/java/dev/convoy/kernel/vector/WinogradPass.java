package dev.convoy.kernel.vector;

import dev.convoy.concurrent.Worker;
import dev.convoy.kernel.ConvolutionGeometry;
import dev.convoy.kernel.Epilogue;
import dev.convoy.kernel.Winograd;
import dev.convoy.tensor.Layout;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.Tensor;

/**
 * The pass from input to output with filters that are transformed already: a block of tiles is
 * transformed, multiplied at each of the 36 points and transformed back before the next, so that
 * what lies between is in the cache. The more channels, the more tiles are in a block, for it reads
 * all filters.
 */
final class WinogradPass {
  /** Floats of the transformed input and the products of a block: about half of an L2 cache. */
  private static final int BLOCK_FLOATS = Integer.getInteger("wb", 200_000);

  /** Fewest tiles of a block; each block reads all filters. */
  private static final int FEWEST_TILES = Integer.getInteger("wt", 24);

  /** Floats from one row of a buffer to the next. */
  private static final int ROW = WinogradTiles.LONGEST_RUN * Winograd.SIDE * Layout.LANES;

  private static final int EDGE = Winograd.TILE * Winograd.TILE * Layout.LANES;

  private final ConvolutionGeometry g;
  private final Shape out;
  private final WinogradFilters filters;
  private final WinogradTiles tiles;
  private final int columns;
  private final int blockTiles;
  private final int[] rowAt;
  private final float[] zeros;
  private final int inputRow;
  private final int outputRow;

  /**
   * @param geometry of the pass
   * @param filters that it will be given
   */
  WinogradPass(ConvolutionGeometry geometry, WinogradFilters filters, int images) {
    g = geometry;
    out = geometry.output();
    this.filters = filters;
    tiles = WinogradTiles.ofInput(geometry.input(), geometry.padding(), out);
    columns = Winograd.tiles(out.width());
    // Not powers of two, or rows would share cache sets.
    inputRow = Layout.padded(geometry.input().channels()) + Layout.LANES;
    outputRow = geometry.outputStride() + Layout.LANES;
    blockTiles = Math.min(blockTiles(), images * columns * Winograd.tiles(out.height()));
    rowAt = new int[blockTiles];
    for (int i = 0; i < blockTiles; i++) {
      rowAt[i] = i * inputRow;
    }
    zeros = new float[geometry.outputStride()];
  }

  private int blockTiles() {
    int fit = BLOCK_FLOATS / (Winograd.POINTS * (inputRow + outputRow));
    int balanced = Integer.getInteger("wc", 3) * Math.max(g.groupInputs(), g.groupOutputs()) / 8;
    return (Math.max(FEWEST_TILES, Math.max(fit, balanced)) + 11) / 12 * 12;
  }

  private int inputPoint() {
    return blockTiles * inputRow + Layout.LANES;
  }

  private int outputPoint() {
    return blockTiles * outputRow + Layout.LANES;
  }

  private int outputBuffer() {
    return Winograd.TILE * ROW + EDGE;
  }

  /** Floats of scratch memory that a worker needs. */
  int scratch() {
    int points = Math.multiplyExact(Winograd.POINTS, inputPoint() + outputPoint());
    return points + Math.max(WinogradTiles.SCRATCH, outputBuffer());
  }

  /**
   * Computes this worker's share.
   *
   * @param add whether to add to what is there
   */
  void run(
      Worker me,
      int images,
      Tensor input,
      float[] filter,
      int filterAt,
      float[] bias,
      int biasAt,
      Epilogue epilogue,
      boolean add,
      Tensor output,
      float[] scratch,
      int scratchAt) {
    int rows = images * Winograd.tiles(out.height());
    int first = me.from(rows) * columns;
    int count = me.to(rows) * columns - first;
    int blocks = (count + blockTiles - 1) / blockTiles;
    int done = me.from(rows);
    for (int block = 0; block < blocks; block++) {
      int from = first + (int) ((long) count * block / blocks);
      int to = first + (int) ((long) count * (block + 1) / blocks);
      transformInputs(input, from, to, scratch, scratchAt);
      multiply(to - from, filter, filterAt, scratch, scratchAt);
      transformOutputs(from, to, scratch, scratchAt, bias, biasAt, add, output);
      if (to / columns > done) {
        epilogue.bands(done, to / columns);
        done = to / columns;
      }
    }
  }

  private int buffer(int scratchAt) {
    return scratchAt + Winograd.POINTS * (inputPoint() + outputPoint());
  }

  /** The tiles from {@code tile} on that are transformed together: those of one row. */
  private int run(int tile, int end) {
    int rest = Math.min(end - tile, columns - tile % columns);
    int runs = (rest + WinogradTiles.LONGEST_RUN - 1) / WinogradTiles.LONGEST_RUN;
    return (rest + runs - 1) / runs;
  }

  private void transformInputs(Tensor input, int from, int to, float[] scratch, int scratchAt) {
    for (int tile = from, count; tile < to; tile += count) {
      count = run(tile, to);
      int at = scratchAt + (tile - from) * inputRow;
      for (int c = 0; c < inputRow - Layout.LANES; c += Layout.LANES) {
        tiles.transform(
            input,
            c,
            tile / columns,
            tile % columns,
            count,
            scratch,
            buffer(scratchAt),
            scratch,
            at + c,
            inputPoint(),
            inputRow);
      }
    }
  }

  private void multiply(int count, float[] filter, int filterAt, float[] scratch, int scratchAt) {
    int products = scratchAt + Winograd.POINTS * inputPoint();
    int panels = g.outputStride() / Layout.LANES / g.groups();
    for (int group = 0; group < g.groups(); group++) {
      for (int point = 0; point < Winograd.POINTS; point++) {
        Tiles.rows(
            count,
            panels,
            g.groupInputs(),
            scratch,
            scratchAt + point * inputPoint() + group * g.groupInputs(),
            rowAt,
            0,
            filter,
            filterAt + point * filters.pointStep() + group * panels * filters.panelLength(),
            filters.panelLength(),
            zeros,
            0,
            0,
            scratch,
            products + point * outputPoint() + group * g.groupOutputs(),
            outputRow);
      }
    }
  }

  private void transformOutputs(
      int from,
      int to,
      float[] scratch,
      int scratchAt,
      float[] bias,
      int biasAt,
      boolean add,
      Tensor output) {
    int products = scratchAt + Winograd.POINTS * inputPoint();
    for (int tile = from, count; tile < to; tile += count) {
      count = run(tile, to);
      int at = products + (tile - from) * outputRow;
      for (int c = 0; c < g.outputStride(); c += Lanes.COUNT) {
        WinogradTransform.output(
            Winograd.SIDE,
            count,
            scratch,
            at + c,
            Winograd.SIDE * outputPoint(),
            outputPoint(),
            outputRow,
            scratch,
            buffer(scratchAt),
            ROW,
            Lanes.COUNT,
            Winograd.SIDE * Lanes.COUNT);
        finish(tile, count, scratch, buffer(scratchAt), bias, biasAt + c, add, output, c);
      }
    }
  }

  /** The transform along the rows of a run of tiles, into the output. */
  private void finish(
      int tile,
      int count,
      float[] scratch,
      int lines,
      float[] bias,
      int biasAt,
      boolean add,
      Tensor output,
      int c) {
    int tileRows = Winograd.tiles(out.height());
    int y = tile / columns % tileRows * Winograd.TILE;
    int x = tile % columns * Winograd.TILE;
    int rows = Math.min(Winograd.TILE, out.height() - y);
    int image = tile / columns / tileRows;
    int at = output.pixel((image * out.height() + y) * out.width() + x) + c;
    int whole = add ? 0 : Math.min(count, (out.width() - x) / Winograd.TILE);
    WinogradTransform.biasedOutput(
        rows,
        whole,
        scratch,
        lines,
        Lanes.COUNT,
        ROW,
        Winograd.SIDE * Lanes.COUNT,
        bias,
        biasAt,
        output.data(),
        at,
        output.stride(),
        out.width() * output.stride(),
        Winograd.TILE * output.stride());
    for (int i = whole; i < count; i++) {
      int edge = lines + Winograd.TILE * ROW;
      WinogradTransform.biasedOutput(
          1,
          rows,
          scratch,
          lines + i * Winograd.SIDE * Lanes.COUNT,
          Lanes.COUNT,
          0,
          ROW,
          bias,
          biasAt,
          scratch,
          edge,
          Lanes.COUNT,
          0,
          Winograd.TILE * Lanes.COUNT);
      int width = Math.min(Winograd.TILE, out.width() - x - i * Winograd.TILE);
      int to = at + i * Winograd.TILE * output.stride();
      store(rows, width, scratch, edge, add, output, to);
    }
  }

  private void store(
      int rows, int width, float[] scratch, int edge, boolean add, Tensor output, int at) {
    for (int row = 0; row < rows; row++) {
      int from = edge + row * Winograd.TILE * Lanes.COUNT;
      int to = at + row * out.width() * output.stride();
      if (add) {
        Lines.add(width, scratch, from, Lanes.COUNT, output.data(), to, output.stride());
      } else {
        Lines.copy(width, scratch, from, Lanes.COUNT, output.data(), to, output.stride());
      }
    }
  }
}
