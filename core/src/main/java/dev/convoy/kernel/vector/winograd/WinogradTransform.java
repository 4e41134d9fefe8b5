package dev.convoy.kernel.vector.winograd;

import static dev.convoy.kernel.Winograd.FIFTEENTH;
import static dev.convoy.kernel.Winograd.THIRD;
import static dev.convoy.kernel.vector.lanes.Lanes.all;
import static dev.convoy.kernel.vector.lanes.Lanes.load;

import dev.convoy.kernel.vector.lanes.Lanes;
import jdk.incubator.vector.FloatVector;

/**
 * One-dimensional transforms of {@link dev.convoy.kernel.Winograd}, of {@code outer} times {@code
 * inner} lines. Value k of line (i,j) is the vector at {@code at + i * outerStep + j * innerStep +
 * k * step}, and its results lie likewise. Memory is read and written once; all else is in
 * registers. One short method each, which {@link dev.convoy.kernel.RecommendedJvmOptions} keeps
 * from being compiled into others: within long ones vectors are sometimes boxed.
 */
final class WinogradTransform {
  private static final float P1 = FIFTEENTH;
  private static final float P4 = 4 * FIFTEENTH;
  private static final float M2 = -2 * FIFTEENTH;
  private static final float M4 = -4 * FIFTEENTH;
  private static final float M8 = -8 * FIFTEENTH;
  private static final float M16 = -16 * FIFTEENTH;

  private WinogradTransform() {}

  /** 6 to 6. */
  static void input(
      int outer,
      int inner,
      float[] from,
      int at,
      int step,
      int outerStep,
      int innerStep,
      float[] to,
      int toAt,
      int toStep,
      int toOuterStep,
      int toInnerStep) {
    for (int i = 0; i < outer; i++) {
      int a = at + i * outerStep;
      int b = toAt + i * toOuterStep;
      for (int j = 0; j < inner; j++) {
        FloatVector d0 = load(from, a);
        FloatVector d1 = load(from, a + step);
        FloatVector d2 = load(from, a + 2 * step);
        FloatVector d3 = load(from, a + 3 * step);
        FloatVector d4 = load(from, a + 4 * step);
        FloatVector d5 = load(from, a + 5 * step);
        FloatVector e = d4.sub(d2);
        FloatVector f = d3.sub(d1);
        all(-2f).fma(d2, all(1.5f).fma(f, d0.add(d4))).intoArray(to, b);
        all(2.5f).fma(d3, all(0.5f).fma(d2, d4.sub(d1))).intoArray(to, b + toStep);
        all(0.5f).fma(d3, all(-2.5f).fma(d2, d4.add(d1))).intoArray(to, b + 2 * toStep);
        all(2f).fma(f, e).intoArray(to, b + 3 * toStep);
        all(-0.5f).fma(f, e).intoArray(to, b + 4 * toStep);
        all(-2f).fma(d3, all(1.5f).fma(e, d1.add(d5))).intoArray(to, b + 5 * toStep);
        a += innerStep;
        b += toInnerStep;
      }
    }
  }

  /** 3 to 6. */
  static void filter(
      int outer,
      int inner,
      float[] from,
      int at,
      int step,
      int outerStep,
      int innerStep,
      float[] to,
      int toAt,
      int toStep,
      int toOuterStep,
      int toInnerStep) {
    for (int i = 0; i < outer; i++) {
      int a = at + i * outerStep;
      int b = toAt + i * toOuterStep;
      for (int j = 0; j < inner; j++) {
        FloatVector g0 = load(from, a);
        FloatVector g1 = load(from, a + step);
        FloatVector g2 = load(from, a + 2 * step);
        FloatVector s = g0.add(g2);
        g0.intoArray(to, b);
        s.add(g1).mul(all(THIRD)).intoArray(to, b + toStep);
        g1.sub(s).mul(all(THIRD)).intoArray(to, b + 2 * toStep);
        all(M4).fma(g2, all(M8).fma(g1, g0.mul(all(M16)))).intoArray(to, b + 3 * toStep);
        all(P4).fma(g2, all(M2).fma(g1, g0.mul(all(P1)))).intoArray(to, b + 4 * toStep);
        g2.intoArray(to, b + 5 * toStep);
        a += innerStep;
        b += toInnerStep;
      }
    }
  }

