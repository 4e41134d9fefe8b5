package dev.convoy.kernel.reference;

import dev.convoy.kernel.MaxPooling;
import dev.convoy.kernel.PoolingGeometry;
import dev.convoy.tensor.Shape;
import java.util.Arrays;

/** {@link MaxPooling} as its definition reads. */
final class ReferenceMaxPooling implements MaxPooling {
  private final PoolingGeometry g;
  private final Shape out;
  private final int channels;
  private final int[] winners;

  ReferenceMaxPooling(PoolingGeometry geometry, int images) {
    g = geometry;
    out = geometry.output();
    channels = geometry.pixelStride();
    winners = new int[images * out.pixels() * channels];
  }

  @Override
  public void forward(int images, float[] input, float[] output) {
    for (int n = 0; n < images; n++) {
      for (int oy = 0; oy < out.height(); oy++) {
        for (int ox = 0; ox < out.width(); ox++) {
          for (int c = 0; c < channels; c++) {
            int best = inputIndex(n, oy, ox, 0, 0, c);
            for (int ky = 0; ky < g.window(); ky++) {
              for (int kx = 0; kx < g.window(); kx++) {
                int at = inputIndex(n, oy, ox, ky, kx, c);
                if (input[at] > input[best] || Float.isNaN(input[at])) {
                  best = at;
                }
              }
            }
            int to = outputIndex(n, oy, ox, c);
            output[to] = input[best];
            winners[to] = best;
          }
        }
      }
    }
  }

  @Override
  public void backward(int images, float[] outputGradient, float[] inputGradient) {
    Arrays.fill(inputGradient, 0, images * g.input().pixels() * channels, 0f);
    for (int i = 0; i < images * out.pixels() * channels; i++) {
      inputGradient[winners[i]] += outputGradient[i];
    }
  }

  private int inputIndex(int n, int oy, int ox, int ky, int kx, int c) {
    int y = n * g.input().height() + oy * g.stride() + ky;
    int x = ox * g.stride() + kx;
    return (y * g.input().width() + x) * channels + c;
  }

  private int outputIndex(int n, int oy, int ox, int c) {
    return ((n * out.height() + oy) * out.width() + ox) * channels + c;
  }
}
