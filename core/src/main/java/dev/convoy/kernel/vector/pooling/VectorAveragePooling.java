package dev.convoy.kernel.vector.pooling;

import dev.convoy.concurrent.Worker;
import dev.convoy.kernel.AveragePoolingKernel;
import dev.convoy.kernel.PoolingGeometry;
import dev.convoy.kernel.vector.lanes.Lanes;
import dev.convoy.tensor.Layout;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.Tensor;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/** Average pooling over vectors of channels; workers share the pixels of the output. */
public final class VectorAveragePooling implements AveragePoolingKernel {
  private final Shape out;
  private final int channels;
  private final float reciprocal;
  private final AveragePoolForward sum;
  private final AveragePoolBackward shares;
  private final float[] ones;

  public VectorAveragePooling(PoolingGeometry geometry) {
    out = geometry.output();
    channels = Layout.padded(out.channels());
    reciprocal = 1f / geometry.windowSize();
    sum = new AveragePoolForward(geometry, channels);
    shares = new AveragePoolBackward(geometry, channels);
    ones = new float[channels];
    Arrays.fill(ones, 1f);
  }

  @Override
  public void forward(Worker worker, int images, Tensor input, Tensor output) {
    int pixels = images * out.pixels();
    for (int p = worker.from(pixels); p < worker.to(pixels); p++) {
      sum.of(input, p, output.data(), output.pixel(p));
      scale(output.data(), output.pixel(p));
    }
  }

  private void scale(float[] values, int from) {
    for (int i = from; i < from + channels; i += Lanes.COUNT) {
      FloatVector.fromArray(Lanes.SPECIES, values, i).mul(reciprocal).intoArray(values, i);
    }
  }

  @Override
  public void backward(
      Worker worker, int images, Tensor outputGradient, boolean add, Tensor inputGradient) {
    shares.give(worker, images, outputGradient, ones, 0, add, inputGradient);
  }
}
