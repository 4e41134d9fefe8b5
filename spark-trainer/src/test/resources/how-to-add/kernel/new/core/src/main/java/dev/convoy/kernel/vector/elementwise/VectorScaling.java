package dev.convoy.kernel.vector.elementwise;

import dev.convoy.kernel.ScalingKernel;
import dev.convoy.kernel.vector.lanes.Lanes;
import jdk.incubator.vector.FloatVector;

/** {@link ScalingKernel}, a vector at a time. */
public final class VectorScaling implements ScalingKernel {
  @Override
  public void scale(float[] values, int from, int to, float factor) {
    for (int i = from; i < to; i += Lanes.COUNT) {
      FloatVector.fromArray(Lanes.SPECIES, values, i).mul(factor).intoArray(values, i);
    }
  }
}
