package dev.convoy.kernel.vector.direct;

import dev.convoy.concurrent.Worker;
import dev.convoy.kernel.ConvolutionGeometry;
import dev.convoy.kernel.Epilogue;
import dev.convoy.kernel.RowBands;
import dev.convoy.kernel.Workspace;
import dev.convoy.kernel.vector.lanes.Lanes;
import dev.convoy.tensor.Layout;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.Tensor;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/**
 * The gradient of an input of few channels, with stride 1: vectors run along the columns of an
 * image, because along channels most of their lanes would be empty. Each image is copied to planes,
 * one for each channel ({@link NchwCopy}); for two rows and a vector of columns all channels are
 * summed at once.
 *
 * <p>Each value is the chain of fused multiply-adds that {@link DirectInputGradient} gives it.
 */
final class FewChannelInputGradient implements InputGradient {
  /** The most channels that it can compute. */
  private static final int MOST = FewChannelMicroKernel.CHANNELS;

  /** The most floats of an image's planes, which stay in L2. */
  private static final int PLANES = 1 << 16;

  private final ConvolutionGeometry g;
  private final Workspace workspace;
  private final Shape in;
  private final NchwCopy planes;

  /**
   * For each term, the offset in the planes from an input's place to the value that the term
   * multiplies.
   */
  private final int[] termAt;

  FewChannelInputGradient(ConvolutionGeometry geometry, Workspace workspace) {
    g = geometry;
    this.workspace = workspace;
    in = g.input();
    planes = planes(g);
    termAt = new int[g.kernelHeight() * g.kernelWidth() * g.outChannels()];
    for (int term = 0; term < termAt.length; term++) {
      int tap = term / g.outChannels();
      int y = g.kernelHeight() - 1 - tap / g.kernelWidth();
      int x = g.kernelWidth() - 1 - tap % g.kernelWidth();
      termAt[term] = term % g.outChannels() * planes.length() + y * planes.columns() + x;
    }
    workspace.reserve(Math.multiplyExact(workspace.workers(), scratch()));
  }

  /** Returns whether it is faster than {@link DirectInputGradient}. */
  static boolean fits(ConvolutionGeometry g) {
    return g.stride() == 1
        && g.groups() == 1
        && g.input().channels() <= MOST
        && g.padding() < Math.min(g.kernelHeight(), g.kernelWidth())
        && planes(g).size() <= PLANES;
  }

  private static NchwCopy planes(ConvolutionGeometry g) {
    return new NchwCopy(
        g.output(),
        g.kernelHeight() - 1 - g.padding(),
        g.kernelWidth() - 1 - g.padding(),
        g.input().height() + g.kernelHeight() - 1,
        // Whole vectors are read.
        Layout.padded(g.input().width()) + g.kernelWidth() - 1);
  }

  /**
   * Returns the scratch memory of a worker in floats: planes, weights by term, and the initial
   * values and results of a tile.
   */
  private int scratch() {
    return planes.size() + termAt.length * MOST + 2 * tile();
  }

  private static int tile() {
    return MOST * 2 * Lanes.COUNT;
  }

  @Override
  public void run(
      Worker worker,
      int images,
      Tensor outputGradient,
      float[] weights,
      int filter,
      boolean add,
      Epilogue epilogue,
      Tensor inputGradient) {
    float[] scratch = workspace.scratch();
    int image = worker.index() * scratch();
    int table = image + planes.size();
    int zeros = table + termAt.length * MOST;
    tabulate(weights, filter, scratch, table);
    Arrays.fill(scratch, zeros, zeros + tile(), 0f);
    int bands = new RowBands(in).perImage();
    for (int n = worker.from(images); n < worker.to(images); n++) {
      planes.read(outputGradient, n, scratch, image);
      for (int y = 0; y < in.height(); y += 2) {
        for (int x = 0; x < in.width(); x += Lanes.COUNT) {
          tile(n, y, x, add, image, table, zeros, inputGradient);
        }
      }
      epilogue.bands(n * bands, (n + 1) * bands);
    }
  }

  /** Tabulates the weights of all channels for each term, in the order of terms. */
  private void tabulate(float[] weights, int filter, float[] table, int at) {
    for (int term = 0; term < termAt.length; term++) {
      int into = at + term * MOST;
      Arrays.fill(table, into, into + MOST, 0f);
      int tap = term / g.outChannels() * in.channels();
      for (int c = 0; c < in.channels(); c++) {
        table[into + c] = weights[filter + g.filterIndex(tap + c, term % g.outChannels())];
      }
    }
  }

  /** Computes two rows, or the last one, of a vector of columns. */
  private void tile(
      int n, int y, int x, boolean add, int image, int table, int zeros, Tensor output) {
    float[] scratch = workspace.scratch();
    int rows = Math.min(2, in.height() - y);
    int width = Math.min(Lanes.COUNT, in.width() - x);
    int at = output.image(n) + (y * in.width() + x) * output.stride();
    int result = zeros + tile();
    int initial = zeros;
    if (add) {
      initial = result;
      for (int row = 0; row < rows; row++) {
        int line = at + row * in.width() * output.stride();
        gather(width, output, line, scratch, result + row * Lanes.COUNT);
      }
    }
    // A last row without a second one is computed twice, and the second result is dropped.
    int next = rows == 2 ? planes.columns() : 0;
    int b = image + y * planes.columns() + x;
    FewChannelMicroKernel.multiply(in.channels(), termAt, scratch, table, b, next, initial, result);
    for (int row = 0; row < rows; row++) {
      int line = at + row * in.width() * output.stride();
      if (!add) {
        clear(width, output, line);
      }
      scatter(width, scratch, result + row * Lanes.COUNT, output, line);
    }
  }

  private void gather(int width, Tensor output, int at, float[] tile, int to) {
    float[] values = output.data();
    int stride = output.stride();
    for (int r = 0; r < in.channels(); r++) {
      for (int x = 0; x < width; x++) {
        tile[to + r * 2 * Lanes.COUNT + x] = values[at + x * stride + r];
      }
    }
  }

  /** Clears pixels, the padding of their channels included. */
  private static void clear(int width, Tensor output, int at) {
    FloatVector zero = FloatVector.zero(Lanes.SPECIES);
    for (int x = 0; x < width; x++) {
      for (int v = 0; v < Layout.LANES; v += Lanes.COUNT) {
        zero.intoArray(output.data(), at + x * output.stride() + v);
      }
    }
  }

  private void scatter(int width, float[] tile, int from, Tensor output, int at) {
    float[] values = output.data();
    int stride = output.stride();
    for (int r = 0; r < in.channels(); r++) {
      for (int x = 0; x < width; x++) {
        values[at + x * stride + r] = tile[from + r * 2 * Lanes.COUNT + x];
      }
    }
  }
}
