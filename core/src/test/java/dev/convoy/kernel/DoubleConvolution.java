package dev.convoy.kernel;

import dev.convoy.tensor.Layout;

/**
 * A 3x3 convolution of stride 1 and its gradients in double precision, as the definition reads; in
 * the kernels' layouts, with channels in whole multiples of 16.
 */
final class DoubleConvolution {
  private final ConvolutionGeometry g;
  private final int images;
  private final float[] input;
  private final float[] outputGradient;
  private final float[] weights;
  private final int side;
  private final int inputs;
  private final int outputs;

  DoubleConvolution(
      ConvolutionGeometry geometry,
      int images,
      float[] input,
      float[] outputGradient,
      float[] weights) {
    g = geometry;
    this.images = images;
    this.input = input;
    this.outputGradient = outputGradient;
    this.weights = weights;
    side = g.input().height();
    inputs = g.input().channels();
    outputs = g.outChannels();
  }

  /** What is done with a pixel of the input, one of the output, and the tap between them. */
  @FunctionalInterface
  private interface Step {
    void at(int inputPixel, int outputPixel, int tap);
  }

  private void everyTap(Step step) {
    for (int p = 0; p < images * side * side; p++) {
      for (int tap = 0; tap < 9; tap++) {
        int y = p / side % side + tap / 3 - 1;
        int x = p % side + tap % 3 - 1;
        if (y >= 0 && y < side && x >= 0 && x < side) {
          step.at(p / side / side * side * side + y * side + x, p, tap);
        }
      }
    }
  }

  double[] output() {
    double[] sums = new double[images * side * side * outputs];
    everyTap(
        (from, to, tap) -> {
          for (int c = 0; c < inputs; c++) {
            double value = input[from * inputs + c];
            for (int o = 0; o < outputs; o += Layout.LANES) {
              int w = g.filterIndex(tap * inputs + c, o);
              for (int i = 0; i < Layout.LANES; i++) {
                sums[to * outputs + o + i] += value * weights[w + i];
              }
            }
          }
        });
    return sums;
  }

  double[] inputGradient() {
    double[] sums = new double[images * side * side * inputs];
    everyTap(
        (to, from, tap) -> {
          for (int c = 0; c < inputs; c++) {
            double sum = 0;
            for (int o = 0; o < outputs; o += Layout.LANES) {
              int w = g.filterIndex(tap * inputs + c, o);
              for (int i = 0; i < Layout.LANES; i++) {
                sum += (double) outputGradient[from * outputs + o + i] * weights[w + i];
              }
            }
            sums[to * inputs + c] += sum;
          }
        });
    return sums;
  }

  double[] weightGradient() {
    double[] sums = new double[g.filterLength()];
    everyTap(
        (from, to, tap) -> {
          for (int c = 0; c < inputs; c++) {
            double value = input[from * inputs + c];
            for (int o = 0; o < outputs; o += Layout.LANES) {
              int w = g.filterIndex(tap * inputs + c, o);
              for (int i = 0; i < Layout.LANES; i++) {
                sums[w + i] += value * outputGradient[to * outputs + o + i];
              }
            }
          }
        });
    return sums;
  }
}