  /** 6 to 4. */
  static void output(
      int outer,
      int inner,
      float[] from,
      int at,
      int step,
      int outerStep,
      int innerStep,
      float[] to,
      int toAt,
      int toStep,
      int toOuterStep,
      int toInnerStep) {
    for (int i = 0; i < outer; i++) {
      int a = at + i * outerStep;
      int b = toAt + i * toOuterStep;
      for (int j = 0; j < inner; j++) {
        FloatVector m0 = load(from, a);
        FloatVector m1 = load(from, a + step);
        FloatVector m2 = load(from, a + 2 * step);
        FloatVector m3 = load(from, a + 3 * step);
        FloatVector m4 = load(from, a + 4 * step);
        FloatVector m5 = load(from, a + 5 * step);
        FloatVector s = m1.add(m2);
        FloatVector d = m1.sub(m2);
        m0.add(s).add(m3.add(m4)).intoArray(to, b);
        all(-2f).fma(m4, all(0.5f).fma(m3, d)).intoArray(to, b + toStep);
        all(4f).fma(m4, all(0.25f).fma(m3, s)).intoArray(to, b + 2 * toStep);
        all(-8f).fma(m4, all(0.125f).fma(m3, d.add(m5))).intoArray(to, b + 3 * toStep);
        a += innerStep;
        b += toInnerStep;
      }
    }
  }

  /** 6 to 4, plus a bias; vectors of a line follow each other, those of the bias too. */
  static void biasedOutput(
      int outer,
      int inner,
      float[] from,
      int at,
      int step,
      int outerStep,
      float[] bias,
      int biasAt,
      float[] to,
      int toAt,
      int toStep,
      int toOuterStep) {
    for (int i = 0; i < outer; i++) {
      int a = at + i * outerStep;
      int b = toAt + i * toOuterStep;
      for (int j = 0; j < inner; j++) {
        FloatVector last = load(bias, biasAt + j * Lanes.COUNT);
        FloatVector m0 = load(from, a);
        FloatVector m1 = load(from, a + step);
        FloatVector m2 = load(from, a + 2 * step);
        FloatVector m3 = load(from, a + 3 * step);
        FloatVector m4 = load(from, a + 4 * step);
        FloatVector m5 = load(from, a + 5 * step);
        FloatVector s = m1.add(m2);
        FloatVector d = m1.sub(m2);
        m0.add(s).add(m3.add(m4)).add(last).intoArray(to, b);
        all(-2f).fma(m4, all(0.5f).fma(m3, d)).add(last).intoArray(to, b + toStep);
        all(4f).fma(m4, all(0.25f).fma(m3, s)).add(last).intoArray(to, b + 2 * toStep);
        all(-8f).fma(m4, all(0.125f).fma(m3, d.add(m5))).add(last).intoArray(to, b + 3 * toStep);
        a += Lanes.COUNT;
        b += Lanes.COUNT;
      }
    }
  }

