package dev.convoy.kernel.vector.direct;

import dev.convoy.concurrent.Worker;
import dev.convoy.kernel.ConvolutionGeometry;
import dev.convoy.kernel.Epilogue;
import dev.convoy.kernel.RowBands;
import dev.convoy.kernel.Workspace;
import dev.convoy.kernel.vector.gemm.GemmMacroKernel;
import dev.convoy.kernel.vector.gemm.GemmMicroKernelPanels;
import dev.convoy.kernel.vector.lanes.Lanes;
import dev.convoy.kernel.vector.lanes.VectorCopy;
import dev.convoy.tensor.Layout;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.Tensor;
import java.util.Arrays;

/**
 * The forward pass with stride 1 from few channels, such as those of images: each image is copied
 * to planes, one for each channel ({@link NchwCopy}), in which the values that 16 neighbouring
 * outputs see at one tap of the filter are contiguous. So the left operand of {@link
 * GemmMicroKernelPanels}, (K,16), is packed with one copy for each tap.
 */
final class FewChannelForward implements ForwardPass {
  /** The most channels of the input; with more, packing pixel by pixel is as fast. */
  private static final int MOST_CHANNELS = 4;

  private final ConvolutionGeometry g;
  private final Workspace workspace;
  private final Shape out;
  private final NchwCopy planes;
  private final int bands;

  /**
   * For each tap, the offset in the planes from an output's place to the value that the tap sees.
   */
  private final int[] tapAt;

  private final GemmMacroKernel[] products;
  private final float[] none;

  FewChannelForward(ConvolutionGeometry geometry, Workspace workspace) {
    g = geometry;
    this.workspace = workspace;
    out = g.output();
    bands = new RowBands(out).perImage();
    // Whole vectors are read, for the last outputs of a row too.
    int columns = Layout.padded(out.width()) + g.kernelWidth() - 1;
    int rows = out.height() + g.kernelHeight() - 1;
    planes = new NchwCopy(g.input(), g.padding(), g.padding(), rows, columns);
    tapAt = new int[g.fanIn()];
    int channels = g.input().channels();
    for (int tap = 0; tap < tapAt.length; tap++) {
      int ky = tap / channels / g.kernelWidth();
      int kx = tap / channels % g.kernelWidth();
      tapAt[tap] = tap % channels * planes.length() + ky * columns + kx;
    }
    products = new GemmMacroKernel[workspace.workers()];
    Arrays.setAll(products, i -> new GemmMacroKernel());
    none = new float[g.outputStride()];
    int ofWorkers = Math.multiplyExact(workspace.workers(), scratch());
    workspace.reserve(Math.addExact(Layout.ALIGNMENT, ofWorkers));
  }

  /** Returns whether it is faster than {@link DirectForward}. */
  static boolean fits(ConvolutionGeometry g) {
    return g.stride() == 1
        && g.groups() == 1
        && g.kernelWidth() > 1
        && g.input().channels() <= MOST_CHANNELS;
  }

  /**
   * Returns the scratch memory of a worker in floats: the packed operand, the outputs at the end of
   * a row, and the planes.
   */
  private int scratch() {
    return Layout.padded(packed() + GemmMicroKernelPanels.ROWS * g.outputStride() + planes.size());
  }

  private int packed() {
    return tapAt.length * Layout.LANES;
  }

  @Override
  public void run(
      Worker worker,
      int images,
      Tensor input,
      float[] weights,
      int filter,
      int bias,
      Epilogue epilogue,
      Tensor output) {
    GemmMacroKernel product = products[worker.index()];
    product.right(weights, filter, packed());
    float[] scratch = workspace.scratch();
    int packed = Layout.ALIGNMENT + worker.index() * scratch();
    int rest = packed + packed();
    int image = rest + GemmMicroKernelPanels.ROWS * g.outputStride();
    for (int n = worker.from(images); n < worker.to(images); n++) {
      planes.read(input, n, scratch, image);
      for (int y = 0; y < out.height(); y++) {
        for (int x = 0; x < out.width(); x += Layout.LANES) {
          pack(scratch, image + y * planes.columns() + x, packed);
          int end = Math.min(x + Layout.LANES, out.width());
          for (int first = x; first < end; first += GemmMicroKernelPanels.ROWS) {
            product.left(scratch, packed + first - x);
            int at = output.pixel((n * out.height() + y) * out.width() + first);
            if (end - first >= GemmMicroKernelPanels.ROWS) {
              product.result(output.data(), at, output.stride());
              multiply(product, weights, bias);
            } else {
              // All eight rows are written, so fewer go by way of scratch memory.
              product.result(scratch, rest, g.outputStride());
              multiply(product, weights, bias);
              copy(end - first, scratch, rest, output, at);
            }
          }
        }
      }
      epilogue.bands(n * bands, (n + 1) * bands);
    }
  }

  private void pack(float[] scratch, int at, int packed) {
    for (int tap = 0; tap < tapAt.length; tap++) {
      int from = at + tapAt[tap];
      int to = packed + tap * Layout.LANES;
      for (int v = 0; v < Layout.LANES; v += Lanes.COUNT) {
        VectorCopy.copy(1, scratch, from + v, 0, scratch, to + v, 0);
      }
    }
  }

  private void multiply(GemmMacroKernel product, float[] weights, int bias) {
    product
        .initial(bias < 0 ? none : weights, Math.max(bias, 0), 0)
        .panels(g.outputStride() / Layout.LANES, tapAt.length);
  }

  private void copy(int pixels, float[] rest, int restAt, Tensor output, int at) {
    for (int i = 0; i < pixels; i++) {
      int from = restAt + i * g.outputStride();
      System.arraycopy(rest, from, output.data(), at + i * output.stride(), g.outputStride());
    }
  }
}
