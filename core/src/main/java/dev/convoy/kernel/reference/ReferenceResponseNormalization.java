package dev.convoy.kernel.reference;

import dev.convoy.concurrent.Worker;
import dev.convoy.kernel.FloatMath;
import dev.convoy.kernel.ResponseNormalizationKernel;
import dev.convoy.tensor.Layout;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.Tensor;

/** {@link ResponseNormalizationKernel} by its definition; worker 0 does all the work. */
final class ReferenceResponseNormalization implements ResponseNormalizationKernel {
  private final Shape shape;
  private final Constants constants;
  private final int channels;

  ReferenceResponseNormalization(Shape shape, Constants constants) {
    this.shape = shape;
    this.constants = constants;
    channels = Layout.padded(shape.channels());
  }

  @Override
  public void forward(Worker worker, int images, Tensor input, Tensor output) {
    if (!worker.first()) {
      return;
    }
    for (int p = 0; p < images * shape.pixels(); p++) {
      int from = input.pixel(p);
      for (int c = 0; c < channels; c++) {
        float y = root(input.data(), from, c);
        output.data()[output.pixel(p) + c] = input.data()[from + c] * (y * y * y);
      }
    }
  }

  /** Returns d[c] to the power of -1/4, for the pixel that begins at {@code from}. */
  private float root(float[] x, int from, int c) {
    float sum = 0f;
    for (int j = c - constants.size() / 2; j <= c + constants.size() / 2; j++) {
      float value = exists(j) ? x[from + j] : 0f;
      sum = Math.fma(value, value, sum);
    }
    return FloatMath.inverseFourthRoot(Math.fma(constants.alpha(), sum, constants.k()));
  }

  private boolean exists(int c) {
    return c >= 0 && c < channels;
  }

  @Override
  public void backward(
      Worker worker,
      int images,
      Tensor input,
      Tensor outputGradient,
      boolean add,
      Tensor inputGradient) {
    if (!worker.first()) {
      return;
    }
    float[] y = new float[channels];
    for (int p = 0; p < images * shape.pixels(); p++) {
      for (int c = 0; c < channels; c++) {
        y[c] = root(input.data(), input.pixel(p), c);
      }
      for (int c = 0; c < channels; c++) {
        float gradient = gradient(input, outputGradient, y, p, c);
        int to = inputGradient.pixel(p) + c;
        inputGradient.data()[to] = add ? inputGradient.data()[to] + gradient : gradient;
      }
    }
  }

  private float gradient(Tensor input, Tensor outputGradient, float[] y, int p, int c) {
    float sum = 0f;
    for (int j = c - constants.size() / 2; j <= c + constants.size() / 2; j++) {
      sum += exists(j) ? term(input, outputGradient, y[j], p, j) : 0f;
    }
    float direct = outputGradient.data()[outputGradient.pixel(p) + c] * (y[c] * y[c] * y[c]);
    float through = input.data()[input.pixel(p) + c] * sum;
    return Math.fma(-1.5f * constants.alpha(), through, direct);
  }

  /** Returns t[j] of the definition. */
  private static float term(Tensor input, Tensor outputGradient, float y, int p, int j) {
    float product =
        outputGradient.data()[outputGradient.pixel(p) + j] * input.data()[input.pixel(p) + j];
    float q = y * y;
    return product * (q * y * (q * q));
  }
}
