package dev.convoy.kernel.vector.pooling;

import dev.convoy.kernel.PoolingGeometry;
import dev.convoy.kernel.vector.lanes.Lanes;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.Tensor;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/**
 * The sum of a window, all channels, in row order; windows do not leave the input. A window as wide
 * as the input is one run of pixels, others one for each row.
 */
final class AveragePoolForward {
  private final int stride;
  private final Shape in;
  private final Shape out;
  private final int channels;
  private final int runs;
  private final int runLength;

  AveragePoolForward(PoolingGeometry geometry, int channels) {
    stride = geometry.stride();
    in = geometry.input();
    out = geometry.output();
    this.channels = channels;
    boolean whole = geometry.windowWidth() == in.width();
    runs = whole ? 1 : geometry.windowHeight();
    runLength = whole ? geometry.windowSize() : geometry.windowWidth();
  }

  /** Sums the window of output pixel {@code p}, counted over all images, to {@code sums[to..]}. */
  void of(Tensor input, int p, float[] sums, int to) {
    Arrays.fill(sums, to, to + channels, 0f);
    int row = p / out.pixels() * in.height() + p % out.pixels() / out.width() * stride;
    int first = row * in.width() + p % out.width() * stride;
    for (int run = 0; run < runs; run++) {
      int from = input.pixel(first + run * in.width());
      int c = 0;
      for (; c + 4 * Lanes.COUNT <= channels; c += 4 * Lanes.COUNT) {
        addFour(input.data(), from + c, input.stride(), runLength, sums, to + c);
      }
      for (; c < channels; c += Lanes.COUNT) {
        addOne(input.data(), from + c, input.stride(), runLength, sums, to + c);
      }
    }
  }

  private static void addFour(float[] in, int from, int stride, int pixels, float[] out, int to) {
    FloatVector sum0 = FloatVector.fromArray(Lanes.SPECIES, out, to);
    FloatVector sum1 = FloatVector.fromArray(Lanes.SPECIES, out, to + Lanes.COUNT);
    FloatVector sum2 = FloatVector.fromArray(Lanes.SPECIES, out, to + 2 * Lanes.COUNT);
    FloatVector sum3 = FloatVector.fromArray(Lanes.SPECIES, out, to + 3 * Lanes.COUNT);
    for (int i = 0; i < pixels; i++) {
      int at = from + i * stride;
      sum0 = sum0.add(FloatVector.fromArray(Lanes.SPECIES, in, at));
      sum1 = sum1.add(FloatVector.fromArray(Lanes.SPECIES, in, at + Lanes.COUNT));
      sum2 = sum2.add(FloatVector.fromArray(Lanes.SPECIES, in, at + 2 * Lanes.COUNT));
      sum3 = sum3.add(FloatVector.fromArray(Lanes.SPECIES, in, at + 3 * Lanes.COUNT));
    }
    sum0.intoArray(out, to);
    sum1.intoArray(out, to + Lanes.COUNT);
    sum2.intoArray(out, to + 2 * Lanes.COUNT);
    sum3.intoArray(out, to + 3 * Lanes.COUNT);
  }

  private static void addOne(float[] in, int from, int stride, int pixels, float[] out, int to) {
    FloatVector sum = FloatVector.fromArray(Lanes.SPECIES, out, to);
    for (int i = 0; i < pixels; i++) {
      sum = sum.add(FloatVector.fromArray(Lanes.SPECIES, in, from + i * stride));
    }
    sum.intoArray(out, to);
  }
}
