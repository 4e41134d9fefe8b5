package dev.convoy.kernel.vector.direct;

import dev.convoy.kernel.ConvolutionGeometry;
import dev.convoy.kernel.vector.lanes.GatherCopy;
import dev.convoy.kernel.vector.lanes.Lanes;
import dev.convoy.kernel.vector.lanes.WorkerState;
import dev.convoy.tensor.Layout;
import dev.convoy.tensor.Tensor;

/**
 * Packs the values that the taps of a filter see into panels (pixels,16): column k = (ky,kx,c) for
 * each output pixel, zero outside of the image. For filters in which each panel of 16 columns
 * belongs to one tap.
 *
 * <p>Each worker has its own.
 */
final class FilterTapPanels extends WorkerState {
  private final ConvolutionGeometry g;
  private final GatherCopy gathering;

  private Tensor input;
  private int firstImage;
  private int endImage;
  private int firstRow;
  private int endRow;

  FilterTapPanels(ConvolutionGeometry geometry, int mostColumns) {
    g = geometry;
    gathering = new GatherCopy(mostColumns / Lanes.COUNT);
  }

  /** Returns whether it can be used. */
  static boolean fits(ConvolutionGeometry g) {
    boolean point = g.kernelHeight() == 1 && g.kernelWidth() == 1;
    boolean padded = g.inputStride() >= Layout.padded(g.input().channels());
    return padded && (point || g.groupInChannels() % Layout.LANES == 0);
  }

  /** Returns where column {@code k} begins. */
  static int at(int k, int pixels) {
    return k / Layout.LANES * pixels * Layout.LANES + k % Layout.LANES;
  }

  /** Takes the rows of some images, whose outputs' pixels are packed next. */
  FilterTapPanels of(Tensor input, int firstImage, int endImage, int firstRow, int endRow) {
    this.input = input;
    this.firstImage = firstImage;
    this.endImage = endImage;
    this.firstRow = firstRow;
    this.endRow = endRow;
    return this;
  }

  /** Packs columns {@code first} to {@code end}, multiples of 16, of a group. */
  void pack(int group, int first, int end, float[] panels, int to) {
    int pixels = (endImage - firstImage) * (endRow - firstRow) * g.output().width();
    int channels = Layout.padded(g.groupInChannels());
    int count;
    for (int k = first; k < end; k += count) {
      int tap = k / channels;
      int channel = k % channels;
      count = Math.min(channels - channel, end - k);
      gathering.clear();
      for (int v = 0; v < count; v += Lanes.COUNT) {
        gathering.add(v, at(k - first + v, pixels));
      }
      int ky = tap / g.kernelWidth() - g.padding();
      int kx = tap % g.kernelWidth() - g.padding();
      int into = to;
      for (int image = firstImage; image < endImage; image++) {
        int at = input.image(image) + group * g.groupInChannels() + channel;
        for (int row = firstRow; row < endRow; row++) {
          row(at, row * g.stride() + ky, kx, panels, into);
          into += g.output().width() * Layout.LANES;
        }
      }
    }
  }

  /** Packs the values that a row of outputs sees in row {@code y}, from column {@code x} on. */
  private void row(int at, int y, int x, float[] panels, int to) {
    int width = g.output().width();
    int columns = g.input().width();
    boolean inside = y >= 0 && y < g.input().height();
    int first = inside ? Math.min(width, outputs(-x)) : width;
    int end = inside ? Math.max(first, Math.min(width, outputs(columns - x))) : width;
    gathering.clear(first, panels, to, Layout.LANES);
    int read = at + (y * columns + x + first * g.stride()) * input.stride();
    int step = g.stride() * input.stride();
    gathering
        .read(input.data(), read, step)
        .copy(end - first, panels, to + first * Layout.LANES, Layout.LANES);
    gathering.clear(width - end, panels, to + end * Layout.LANES, Layout.LANES);
  }

  /** Returns how many outputs, a stride apart, lie before column {@code columns}. */
  private int outputs(int columns) {
    return Math.max(0, (columns + g.stride() - 1) / g.stride());
  }
}
