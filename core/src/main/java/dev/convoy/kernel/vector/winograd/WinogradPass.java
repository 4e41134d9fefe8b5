package dev.convoy.kernel.vector.winograd;

import dev.convoy.concurrent.Worker;
import dev.convoy.kernel.ConvolutionGeometry;
import dev.convoy.kernel.Epilogue;
import dev.convoy.kernel.Winograd;
import dev.convoy.kernel.vector.gemm.GemmMacroKernel;
import dev.convoy.kernel.vector.gemm.GemmMicroKernelRows;
import dev.convoy.kernel.vector.gemm.PackedRows;
import dev.convoy.kernel.vector.lanes.Lanes;
import dev.convoy.kernel.vector.lanes.VectorCopy;
import dev.convoy.tensor.Layout;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.Tensor;

/**
 * The pass from input to output with filters that are transformed already: a block of tiles is
 * transformed, multiplied at each of the 36 points and transformed back before the next, so that
 * what lies between is in the cache. Where the filters are not, a block is larger, for it reads all
 * of them.
 */
final class WinogradPass {
  /**
   * Tiles of a block, a multiple of the micro-kernel's rows; so that the transformed input of 256
   * channels is within an L2 cache of 2 MB.
   */
  private static final int TILES = 36;

  /** Tiles of a block where the filters come from beyond the caches. */
  private static final int MANY_TILES = 72;

  /** Floats of transformed filters, 36 times 256 x 256, from which on that is so. */
  private static final int MANY_FILTERS = 2_500_000;

  /** Output channels whose products are made and transformed together. */
  private static final int OUTPUTS = 128;

  /** Input channels that a micro-kernel takes at once, so that two panels of filters stay in L1. */
  private static final int TERMS = 256;

  private final ConvolutionGeometry g;
  private final Shape out;
  private final WinogradFilters filters;
  private final WinogradTiles tiles;
  private final int columns;
  private final int blockTiles;
  private final float[] zeros;

  /** Input channels of a group, and blocks of packed rows that they are. */
  private final int inputs;

  private final int inputBlocks;
  private final int outputRow;

