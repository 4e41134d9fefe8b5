package dev.convoy.kernel.vector.normalization;

import dev.convoy.concurrent.Worker;
import dev.convoy.kernel.FloatMath;
import dev.convoy.kernel.ResponseNormalizationKernel;
import dev.convoy.kernel.Workspace;
import dev.convoy.kernel.vector.lanes.Lanes;
import dev.convoy.tensor.Layout;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.Tensor;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/**
 * Local response normalization over vectors of channels, for windows of {@link #SIZE}. A few pixels
 * at a time are copied, with zeros between them, to memory that stays in the L1 cache, where the
 * neighbours of a vector of channels are loads at one or two floats beside it:
 *
 * <pre>
 *   16 zeros | pixel 0, C floats | 16 zeros | pixel 1 | 16 zeros | ...
 * </pre>
 */
public final class VectorResponseNormalization implements ResponseNormalizationKernel {
  /** Channels in a window, in all networks that have such a layer. */
  public static final int SIZE = 5;

  private static final int GAP = Layout.LANES;

  /** Pixels at a time: three such buffers of 192 channels take 20 KiB. */
  private static final int PIXELS = 8;

  private static final int INPUTS = 0;
  private static final int ROOTS = 1;
  private static final int TERMS = 2;
  private static final int BUFFERS = 3;

  private final Shape shape;
  private final float k;
  private final float alpha;
  private final int channels;
  private final int pitch;
  private final int length;
  private final Workspace workspace;

  public VectorResponseNormalization(Shape shape, Constants constants, Workspace workspace) {
    this.shape = shape;
    k = constants.k();
    alpha = constants.alpha();
    channels = Layout.padded(shape.channels());
    pitch = channels + GAP;
    length = PIXELS * pitch + GAP;
    this.workspace = workspace;
    workspace.reserve(workspace.workers() * BUFFERS * length);
  }

  private int buffer(Worker worker, int which) {
    return (worker.index() * BUFFERS + which) * length;
  }

  /** Returns where pixel {@code i} of a buffer begins. */
  private int at(int buffer, int i) {
    return buffer + GAP + i * pitch;
  }

  @Override
  public void forward(Worker worker, int images, Tensor input, Tensor output) {
    float[] scratch = workspace.scratch();
    int inputs = buffer(worker, INPUTS);
    int roots = buffer(worker, ROOTS);
    int pixels = images * shape.pixels();
    clearGaps(scratch, inputs);
    for (int p = worker.from(pixels); p < worker.to(pixels); p += PIXELS) {
      int count = Math.min(PIXELS, worker.to(pixels) - p);
      for (int i = 0; i < count; i++) {
        System.arraycopy(input.data(), input.pixel(p + i), scratch, at(inputs, i), channels);
      }
      roots(scratch, inputs + GAP, roots + GAP, count * pitch - GAP);
      for (int i = 0; i < count; i++) {
        scale(scratch, at(inputs, i), at(roots, i), output.data(), output.pixel(p + i));
      }
    }
  }

  private void clearGaps(float[] scratch, int buffer) {
    for (int i = 0; i <= PIXELS; i++) {
      int gap = at(buffer, i) - GAP;
      for (int j = gap; j < gap + GAP; j++) {
        scratch[j] = 0f;
      }
    }
  }

  /** Computes the inverse fourth roots, those of the gaps too, which are not used. */
  private void roots(float[] scratch, int from, int to, int count) {
    FloatVector quarter = FloatVector.broadcast(Lanes.SPECIES, 0.25f);
    FloatVector one = FloatVector.broadcast(Lanes.SPECIES, 1f);
    FloatVector factor = FloatVector.broadcast(Lanes.SPECIES, alpha);
    FloatVector offset = FloatVector.broadcast(Lanes.SPECIES, k);
    FloatVector second = FloatVector.broadcast(Lanes.SPECIES, 0.15625f);
    FloatVector third = FloatVector.broadcast(Lanes.SPECIES, 0.1171875f);
    IntVector magic = IntVector.broadcast(Lanes.INTEGERS, FloatMath.FOURTH_ROOT_MAGIC);
    for (int i = 0; i < count; i += Lanes.COUNT) {
      FloatVector x = FloatVector.fromArray(Lanes.SPECIES, scratch, from + i - 2);
      FloatVector sum = x.mul(x);
      x = FloatVector.fromArray(Lanes.SPECIES, scratch, from + i - 1);
      sum = x.fma(x, sum);
      x = FloatVector.fromArray(Lanes.SPECIES, scratch, from + i);
      sum = x.fma(x, sum);
      x = FloatVector.fromArray(Lanes.SPECIES, scratch, from + i + 1);
      sum = x.fma(x, sum);
      x = FloatVector.fromArray(Lanes.SPECIES, scratch, from + i + 2);
      sum = x.fma(x, sum);
      FloatVector d = sum.fma(factor, offset);

      FloatVector y =
          magic.sub(d.reinterpretAsInts().lanewise(VectorOperators.ASHR, 2)).reinterpretAsFloats();
      FloatVector negative = d.neg();
      FloatVector q = y.mul(y);
      FloatVector e = negative.fma(q.mul(q), one);
      FloatVector p = third.fma(e, second).fma(e, quarter);
      y = y.mul(e).fma(p, y);
      q = y.mul(y);
      e = negative.fma(q.mul(q), one);
      y.mul(e).fma(quarter, y).intoArray(scratch, to + i);
    }
  }