  /** 6 to 4, plus 0, added to what is there; vectors of a line follow each other. */
  static void addedOutput(
      int outer,
      int inner,
      float[] from,
      int at,
      int step,
      int outerStep,
      float[] to,
      int toAt,
      int toStep,
      int toOuterStep) {
    for (int i = 0; i < outer; i++) {
      int a = at + i * outerStep;
      int b = toAt + i * toOuterStep;
      for (int j = 0; j < inner; j++) {
        FloatVector last = all(0f);
        FloatVector m0 = load(from, a);
        FloatVector m1 = load(from, a + step);
        FloatVector m2 = load(from, a + 2 * step);
        FloatVector m3 = load(from, a + 3 * step);
        FloatVector m4 = load(from, a + 4 * step);
        FloatVector m5 = load(from, a + 5 * step);
        FloatVector s = m1.add(m2);
        FloatVector d = m1.sub(m2);
        FloatVector y0 = m0.add(s).add(m3.add(m4)).add(last);
        FloatVector y1 = all(-2f).fma(m4, all(0.5f).fma(m3, d)).add(last);
        FloatVector y2 = all(4f).fma(m4, all(0.25f).fma(m3, s)).add(last);
        FloatVector y3 = all(-8f).fma(m4, all(0.125f).fma(m3, d.add(m5))).add(last);
        load(to, b).add(y0).intoArray(to, b);
        load(to, b + toStep).add(y1).intoArray(to, b + toStep);
        load(to, b + 2 * toStep).add(y2).intoArray(to, b + 2 * toStep);
        load(to, b + 3 * toStep).add(y3).intoArray(to, b + 3 * toStep);
        a += Lanes.COUNT;
        b += Lanes.COUNT;
      }
    }
  }

  /** 4 to 6. */
  static void outputGradient(
      int outer,
      int inner,
      float[] from,
      int at,
      int step,
      int outerStep,
      int innerStep,
      float[] to,
      int toAt,
      int toStep,
      int toOuterStep,
      int toInnerStep) {
    for (int i = 0; i < outer; i++) {
      int a = at + i * outerStep;
      int b = toAt + i * toOuterStep;
      for (int j = 0; j < inner; j++) {
        FloatVector y0 = load(from, a);
        FloatVector y1 = load(from, a + step);
        FloatVector y2 = load(from, a + 2 * step);
        FloatVector y3 = load(from, a + 3 * step);
        FloatVector s = y0.add(y2);
        FloatVector d = y1.add(y3);
        FloatVector half = all(0.5f);
        FloatVector minusTwo = all(-2f);
        y0.intoArray(to, b);
        s.add(d).intoArray(to, b + toStep);
        s.sub(d).intoArray(to, b + 2 * toStep);
        half.fma(half.fma(half.fma(y3, y2), y1), y0).intoArray(to, b + 3 * toStep);
        minusTwo.fma(minusTwo.fma(minusTwo.fma(y3, y2), y1), y0).intoArray(to, b + 4 * toStep);
        y3.intoArray(to, b + 5 * toStep);
        a += innerStep;
        b += toInnerStep;
      }
    }
  }

  /** 6 to 3. */
  static void filterGradient(
      int outer,
      int inner,
      float[] from,
      int at,
      int step,
      int outerStep,
      int innerStep,
      float[] to,
      int toAt,
      int toStep,
      int toOuterStep,
      int toInnerStep) {
    for (int i = 0; i < outer; i++) {
      int a = at + i * outerStep;
      int b = toAt + i * toOuterStep;
      for (int j = 0; j < inner; j++) {
        FloatVector m0 = load(from, a);
        FloatVector m1 = load(from, a + step);
        FloatVector m2 = load(from, a + 2 * step);
        FloatVector m3 = load(from, a + 3 * step);
        FloatVector m4 = load(from, a + 4 * step);
        FloatVector m5 = load(from, a + 5 * step);
        FloatVector s = m1.add(m2).mul(all(THIRD));
        FloatVector d = m1.sub(m2).mul(all(THIRD));
        all(P1).fma(m4, all(M16).fma(m3, m0.add(d))).intoArray(to, b);
        all(M2).fma(m4, all(M8).fma(m3, s)).intoArray(to, b + toStep);
        all(P4).fma(m4, all(M4).fma(m3, d.add(m5))).intoArray(to, b + 2 * toStep);
        a += innerStep;
        b += toInnerStep;
      }
    }
  }
}