  /** Of a group, that are made together. */
  private final int outputs;

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
    inputs = Layout.padded(geometry.groupInChannels());
    inputBlocks = PackedRows.blocks(inputs);
    outputs = Math.min(OUTPUTS, geometry.outputStride() / geometry.groups());
    // Not a power of two, or rows would share cache sets.
    outputRow = outputs + Layout.LANES;
    int tilesOfBlock = filters.length() < MANY_FILTERS ? TILES : MANY_TILES;
    blockTiles = Math.min(tilesOfBlock, images * columns * Winograd.tiles(out.height()));
    zeros = new float[geometry.outputStride()];
  }

  private int inputPoint() {
    return g.groups() * inputBlocks * PackedRows.blockStep(blockTiles) + Layout.LANES;
  }

  private int outputPoint() {
    return blockTiles * outputRow + Layout.LANES;
  }

  /** Floats of scratch memory that a worker needs. */
  int scratch() {
    int points = Math.multiplyExact(Winograd.POINTS, inputPoint() + outputPoint());
    return points + WinogradTiles.SCRATCH;
  }

  /**
   * Computes this worker's share.
   *
   * @param add whether to add to what is there
   */
  void run(
      Worker worker,
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
    int first = worker.from(rows) * columns;
    int count = worker.to(rows) * columns - first;
    int blocks = (count + blockTiles - 1) / blockTiles;
    int done = worker.from(rows);
    for (int block = 0; block < blocks; block++) {
      int from = first + (int) ((long) count * block / blocks);
      int to = first + (int) ((long) count * (block + 1) / blocks);
      transformInputs(input, from, to, scratch, scratchAt);
      for (int c = 0, channels; c < g.outputStride(); c += channels) {
        // Parts do not cross groups: with several, these are whole multiples of 16.
        channels = Math.min(outputs, groupEnd(c) - c);
        multiply(to - from, c, channels, filter, filterAt, scratch, scratchAt);
        transformOutputs(from, to, c, channels, scratch, scratchAt, bias, biasAt, add, output);
      }
      if (to / columns > done) {
        epilogue.bands(done, to / columns);
        done = to / columns;
      }
    }
  }

  private int groupEnd(int c) {
    return g.groups() == 1
        ? g.outputStride()
        : (c / g.groupOutChannels() + 1) * g.groupOutChannels();
  }

  private int buffer(int scratchAt) {
    return scratchAt + Winograd.POINTS * (inputPoint() + outputPoint());
  }

  /** How many tiles from {@code tile} on are transformed together: in one row, evenly. */
  private int run(int tile, int end, int longest) {
    int rest = Math.min(end - tile, columns - tile % columns);
    int runs = (rest + longest - 1) / longest;
    return (rest + runs - 1) / runs;
  }

  /** To packed rows, those of a group behind those of the group before. */
  private void transformInputs(Tensor input, int from, int to, float[] scratch, int scratchAt) {
    int longest = WinogradTiles.longestRun(Math.min(inputs, GemmMicroKernelRows.TERMS));
    for (int tile = from, count; tile < to; tile += count) {
      count = run(tile, to, longest);
      int at = scratchAt + (tile - from) * GemmMicroKernelRows.STEP;
      for (int i = 0; i < g.groups() * inputBlocks; i++) {
        int first = i % inputBlocks * GemmMicroKernelRows.TERMS;
        tiles.transform(
            input,
            i / inputBlocks * g.groupInChannels() + first,
            Math.min(GemmMicroKernelRows.TERMS, inputs - first),
            tile / columns,
            tile % columns,
            count,
            scratch,
            buffer(scratchAt),
            scratch,
            at + i * PackedRows.blockStep(blockTiles),
            inputPoint(),
            GemmMicroKernelRows.STEP);
      }
    }
  }

  /** Products of {@code count} tiles for some output channels. */
  private void multiply(
      int count,
      int channel,
      int channels,
      float[] filter,
      int filterAt,
      float[] scratch,
      int scratchAt) {
    int group = channel / g.groupOutChannels();
    int rows = scratchAt + group * inputBlocks * PackedRows.blockStep(blockTiles);
    for (int point = 0; point < Winograd.POINTS; point++) {
      int a = rows + point * inputPoint();
      int to = scratchAt + Winograd.POINTS * inputPoint() + point * outputPoint();
      for (int c = 0; c < channels; c += 2 * Layout.LANES) {
        int panel = (channel + c) / Layout.LANES;
        int b = filterAt + point * filters.pointStep() + panel * filters.panelLength();
        int panels = Math.min(2, (channels - c) / Layout.LANES);
        multiply(count, panels, scratch, a, filter, b, to + c);
      }
    }
  }

  private void multiply(
      int count, int panels, float[] scratch, int a, float[] filter, int b, int to) {
    int parts = (g.groupInChannels() + TERMS - 1) / TERMS;
    for (int part = 0; part < parts; part++) {
      int k = PackedRows.partAt(part, parts, g.groupInChannels());
      int terms = PackedRows.partAt(part + 1, parts, g.groupInChannels()) - k;
      boolean first = part == 0;
      GemmMacroKernel.rows(
          count,
          panels,
          terms,
          scratch,
          a + k / GemmMicroKernelRows.TERMS * PackedRows.blockStep(blockTiles),
          PackedRows.blockStep(blockTiles),
          filter,
          b + k * Layout.LANES,
          filters.panelLength(),
          first ? zeros : scratch,
          first ? 0 : to,
          first ? 0 : outputRow,
          scratch,
          to,
          outputRow);
    }
  }

  private void transformOutputs(
      int from,
      int to,
      int channel,
      int channels,
      float[] scratch,
      int scratchAt,
      float[] bias,
      int biasAt,
      boolean add,
      Tensor output) {
    int products = scratchAt + Winograd.POINTS * inputPoint();
    int lines = buffer(scratchAt);
    int vectors = channels / Lanes.COUNT;
    for (int tile = from, count; tile < to; tile += count) {
      count = run(tile, to, WinogradTiles.longestRun(channels));
      for (int j = 0; j < Winograd.SIDE; j++) {
        WinogradTransform.output(
            count,
            vectors,
            scratch,
            products + (tile - from) * outputRow + j * outputPoint(),
            Winograd.SIDE * outputPoint(),
            outputRow,
            Lanes.COUNT,
            scratch,
            lines + j * channels,
            count * Winograd.SIDE * channels,
            Winograd.SIDE * channels,
            Lanes.COUNT);
      }
      finish(tile, count, channel, channels, scratch, lines, bias, biasAt + channel, add, output);
    }
  }

  /** The transform along the rows of a run of tiles, into the output. */
  private void finish(
      int tile,
      int count,
      int channel,
      int channels,
      float[] scratch,
      int lines,
      float[] bias,
      int biasAt,
      boolean add,
      Tensor output) {
    int tileRows = Winograd.tiles(out.height());
    int y = tile / columns % tileRows * Winograd.TILE;
    int x = tile % columns * Winograd.TILE;
    int rows = Math.min(Winograd.TILE, out.height() - y);
    int image = tile / columns / tileRows;
    int at = output.pixel((image * out.height() + y) * out.width() + x) + channel;
    int whole = Math.min(count, (out.width() - x) / Winograd.TILE);
    int line = count * Winograd.SIDE * channels;
    int width = out.width() - x - whole * Winograd.TILE;
    for (int row = 0; row < rows; row++) {
      int from = lines + row * line;
      int to = at + row * out.width() * output.stride();
      finishRow(whole, channels, scratch, from, bias, biasAt, add, output, to);
      if (whole < count) {
        int rest = from + whole * Winograd.SIDE * channels;
        int edge = lines + Winograd.TILE * line;
        WinogradTransform.biasedOutput(
            1,
            channels / Lanes.COUNT,
            scratch,
            rest,
            channels,
            0,
            bias,
            biasAt,
            scratch,
            edge,
            channels,
            0);
        int last = to + whole * Winograd.TILE * output.stride();
        store(width, channels, scratch, edge, add, output, last);
      }
    }
  }

  private static void finishRow(
      int count,
      int channels,
      float[] scratch,
      int from,
      float[] bias,
      int biasAt,
      boolean add,
      Tensor output,
      int at) {
    int vectors = channels / Lanes.COUNT;
    int next = Winograd.SIDE * channels;
    int toNext = Winograd.TILE * output.stride();
    if (add) {
      WinogradTransform.addedOutput(
          count,
          vectors,
          scratch,
          from,
          channels,
          next,
          output.data(),
          at,
          output.stride(),
          toNext);
    } else {
      WinogradTransform.biasedOutput(
          count,
          vectors,
          scratch,
          from,
          channels,
          next,
          bias,
          biasAt,
          output.data(),
          at,
          output.stride(),
          toNext);
    }
  }

  /** The first pixels of a tile's row. */
  private static void store(
      int width, int channels, float[] scratch, int from, boolean add, Tensor output, int at) {
    int vectors = channels / Lanes.COUNT;
    for (int x = 0; x < width; x++) {
      int pixel = from + x * channels;
      int to = at + x * output.stride();
      if (add) {
        VectorCopy.add(vectors, scratch, pixel, Lanes.COUNT, output.data(), to, Lanes.COUNT);
      } else {
        VectorCopy.copy(vectors, scratch, pixel, Lanes.COUNT, output.data(), to, Lanes.COUNT);
      }
    }
  }
}
