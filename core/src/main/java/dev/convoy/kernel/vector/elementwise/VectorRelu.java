package dev.convoy.kernel.vector.elementwise;

import dev.convoy.kernel.ActivationKernel;
import dev.convoy.kernel.vector.lanes.Lanes;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/** ReLU, max(x, 0), in place; lengths are multiples of 16. */
public final class VectorRelu implements ActivationKernel {
  @Override
  public void forward(float[] values, int from, int to) {
    for (int i = from; i < to; i += Lanes.COUNT) {
      FloatVector.fromArray(Lanes.SPECIES, values, i).max(0f).intoArray(values, i);
    }
  }

  @Override
  public void backward(float[] results, int from, float[] gradient, int at, int length) {
    FloatVector zero = FloatVector.zero(Lanes.SPECIES);
    for (int i = 0; i < length; i += Lanes.COUNT) {
      FloatVector result = FloatVector.fromArray(Lanes.SPECIES, results, from + i);
      FloatVector value = FloatVector.fromArray(Lanes.SPECIES, gradient, at + i);
      zero.blend(value, result.compare(VectorOperators.GT, 0f)).intoArray(gradient, at + i);
    }
  }
}
