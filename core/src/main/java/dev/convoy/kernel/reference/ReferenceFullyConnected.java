package dev.convoy.kernel.reference;

import dev.convoy.concurrent.Worker;
import dev.convoy.kernel.BiasGradientKernel;
import dev.convoy.kernel.FullyConnectedKernel;
import dev.convoy.kernel.VirtualNodeTree;
import dev.convoy.tensor.Layout;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.Tensor;

/** {@link FullyConnectedKernel} by its definition; worker 0 does all the work. */
final class ReferenceFullyConnected implements FullyConnectedKernel {
  private final int inFeatures;
  private final int outFeatures;
  private final BiasGradientKernel biasGradient;

  /** Makes the products of a matrix; only {@code inFeatures} is padded already. */
  ReferenceFullyConnected(int inFeatures, int outFeatures) {
    this.inFeatures = inFeatures;
    this.outFeatures = Layout.padded(outFeatures);
    biasGradient = new ReferenceBiasGradient(Shape.vector(outFeatures));
  }

  @Override
  public void forward(
      Worker worker,
      int images,
      Tensor input,
      float[] weights,
      int matrix,
      int bias,
      Tensor output) {
    if (!worker.first()) {
      return;
    }
    for (int n = 0; n < images; n++) {
      for (int o = 0; o < outFeatures; o++) {
        float sum = weights[bias + o];
        for (int i = 0; i < inFeatures; i++) {
          sum =
              Math.fma(
                  input.data()[input.image(n) + i], weights[matrix + i * outFeatures + o], sum);
        }
        output.data()[output.image(n) + o] = sum;
      }
    }
  }

  @Override
  public void inputGradient(
      Worker worker,
      int images,
      Tensor outputGradient,
      float[] weights,
      int matrix,
      boolean add,
      Tensor inputGradient) {
    if (!worker.first()) {
      return;
    }
    float[] lanes = new float[Layout.LANES];
    for (int n = 0; n < images; n++) {
      for (int i = 0; i < inFeatures; i++) {
        for (int lane = 0; lane < Layout.LANES; lane++) {
          float sum = 0f;
          for (int o = lane; o < outFeatures; o += Layout.LANES) {
            float gradient = outputGradient.data()[outputGradient.image(n) + o];
            sum = Math.fma(gradient, weights[matrix + i * outFeatures + o], sum);
          }
          lanes[lane] = sum;
        }
        int to = inputGradient.image(n) + i;
        float sum = overLanes(lanes, 0, Layout.LANES);
        inputGradient.data()[to] = add ? inputGradient.data()[to] + sum : sum;
      }
    }
  }

  private static float overLanes(float[] lanes, int first, int count) {
    int half = count / 2;
    return count == 1
        ? lanes[first]
        : overLanes(lanes, first, half) + overLanes(lanes, first + half, half);
  }

  @Override
  public void weightGradient(
      Worker worker,
      VirtualNodeTree tree,
      Tensor input,
      Tensor outputGradient,
      int firstRow,
      int endRow,
      float[] gradients,
      int matrix,
      int bias) {
    if (bias >= 0) {
      biasGradient.of(worker, tree, outputGradient, gradients, bias);
    }
    if (!worker.first()) {
      return;
    }
    for (int i = firstRow; i < endRow; i++) {
      for (int o = 0; o < outFeatures; o++) {
        int to = matrix + (i - firstRow) * outFeatures + o;
        gradients[to] = gradient(tree, input, i, outputGradient, o);
      }
    }
  }

  private static float gradient(
      VirtualNodeTree tree, Tensor input, int i, Tensor outputGradient, int o) {
    return VirtualNodeSum.over(
        tree,
        (firstImage, endImage) -> {
          float sum = 0f;
          for (int n = firstImage; n < endImage; n++) {
            float gradient = outputGradient.data()[outputGradient.image(n) + o];
            sum = Math.fma(input.data()[input.image(n) + i], gradient, sum);
          }
          return sum;
        });
  }
}
