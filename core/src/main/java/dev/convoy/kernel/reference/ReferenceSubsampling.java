package dev.convoy.kernel.reference;

import dev.convoy.kernel.PoolingGeometry;
import dev.convoy.kernel.Subsampling;
import dev.convoy.tensor.Shape;
import java.util.Arrays;

/** {@link Subsampling} as its definition reads. */
final class ReferenceSubsampling implements Subsampling {
  private final PoolingGeometry g;
  private final Shape out;
  private final int channels;
  private final float reciprocal;
  private final float[] means;

  ReferenceSubsampling(PoolingGeometry geometry, int images) {
    g = geometry;
    out = geometry.output();
    channels = geometry.pixelStride();
    reciprocal = 1f / (geometry.window() * geometry.window());
    means = new float[images * out.pixels() * channels];
  }

  @Override
  public void forward(
      int images, float[] input, float[] weights, int coefficient, int bias, float[] output) {
    for (int p = 0; p < images * out.pixels(); p++) {
      for (int c = 0; c < channels; c++) {
        float sum = 0f;
        for (int ky = 0; ky < g.window(); ky++) {
          for (int kx = 0; kx < g.window(); kx++) {
            sum += input[inputIndex(p, ky, kx, c)];
          }
        }
        float mean = sum * reciprocal;
        means[p * channels + c] = mean;
        output[p * channels + c] = Math.fma(mean, weights[coefficient + c], weights[bias + c]);
      }
    }
  }

  @Override
  public void inputGradient(
      int images, float[] outputGradient, float[] weights, int coefficient, float[] inputGradient) {
    Arrays.fill(inputGradient, 0, images * g.input().pixels() * channels, 0f);
    for (int p = 0; p < images * out.pixels(); p++) {
      for (int ky = 0; ky < g.window(); ky++) {
        for (int kx = 0; kx < g.window(); kx++) {
          for (int c = 0; c < channels; c++) {
            inputGradient[inputIndex(p, ky, kx, c)] +=
                outputGradient[p * channels + c] * weights[coefficient + c] * reciprocal;
          }
        }
      }
    }
  }

  @Override
  public void weightGradient(
      int images, float[] outputGradient, float[] gradients, int coefficient, int bias) {
    for (int c = 0; c < channels; c++) {
      float ofCoefficient = 0f;
      float ofBias = 0f;
      for (int p = 0; p < images * out.pixels(); p++) {
        float gradient = outputGradient[p * channels + c];
        ofCoefficient = Math.fma(gradient, means[p * channels + c], ofCoefficient);
        ofBias += gradient;
      }
      gradients[coefficient + c] = ofCoefficient;
      gradients[bias + c] = ofBias;
    }
  }

  /** Of output pixel {@code p}, counted over all images. */
  private int inputIndex(int p, int ky, int kx, int c) {
    int n = p / out.pixels();
    int oy = p % out.pixels() / out.width();
    int ox = p % out.width();
    int y = n * g.input().height() + oy * g.stride() + ky;
    int x = ox * g.stride() + kx;
    return (y * g.input().width() + x) * channels + c;
  }
}
