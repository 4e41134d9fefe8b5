package dev.convoy.kernel.vector;

import dev.convoy.concurrent.Worker;
import dev.convoy.kernel.Bands;
import dev.convoy.kernel.ConvolutionGeometry;
import dev.convoy.kernel.Epilogue;
import dev.convoy.kernel.Workspace;
import dev.convoy.tensor.Layout;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.Tensor;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/**
 * A convolution of stride 1 that gives few channels, the forward pass or the gradient of the input:
 * vectors run along the columns of an image, since along channels most of their lanes would be
 * empty. Each image's channels are copied to planes, with their padding; for two rows and a vector
 * of columns all channels are summed at once.
 *
 * <p>Each value is the chain of fused multiply-adds that {@link DirectForward} and {@link
 * DirectInputGradient} give it.
 */
final class PlanarPass {
  /** Channels that it can give. */
  private static final int MOST = PlaneProduct.OUTPUTS;

  /** Floats of an image's planes, which stay in L2. */
  private static final int PLANES = 1 << 16;

  private final ConvolutionGeometry g;
  private final boolean backward;
  private final Shape from;
  private final Shape to;
  private final int top;
  private final int left;
  private final int columns;
  private final int plane;

  /** Where the planes' value is that a term multiplies, relative to an output's place. */
  private final int[] termAt;

  private PlanarPass(ConvolutionGeometry geometry, boolean backward, Workspace workspace) {
    g = geometry;
    this.backward = backward;
    from = backward ? g.output() : g.input();
    to = backward ? g.input() : g.output();
    top = backward ? g.kernelHeight() - 1 - g.padding() : g.padding();
    left = backward ? g.kernelWidth() - 1 - g.padding() : g.padding();
    columns = columns(g, to);
    plane = rows(g, to) * columns;
    termAt = new int[g.kernelHeight() * g.kernelWidth() * from.channels()];
    int term = 0;
    for (int ky = 0; ky < g.kernelHeight(); ky++) {
      for (int kx = 0; kx < g.kernelWidth(); kx++) {
        int y = backward ? g.kernelHeight() - 1 - ky : ky;
        int x = backward ? g.kernelWidth() - 1 - kx : kx;
        for (int c = 0; c < from.channels(); c++) {
          termAt[term++] = c * plane + y * columns + x;
        }
      }
    }
    workspace.reserve(Math.multiplyExact(workspace.workers(), scratch()));
  }

  /** The forward pass, or null where {@link DirectForward} is better. */
  static PlanarPass forward(ConvolutionGeometry g, Workspace workspace) {
    boolean fits = fits(g, g.input().channels(), g.output());
    return fits ? new PlanarPass(g, false, workspace) : null;
  }

  /** The gradient of the input, or null where {@link DirectInputGradient} is better. */
  static PlanarPass inputGradient(ConvolutionGeometry g, Workspace workspace) {
    boolean fits =
        g.padding() < Math.min(g.kernelHeight(), g.kernelWidth())
            && fits(g, g.outputs(), g.input());
    return fits ? new PlanarPass(g, true, workspace) : null;
  }

  private static boolean fits(ConvolutionGeometry g, int channels, Shape to) {
    return g.stride() == 1
        && g.groups() == 1
        && to.channels() <= MOST
        && (long) channels * rows(g, to) * columns(g, to) <= PLANES;
  }

  private static int rows(ConvolutionGeometry g, Shape to) {
    return to.height() + g.kernelHeight() - 1;
  }

  /** Whole vectors are read. */
  private static int columns(ConvolutionGeometry g, Shape to) {
    return Layout.padded(to.width()) + g.kernelWidth() - 1;
  }

  /** Floats of a worker: planes, weights by term, and the first values and results of a tile. */
  private int scratch() {
    return from.channels() * plane + termAt.length * MOST + 2 * tile();
  }

  private static int tile() {
    return MOST * 2 * Lanes.COUNT;
  }

