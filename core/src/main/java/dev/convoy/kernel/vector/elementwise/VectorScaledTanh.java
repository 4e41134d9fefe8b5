package dev.convoy.kernel.vector.elementwise;

import dev.convoy.kernel.ActivationKernel;
import dev.convoy.kernel.FloatMath;
import dev.convoy.kernel.vector.lanes.Lanes;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/**
 * A tanh(S x) in place, by the operations of {@link FloatMath#tanh}: both branches are computed and
 * one is taken. The conversion to an integer in exp is the lower half of the rounder's sum, so no
 * vector changes its type. Lengths are multiples of 16.
 */
public final class VectorScaledTanh implements ActivationKernel {
  private static final float AMPLITUDE = 1.7159f;
  private static final float SLOPE = 2f / 3f;

  // Constants, so that the JIT has less to inline.
  private static final FloatVector LOG2_E = all(FloatMath.LOG2_E);
  private static final FloatVector ROUNDER = all(FloatMath.ROUNDER);
  private static final FloatVector MINUS_LN2_HIGH = all(-FloatMath.LN2_HIGH);
  private static final FloatVector MINUS_LN2_LOW = all(-FloatMath.LN2_LOW);
  private static final FloatVector EXP_7 = all(0.00019875691f);
  private static final FloatVector EXP_6 = all(0.0013981999f);
  private static final FloatVector EXP_5 = all(0.008333452f);
  private static final FloatVector EXP_4 = all(0.041665796f);
  private static final FloatVector EXP_3 = all(0.16666666f);
  private static final FloatVector EXP_2 = all(0.5f);
  private static final FloatVector ONE = all(1f);
  private static final FloatVector TWO = all(2f);
  private static final FloatVector TANH_11 = all(-0.0057049887f);
  private static final FloatVector TANH_9 = all(0.020639088f);
  private static final FloatVector TANH_7 = all(-0.053739715f);
  private static final FloatVector TANH_5 = all(0.13331442f);
  private static final FloatVector TANH_3 = all(-0.3333328f);

  private static FloatVector all(float value) {
    return FloatVector.broadcast(Lanes.SPECIES, value);
  }

  @Override
  public void forward(float[] values, int from, int to) {
    for (int i = from; i < to; i += Lanes.COUNT) {
      FloatVector x = FloatVector.fromArray(Lanes.SPECIES, values, i).mul(SLOPE);
      FloatVector size = x.abs();
      FloatVector doubled = size.add(size).min(FloatMath.EXP_LARGEST);

      FloatVector rounded = doubled.fma(LOG2_E, ROUNDER);
      FloatVector n = rounded.sub(ROUNDER);
      FloatVector r = n.fma(MINUS_LN2_HIGH, doubled);
      r = n.fma(MINUS_LN2_LOW, r);
      FloatVector p = EXP_7;
      p = p.fma(r, EXP_6);
      p = p.fma(r, EXP_5);
      p = p.fma(r, EXP_4);
      p = p.fma(r, EXP_3);
      p = p.fma(r, EXP_2);
      IntVector power =
          rounded.reinterpretAsInts().lanewise(VectorOperators.LSHL, 23).add(0x3f800000);
      FloatVector e = p.fma(r.mul(r), r).add(ONE).mul(power.reinterpretAsFloats());
      FloatVector large = ONE.sub(TWO.div(e.add(ONE)));
      large = large.blend(1f, size.compare(VectorOperators.GT, FloatMath.TANH_SATURATED));

      FloatVector z = x.mul(x);
      FloatVector q = TANH_11;
      q = q.fma(z, TANH_9);
      q = q.fma(z, TANH_7);
      q = q.fma(z, TANH_5);
      q = q.fma(z, TANH_3);
      FloatVector small = q.mul(z).fma(x, x);

      // The sign is set without integer vectors: with more conversions the JIT sometimes boxes one.
      FloatVector result = large.blend(large.neg(), x.compare(VectorOperators.LT, 0f));
      result =
          result.blend(small, size.compare(VectorOperators.LT, FloatMath.TANH_POLYNOMIAL_LIMIT));
      result = result.blend(x, x.compare(VectorOperators.EQ, 0f));
      result = result.blend(x, x.compare(VectorOperators.NE, x));
      result.mul(AMPLITUDE).intoArray(values, i);
    }
  }

  /** Multiplies by the derivative, A S (1 - (y/A)^2) = A S - (S/A) y^2. */
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
