package dev.convoy.kernel.vector.winograd;

import dev.convoy.concurrent.Worker;
import dev.convoy.kernel.ConvolutionGeometry;
import dev.convoy.kernel.Epilogue;
import dev.convoy.kernel.Winograd;
import dev.convoy.kernel.Workspace;
import dev.convoy.kernel.vector.gemm.GemmMacroKernel;
import dev.convoy.kernel.vector.gemm.GemmMicroKernelRows;
import dev.convoy.kernel.vector.gemm.PackedRows;
import dev.convoy.kernel.vector.lanes.Lanes;
import dev.convoy.kernel.vector.lanes.VectorCopy;
import dev.convoy.kernel.vector.lanes.WorkerState;
import dev.convoy.tensor.Layout;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.Tensor;
import java.util.Arrays;

/**
 * The pass from input to output with filters that are transformed already: a block of tiles is
 * transformed, multiplied at each of the 36 points and transformed back before the next one, so
 * that the intermediate values stay in the cache. If the filters do not fit in the cache, blocks
 * are larger, because each block reads all of them.
 */
final class WinogradPass {
  /**
   * Tiles of a block, a multiple of the micro-kernel's rows; so that the transformed input of 256
   * channels is within an L2 cache of 2 MB.
   */
  private static final int TILES = 36;

  /** Tiles of a block if the filters do not fit in the caches. */
  private static final int MANY_TILES = 72;

  /** Floats of transformed filters, 36 times 256 x 256, from which on they do not fit. */
  private static final int MANY_FILTERS = 2_500_000;

  /** Output channels whose products are computed and transformed together. */
  private static final int OUTPUTS = 128;

  /** Input channels that a micro-kernel takes at once, so that two panels of filters stay in L1. */
  private static final int TERMS = 256;

  private final ConvolutionGeometry g;
  private final Workspace workspace;
  private final Shape out;
  private final WinogradFilters filters;
  private final int columns;
  private final int blockTiles;
  private final float[] zeros;
  private final Share[] shares;

  /** The number of a group's input channels, and of their blocks of packed rows. */
  private final int inputs;

  private final int inputBlocks;
  private final int outputRow;

  /** The number of a group's output channels that are computed together. */
  private final int outputs;

  /**
   * @param geometry of the pass
   * @param filters that it will be given
   */
  WinogradPass(ConvolutionGeometry geometry, WinogradFilters filters, Workspace workspace) {
    g = geometry;
    this.workspace = workspace;
    out = geometry.output();
    this.filters = filters;
    columns = Winograd.tiles(out.width());
    inputs = Layout.padded(geometry.groupInChannels());
    inputBlocks = PackedRows.blocks(inputs);
    outputs = Math.min(OUTPUTS, geometry.outputStride() / geometry.groups());
    // No power of two, or rows would share cache sets.
    outputRow = outputs + Layout.LANES;
    int tilesOfBlock = filters.length() < MANY_FILTERS ? TILES : MANY_TILES;
    int tiles = workspace.images() * columns * Winograd.tiles(out.height());
    blockTiles = Math.min(tilesOfBlock, tiles);
    zeros = new float[geometry.outputStride()];
    shares = new Share[workspace.workers()];
    Arrays.setAll(shares, Share::new);
  }

  private int inputPoint() {
    return g.groups() * inputBlocks * PackedRows.blockStep(blockTiles) + Layout.LANES;
  }

  private int outputPoint() {
    return blockTiles * outputRow + Layout.LANES;
  }

  /** Returns the scratch memory in floats that a worker needs, here or to transform filters. */
  private int scratch() {
    int points = Math.multiplyExact(Winograd.POINTS, inputPoint() + outputPoint());
    return Math.max(points + WinogradTiles.SCRATCH, WinogradFilters.SCRATCH);
  }

  /** Reserves scratch memory: filters, and behind them each worker's own. */
  void reserve() {
    int ofWorkers = Math.multiplyExact(workspace.workers(), scratch());
    workspace.reserve(Math.addExact(Layout.ALIGNMENT + filters.length(), ofWorkers));
  }