  private void scale(float[] scratch, int inputs, int roots, float[] output, int to) {
    for (int c = 0; c < channels; c += Lanes.COUNT) {
      FloatVector y = FloatVector.fromArray(Lanes.SPECIES, scratch, roots + c);
      FloatVector.fromArray(Lanes.SPECIES, scratch, inputs + c)
          .mul(y.mul(y).mul(y))
          .intoArray(output, to + c);
    }
  }

  @Override
  public void backward(
      Worker worker,
      int images,
      Tensor input,
      Tensor outputGradient,
      boolean add,
      Tensor inputGradient) {
    float[] scratch = workspace.scratch();
    int inputs = buffer(worker, INPUTS);
    int roots = buffer(worker, ROOTS);
    int terms = buffer(worker, TERMS);
    int pixels = images * shape.pixels();
    clearGaps(scratch, inputs);
    clearGaps(scratch, terms);
    for (int p = worker.from(pixels); p < worker.to(pixels); p += PIXELS) {
      int count = Math.min(PIXELS, worker.to(pixels) - p);
      for (int i = 0; i < count; i++) {
        System.arraycopy(input.data(), input.pixel(p + i), scratch, at(inputs, i), channels);
      }
      roots(scratch, inputs + GAP, roots + GAP, count * pitch - GAP);
      for (int i = 0; i < count; i++) {
        terms(
            scratch,
            at(inputs, i),
            at(roots, i),
            outputGradient.data(),
            outputGradient.pixel(p + i),
            at(terms, i));
      }
      for (int i = 0; i < count; i++) {
        gradient(
            scratch,
            at(inputs, i),
            at(roots, i),
            at(terms, i),
            add,
            inputGradient.data(),
            inputGradient.pixel(p + i));
      }
    }
  }

  /** Computes the terms t and, in place of the roots, the direct part g*f. */
  private void terms(float[] scratch, int inputs, int roots, float[] gradients, int from, int to) {
    for (int c = 0; c < channels; c += Lanes.COUNT) {
      FloatVector y = FloatVector.fromArray(Lanes.SPECIES, scratch, roots + c);
      FloatVector x = FloatVector.fromArray(Lanes.SPECIES, scratch, inputs + c);
      FloatVector g = FloatVector.fromArray(Lanes.SPECIES, gradients, from + c);
      FloatVector q = y.mul(y);
      FloatVector f = q.mul(y);
      g.mul(x).mul(f.mul(q.mul(q))).intoArray(scratch, to + c);
      g.mul(f).intoArray(scratch, roots + c);
    }
  }

  private void gradient(
      float[] scratch, int inputs, int direct, int terms, boolean add, float[] out, int to) {
    FloatVector factor = FloatVector.broadcast(Lanes.SPECIES, -1.5f * alpha);
    FloatVector zero = FloatVector.zero(Lanes.SPECIES);
    for (int c = 0; c < channels; c += Lanes.COUNT) {
      FloatVector sum =
          zero.add(FloatVector.fromArray(Lanes.SPECIES, scratch, terms + c - 2))
              .add(FloatVector.fromArray(Lanes.SPECIES, scratch, terms + c - 1))
              .add(FloatVector.fromArray(Lanes.SPECIES, scratch, terms + c))
              .add(FloatVector.fromArray(Lanes.SPECIES, scratch, terms + c + 1))
              .add(FloatVector.fromArray(Lanes.SPECIES, scratch, terms + c + 2));
      FloatVector through = FloatVector.fromArray(Lanes.SPECIES, scratch, inputs + c).mul(sum);
      FloatVector gradient =
          through.fma(factor, FloatVector.fromArray(Lanes.SPECIES, scratch, direct + c));
      if (add) {
        gradient = FloatVector.fromArray(Lanes.SPECIES, out, to + c).add(gradient);
      }
      gradient.intoArray(out, to + c);
    }
  }
}
