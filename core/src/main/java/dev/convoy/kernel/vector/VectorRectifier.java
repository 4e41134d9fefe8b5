package dev.convoy.kernel.vector;

import dev.convoy.kernel.Activation;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/** max(x, 0) in place; lengths are multiples of 16. */
final class VectorRectifier implements Activation {
  @Override
  public void forward(int length, float[] values) {
    for (int i = 0; i < length; i += Lanes.COUNT) {
      FloatVector.fromArray(Lanes.SPECIES, values, i).max(0f).intoArray(values, i);
    }
  }

  @Override
  public void backward(int length, float[] results, float[] gradient) {
    FloatVector zero = FloatVector.zero(Lanes.SPECIES);
    for (int i = 0; i < length; i += Lanes.COUNT) {
      FloatVector result = FloatVector.fromArray(Lanes.SPECIES, results, i);
      FloatVector value = FloatVector.fromArray(Lanes.SPECIES, gradient, i);
      zero.blend(value, result.compare(VectorOperators.GT, 0f)).intoArray(gradient, i);
    }
  }
}