  /** Returns where a worker's own scratch memory begins. */
  int scratchAt(int worker) {
    return Layout.ALIGNMENT + filters.length() + worker * scratch();
  }

  /**
   * Computes this worker's share.
   *
   * @param transformed filters, from {@link Layout#ALIGNMENT} on
   * @param bias of each output channel from {@code biasAt} on; or null, to add to the values in
   *     {@code output}
   */
  void run(
      Worker worker,
      int images,
      Tensor input,
      float[] transformed,
      float[] bias,
      int biasAt,
      Epilogue epilogue,
      Tensor output) {
    Share share = shares[worker.index()];
    share.begin(input, transformed, bias, biasAt, output);
    int rows = images * Winograd.tiles(out.height());
    int first = worker.from(rows) * columns;
    int count = worker.to(rows) * columns - first;
    int blocks = (count + blockTiles - 1) / blockTiles;
    int done = worker.from(rows);
    for (int block = 0; block < blocks; block++) {
      int from = first + (int) ((long) count * block / blocks);
      int to = first + (int) ((long) count * (block + 1) / blocks);
      share.block(from, to);
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

  /**
   * Returns how many tiles from {@code tile} on are transformed together: a row is divided evenly.
   */
  private int run(int tile, int end, int longest) {
    int rest = Math.min(end - tile, columns - tile % columns);
    int runs = (rest + longest - 1) / longest;
    return (rest + runs - 1) / runs;
  }

  /** The computation of one worker, with its buffers. */
  private final class Share extends WorkerState {
    private final WinogradTiles tiles = WinogradTiles.ofInput(g.input(), g.padding(), out);
    private final GemmMacroKernel product = new GemmMacroKernel();
    private final VectorLines source = new VectorLines();
    private final VectorLines target = new VectorLines();

    // This worker's scratch memory: transformed inputs, products, and a buffer between transforms.
    private float[] scratch;
    private final int inputsAt;
    private final int productsAt;
    private final int buffer;

    private Tensor input;
    private float[] transformed;
    private float[] bias;
    private int biasAt;
    private boolean add;
    private Tensor output;

    Share(int worker) {
      inputsAt = scratchAt(worker);
      productsAt = inputsAt + Winograd.POINTS * inputPoint();
      buffer = productsAt + Winograd.POINTS * outputPoint();
    }

    /** Sets the tensors and weights of a pass. */
    void begin(Tensor input, float[] transformed, float[] bias, int biasAt, Tensor output) {
      this.input = input;
      this.transformed = transformed;
      this.bias = bias == null ? zeros : bias;
      this.biasAt = biasAt;
      add = bias == null;
      this.output = output;
      scratch = workspace.scratch();
      tiles.with(scratch, buffer).to(scratch, inputPoint(), GemmMicroKernelRows.STEP);
    }

    /** Computes all outputs of some tiles. */
    void block(int from, int to) {
      transformInputs(from, to);
      for (int c = 0, channels; c < g.outputStride(); c += channels) {
        // Parts do not cross groups: with several, these are whole multiples of 16.
        channels = Math.min(outputs, groupEnd(c) - c);
        multiply(to - from, c, channels);
        transformOutputs(from, to, c, channels);
      }
    }

    /** Transforms the inputs of tiles to packed rows, group by group. */
    private void transformInputs(int from, int to) {
      int longest = WinogradTiles.longestRun(Math.min(inputs, GemmMicroKernelRows.TERMS));
      for (int tile = from, count; tile < to; tile += count) {
        count = run(tile, to, longest);
        int at = inputsAt + (tile - from) * GemmMicroKernelRows.STEP;
        for (int i = 0; i < g.groups() * inputBlocks; i++) {
          int first = i % inputBlocks * GemmMicroKernelRows.TERMS;
          tiles.transform(
              input,
              i / inputBlocks * g.groupInChannels() + first,
              Math.min(GemmMicroKernelRows.TERMS, inputs - first),
              tile / columns,
              tile % columns,
              count,
              at + i * PackedRows.blockStep(blockTiles));
        }
      }
    }

    /** Computes the products of {@code count} tiles for some output channels. */
    private void multiply(int count, int channel, int channels) {
      int group = channel / g.groupOutChannels();
      int rows = inputsAt + group * inputBlocks * PackedRows.blockStep(blockTiles);
      for (int point = 0; point < Winograd.POINTS; point++) {
        int a = rows + point * inputPoint();
        int to = productsAt + point * outputPoint();
        for (int c = 0; c < channels; c += 2 * Layout.LANES) {
          int panel = (channel + c) / Layout.LANES;
          int b = point * filters.pointStep() + panel * filters.panelLength();
          int panels = Math.min(2, (channels - c) / Layout.LANES);
          multiply(count, panels, a, Layout.ALIGNMENT + b, to + c);
        }
      }
    }

    private void multiply(int count, int panels, int a, int b, int to) {
      int blockStep = PackedRows.blockStep(blockTiles);
      int parts = (g.groupInChannels() + TERMS - 1) / TERMS;
      for (int part = 0; part < parts; part++) {
        int k = PackedRows.partAt(part, parts, g.groupInChannels());
        int terms = PackedRows.partAt(part + 1, parts, g.groupInChannels()) - k;
        product.left(scratch, a + k / GemmMicroKernelRows.TERMS * blockStep, blockStep);
        product.right(transformed, b + k * Layout.LANES, filters.panelLength());
        product.result(scratch, to, outputRow);
        if (part == 0) {
          product.initial(zeros, 0, 0);
        }
        product.rows(count, panels, terms);
      }
    }

    private void transformOutputs(int from, int to, int channel, int channels) {
      for (int tile = from, count; tile < to; tile += count) {
        count = run(tile, to, WinogradTiles.longestRun(channels));
        for (int j = 0; j < Winograd.SIDE; j++) {
          int products = productsAt + (tile - from) * outputRow + j * outputPoint();
          int points = Winograd.SIDE * outputPoint();
          source.of(scratch, products, points, outputRow, Lanes.COUNT);
          int line = Winograd.SIDE * channels;
          target.of(scratch, buffer + j * channels, count * line, line, Lanes.COUNT);
          WinogradTransform.output(count, channels / Lanes.COUNT, source, target);
        }
        finish(tile, count, channel, channels);
      }
    }

    /** Transforms a run of tiles along their rows, into the output. */
    private void finish(int tile, int count, int channel, int channels) {
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
        int from = buffer + row * line;
        int to = at + row * out.width() * output.stride();
        finishRow(whole, channel, channels, from, to);
        if (whole < count) {
          int edge = buffer + Winograd.TILE * line;
          source.of(scratch, from + whole * Winograd.SIDE * channels, channels, 0, Lanes.COUNT);
          target.of(scratch, edge, channels, 0, Lanes.COUNT);
          WinogradTransform.biasedOutput(
              1, channels / Lanes.COUNT, source, target, bias, biasAt + channel);
          store(width, channels, edge, to + whole * Winograd.TILE * output.stride());
        }
      }
    }

    /** Transforms one row of whole tiles. */
    private void finishRow(int count, int channel, int channels, int from, int to) {
      int vectors = channels / Lanes.COUNT;
      int next = Winograd.TILE * output.stride();
      source.of(scratch, from, channels, Winograd.SIDE * channels, Lanes.COUNT);
      target.of(output.data(), to, output.stride(), next, Lanes.COUNT);
      if (add) {
        WinogradTransform.addedOutput(count, vectors, source, target);
      } else {
        WinogradTransform.biasedOutput(count, vectors, source, target, bias, biasAt + channel);
      }
    }

    /** Stores the first pixels of a tile's row. */
    private void store(int width, int channels, int from, int at) {
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
}