  /** This worker's images. A bias below zero is none. */
  void run(
      Worker me,
      int images,
      Tensor input,
      float[] weights,
      int filter,
      int bias,
      boolean add,
      Epilogue epilogue,
      Tensor output,
      float[] scratch) {
    int planes = me.index() * scratch();
    int table = planes + from.channels() * plane;
    int begin = table + termAt.length * MOST;
    tabulate(weights, filter, scratch, table);
    for (int r = 0; r < MOST; r++) {
      float first = bias < 0 || r >= to.channels() ? 0f : weights[bias + r];
      int at = begin + r * 2 * Lanes.COUNT;
      Arrays.fill(scratch, at, at + 2 * Lanes.COUNT, first);
    }
    int bands = new Bands(to).perImage();
    for (int image = me.from(images); image < me.to(images); image++) {
      read(input, image, scratch, planes);
      for (int y = 0; y < to.height(); y += 2) {
        for (int x = 0; x < to.width(); x += Lanes.COUNT) {
          tile(image, y, x, add, scratch, planes, table, begin, output);
        }
      }
      epilogue.bands(image * bands, (image + 1) * bands);
    }
  }

  /** The weights of all channels for each term, in the order of terms. */
  private void tabulate(float[] weights, int filter, float[] table, int at) {
    int channels = from.channels();
    for (int term = 0; term < termAt.length; term++) {
      int into = at + term * MOST;
      Arrays.fill(table, into, into + MOST, 0f);
      for (int r = 0; r < to.channels(); r++) {
        int tap = backward ? term / channels * to.channels() + r : term;
        int index = g.filterIndex(tap, backward ? term % channels : r);
        table[into + r] = weights[filter + index];
      }
    }
  }

  /** An image's channels to planes. */
  private void read(Tensor input, int image, float[] planes, int at) {
    Arrays.fill(planes, at, at + from.channels() * plane, 0f);
    for (int y = 0; y < from.height(); y++) {
      int pixel = input.image(image) + y * from.width() * input.stride();
      int row = at + (y + top) * columns + left;
      for (int c = 0; c < from.channels(); c++) {
        row(input, pixel + c, planes, row + c * plane);
      }
    }
  }

  private void row(Tensor input, int at, float[] planes, int to) {
    float[] values = input.data();
    int stride = input.stride();
    for (int x = 0; x < from.width(); x++) {
      planes[to + x] = values[at + x * stride];
    }
  }

  /** Two rows, or the last, of a vector of columns. */
  private void tile(
      int image,
      int y,
      int x,
      boolean add,
      float[] scratch,
      int planes,
      int table,
      int begin,
      Tensor output) {
    int rows = Math.min(2, to.height() - y);
    int width = Math.min(Lanes.COUNT, to.width() - x);
    int at = output.image(image) + (y * to.width() + x) * output.stride();
    int result = begin + tile();
    int initial = begin;
    if (add) {
      initial = result;
      for (int row = 0; row < rows; row++) {
        int line = at + row * to.width() * output.stride();
        gather(width, output, line, scratch, result + row * Lanes.COUNT);
      }
    }
    // The second row of a last one alone is computed and forgotten: its planes' row is there.
    int next = rows == 2 ? columns : 0;
    int b = planes + y * columns + x;
    PlaneProduct.multiply(to.channels(), termAt, scratch, table, b, next, initial, result);
    for (int row = 0; row < rows; row++) {
      int line = at + row * to.width() * output.stride();
      if (!add) {
        clear(width, output, line);
      }
      scatter(width, scratch, result + row * Lanes.COUNT, output, line);
    }
  }

  private void gather(int width, Tensor output, int at, float[] tile, int to) {
    float[] values = output.data();
    int stride = output.stride();
    for (int r = 0; r < this.to.channels(); r++) {
      for (int x = 0; x < width; x++) {
        tile[to + r * 2 * Lanes.COUNT + x] = values[at + x * stride + r];
      }
    }
  }

  /** Also the channels that fill a vector. */
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
    for (int r = 0; r < to.channels(); r++) {
      for (int x = 0; x < width; x++) {
        values[at + x * stride + r] = tile[from + r * 2 * Lanes.COUNT + x];
      }
    }
  }
}
