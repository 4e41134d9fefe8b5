package dev.convoy.kernel.vector;

import dev.convoy.kernel.Activation;
import dev.convoy.kernel.FloatMath;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/**
 * A tanh(S x) in place, by the operations of {@link FloatMath#tanh}: both branches are computed and
 * one is taken. The conversion to an integer in exp is the lower half of the rounder's sum, so no
 * vector changes its type. Lengths are multiples of 16.
 */
final class VectorScaledTanh implements Activation {
  private static final float AMPLITUDE = 1.7159f;
  private static final float SLOPE = 2f / 3f;
  private static final int SIGN = 0x80000000;

  @Override
  public void forward(float[] values, int from, int to) {
    for (int i = from; i < to; i += Lanes.COUNT) {
      FloatVector x = FloatVector.fromArray(Lanes.SPECIES, values, i).mul(SLOPE);
      FloatVector size = x.abs();
      FloatVector doubled = size.add(size).min(FloatMath.EXP_LARGEST);

      FloatVector rounded =
          doubled.fma(
              FloatVector.broadcast(Lanes.SPECIES, FloatMath.LOG2_E),
              FloatVector.broadcast(Lanes.SPECIES, FloatMath.ROUNDER));
      FloatVector n = rounded.sub(FloatMath.ROUNDER);
      FloatVector r = n.fma(FloatVector.broadcast(Lanes.SPECIES, -FloatMath.LN2_HIGH), doubled);
      r = n.fma(FloatVector.broadcast(Lanes.SPECIES, -FloatMath.LN2_LOW), r);
      FloatVector p = FloatVector.broadcast(Lanes.SPECIES, 0.00019875691f);
      p = p.fma(r, FloatVector.broadcast(Lanes.SPECIES, 0.0013981999f));
      p = p.fma(r, FloatVector.broadcast(Lanes.SPECIES, 0.008333452f));
      p = p.fma(r, FloatVector.broadcast(Lanes.SPECIES, 0.041665796f));
      p = p.fma(r, FloatVector.broadcast(Lanes.SPECIES, 0.16666666f));
      p = p.fma(r, FloatVector.broadcast(Lanes.SPECIES, 0.5f));
      IntVector power =
          rounded.reinterpretAsInts().lanewise(VectorOperators.LSHL, 23).add(0x3f800000);
      FloatVector e = p.fma(r.mul(r), r).add(1f).mul(power.reinterpretAsFloats());
      FloatVector large =
          FloatVector.broadcast(Lanes.SPECIES, 1f)
              .sub(FloatVector.broadcast(Lanes.SPECIES, 2f).div(e.add(1f)));
      large = large.blend(1f, size.compare(VectorOperators.GT, FloatMath.TANH_SATURATED));

      FloatVector z = x.mul(x);
      FloatVector q = FloatVector.broadcast(Lanes.SPECIES, -0.0057049887f);
      q = q.fma(z, FloatVector.broadcast(Lanes.SPECIES, 0.020639088f));
      q = q.fma(z, FloatVector.broadcast(Lanes.SPECIES, -0.053739715f));
      q = q.fma(z, FloatVector.broadcast(Lanes.SPECIES, 0.13331442f));
      q = q.fma(z, FloatVector.broadcast(Lanes.SPECIES, -0.3333328f));
      FloatVector small = q.mul(z).fma(x, x).abs();

      FloatVector result =
          large.blend(small, size.compare(VectorOperators.LT, FloatMath.TANH_POLYNOMIAL_LIMIT));
      IntVector sign = x.reinterpretAsInts().and(SIGN);
      result = result.reinterpretAsInts().or(sign).reinterpretAsFloats();
      result = result.blend(x, x.compare(VectorOperators.NE, x));
      result.mul(AMPLITUDE).intoArray(values, i);
    }
  }

  /** The derivative is A S (1 - (y/A)^2) = A S - (S/A) y^2. */
  @Override
  public void backward(float[] results, int from, float[] gradient, int at, int length) {
    FloatVector ofSquare = FloatVector.broadcast(Lanes.SPECIES, -SLOPE / AMPLITUDE);
    FloatVector atZero = FloatVector.broadcast(Lanes.SPECIES, AMPLITUDE * SLOPE);
    for (int i = 0; i < length; i += Lanes.COUNT) {
      FloatVector y = FloatVector.fromArray(Lanes.SPECIES, results, from + i);
      FloatVector.fromArray(Lanes.SPECIES, gradient, at + i)
          .mul(y.mul(y).fma(ofSquare, atZero))
          .intoArray(gradient, at + i);
    }
  }
}
