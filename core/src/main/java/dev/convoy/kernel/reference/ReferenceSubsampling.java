package dev.convoy.kernel.reference;

import dev.convoy.concurrent.Worker;
import dev.convoy.kernel.PoolingGeometry;
import dev.convoy.kernel.SubsamplingKernel;
import dev.convoy.kernel.VirtualNodeTree;
import dev.convoy.tensor.Layout;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.Tensor;

/** {@link SubsamplingKernel} by its definition; worker 0 does all the work. */
final class ReferenceSubsampling implements SubsamplingKernel {
  private final PoolingGeometry g;
  private final Shape out;
  private final int channels;
  private final int taps;
  private final float reciprocal;
  private final float[] means;

  ReferenceSubsampling(PoolingGeometry geometry, int images) {
    g = geometry;
    out = geometry.output();
    channels = Layout.padded(out.channels());
    taps = geometry.windowSize();
    reciprocal = 1f / taps;
    means = new float[images * out.pixels() * channels];
  }

  @Override
  public void forward(
      Worker worker,
      int images,
      Tensor input,
      float[] weights,
      int coefficient,
      int bias,
      Tensor output) {
    if (!worker.first()) {
      return;
    }
    for (int p = 0; p < images * out.pixels(); p++) {
      for (int c = 0; c < channels; c++) {
        float sum = 0f;
        for (int k = 0; k < taps; k++) {
          sum += input.data()[input.pixel(g.inputPixel(p, k)) + c];
        }
        float mean = sum * reciprocal;
        means[p * channels + c] = mean;
        output.data()[output.pixel(p) + c] =
            Math.fma(mean, weights[coefficient + c], weights[bias + c]);
      }
    }
  }

  @Override
  public void inputGradient(
      Worker worker,
      int images,
      Tensor outputGradient,
      float[] weights,
      int coefficient,
      boolean add,
      Tensor inputGradient) {
    if (!worker.first()) {
      return;
    }
    if (!add) {
      Zeros.fill(inputGradient, images);
    }
    for (int p = 0; p < images * out.pixels(); p++) {
      for (int c = 0; c < channels; c++) {
        float gradient = outputGradient.data()[outputGradient.pixel(p) + c];
        float share = gradient * weights[coefficient + c] * reciprocal;
        for (int k = 0; k < taps; k++) {
          inputGradient.data()[inputGradient.pixel(g.inputPixel(p, k)) + c] += share;
        }
      }
    }
  }

  @Override
  public void weightGradient(
      Worker worker,
      VirtualNodeTree tree,
      Tensor outputGradient,
      float[] gradients,
      int coefficient,
      int bias) {
    if (!worker.first()) {
      return;
    }
    for (int c = 0; c < channels; c++) {
      int channel = c;
      gradients[coefficient + c] =
          VirtualNodeSum.over(
              tree, (first, end) -> ofCoefficient(outputGradient, first, end, channel));
      gradients[bias + c] =
          VirtualNodeSum.over(tree, (first, end) -> ofBias(outputGradient, first, end, channel));
    }
  }

  private float ofCoefficient(Tensor outputGradient, int firstImage, int endImage, int c) {
    float sum = 0f;
    for (int p = firstImage * out.pixels(); p < endImage * out.pixels(); p++) {
      float gradient = outputGradient.data()[outputGradient.pixel(p) + c];
      sum = Math.fma(gradient, means[p * channels + c], sum);
    }
    return sum;
  }

  private float ofBias(Tensor outputGradient, int firstImage, int endImage, int c) {
    float sum = 0f;
    for (int p = firstImage * out.pixels(); p < endImage * out.pixels(); p++) {
      sum += outputGradient.data()[outputGradient.pixel(p) + c];
    }
    return sum;
  }
}
