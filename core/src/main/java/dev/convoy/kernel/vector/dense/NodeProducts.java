package dev.convoy.kernel.vector.dense;

import static dev.convoy.kernel.vector.dense.Interleaving.SLOTS;

import dev.convoy.kernel.vector.lanes.Lanes;
import jdk.incubator.vector.FloatVector;

/**
 * Sums over images of products of an element of the input and two vectors of the output's gradient,
 * for one, two, four or eight virtual nodes, whose sums are added in the tree while they are in
 * registers: 16 sums in each case, of 8 / nodes rows.
 *
 * <p>The input lies as (image of a node, row, node), the gradient as (image of a node, node, two
 * vectors). Row r of the result is written to {@code to + r * stride}, its second vector {@code
 * second} further.
 */
final class NodeProducts {
  private static final int PAIR = 2 * Lanes.COUNT;

  private NodeProducts() {}

  /** For {@code nodes} nodes of {@code images} images each. */
  static void multiply(
      int nodes,
      int images,
      float[] packed,
      int input,
      int gradient,
      float[] result,
      int to,
      int stride,
      int second) {
    switch (nodes) {
      case 1 -> one(images, packed, input, gradient, result, to, stride, second);
      case 2 -> two(images, packed, input, gradient, result, to, stride, second);
      case 4 -> four(images, packed, input, gradient, result, to, stride, second);
      default -> eight(images, packed, input, gradient, result, to, second);
    }
  }

  private static void one(
      int images,
      float[] packed,
      int input,
      int gradient,
      float[] result,
      int to,
      int stride,
      int second) {
    FloatVector a0 = FloatVector.zero(Lanes.SPECIES);
    FloatVector b0 = FloatVector.zero(Lanes.SPECIES);
    FloatVector a1 = FloatVector.zero(Lanes.SPECIES);
    FloatVector b1 = FloatVector.zero(Lanes.SPECIES);
    FloatVector a2 = FloatVector.zero(Lanes.SPECIES);
    FloatVector b2 = FloatVector.zero(Lanes.SPECIES);
    FloatVector a3 = FloatVector.zero(Lanes.SPECIES);
    FloatVector b3 = FloatVector.zero(Lanes.SPECIES);
    FloatVector a4 = FloatVector.zero(Lanes.SPECIES);
    FloatVector b4 = FloatVector.zero(Lanes.SPECIES);
    FloatVector a5 = FloatVector.zero(Lanes.SPECIES);
    FloatVector b5 = FloatVector.zero(Lanes.SPECIES);
    FloatVector a6 = FloatVector.zero(Lanes.SPECIES);
    FloatVector b6 = FloatVector.zero(Lanes.SPECIES);
    FloatVector a7 = FloatVector.zero(Lanes.SPECIES);
    FloatVector b7 = FloatVector.zero(Lanes.SPECIES);
    for (int k = 0; k < images; k++) {
      int i = input + k * SLOTS;
      int g = gradient + k * PAIR;
      FloatVector g0 = FloatVector.fromArray(Lanes.SPECIES, packed, g);
      FloatVector h0 = FloatVector.fromArray(Lanes.SPECIES, packed, g + Lanes.COUNT);
      FloatVector x0 = FloatVector.broadcast(Lanes.SPECIES, packed[i]);
      a0 = x0.fma(g0, a0);
      b0 = x0.fma(h0, b0);
      FloatVector x1 = FloatVector.broadcast(Lanes.SPECIES, packed[i + 1]);
      a1 = x1.fma(g0, a1);
      b1 = x1.fma(h0, b1);
      FloatVector x2 = FloatVector.broadcast(Lanes.SPECIES, packed[i + 2]);
      a2 = x2.fma(g0, a2);
      b2 = x2.fma(h0, b2);
      FloatVector x3 = FloatVector.broadcast(Lanes.SPECIES, packed[i + 3]);
      a3 = x3.fma(g0, a3);
      b3 = x3.fma(h0, b3);
      FloatVector x4 = FloatVector.broadcast(Lanes.SPECIES, packed[i + 4]);
      a4 = x4.fma(g0, a4);
      b4 = x4.fma(h0, b4);
      FloatVector x5 = FloatVector.broadcast(Lanes.SPECIES, packed[i + 5]);
      a5 = x5.fma(g0, a5);
      b5 = x5.fma(h0, b5);
      FloatVector x6 = FloatVector.broadcast(Lanes.SPECIES, packed[i + 6]);
      a6 = x6.fma(g0, a6);
      b6 = x6.fma(h0, b6);
      FloatVector x7 = FloatVector.broadcast(Lanes.SPECIES, packed[i + 7]);
      a7 = x7.fma(g0, a7);
      b7 = x7.fma(h0, b7);
    }
    a0.intoArray(result, to);
    b0.intoArray(result, to + second);
    a1.intoArray(result, to + stride);
    b1.intoArray(result, to + stride + second);
    a2.intoArray(result, to + 2 * stride);
    b2.intoArray(result, to + 2 * stride + second);
    a3.intoArray(result, to + 3 * stride);
    b3.intoArray(result, to + 3 * stride + second);
    a4.intoArray(result, to + 4 * stride);
    b4.intoArray(result, to + 4 * stride + second);
    a5.intoArray(result, to + 5 * stride);
    b5.intoArray(result, to + 5 * stride + second);
    a6.intoArray(result, to + 6 * stride);
    b6.intoArray(result, to + 6 * stride + second);
    a7.intoArray(result, to + 7 * stride);
    b7.intoArray(result, to + 7 * stride + second);
  }

  private static void two(
      int images,
      float[] packed,
      int input,
      int gradient,
      float[] result,
      int to,
      int stride,
      int second) {
    FloatVector a0 = FloatVector.zero(Lanes.SPECIES);
    FloatVector b0 = FloatVector.zero(Lanes.SPECIES);
    FloatVector a1 = FloatVector.zero(Lanes.SPECIES);
    FloatVector b1 = FloatVector.zero(Lanes.SPECIES);
    FloatVector a2 = FloatVector.zero(Lanes.SPECIES);
    FloatVector b2 = FloatVector.zero(Lanes.SPECIES);
    FloatVector a3 = FloatVector.zero(Lanes.SPECIES);
    FloatVector b3 = FloatVector.zero(Lanes.SPECIES);
    FloatVector a4 = FloatVector.zero(Lanes.SPECIES);
    FloatVector b4 = FloatVector.zero(Lanes.SPECIES);
    FloatVector a5 = FloatVector.zero(Lanes.SPECIES);
    FloatVector b5 = FloatVector.zero(Lanes.SPECIES);
    FloatVector a6 = FloatVector.zero(Lanes.SPECIES);
    FloatVector b6 = FloatVector.zero(Lanes.SPECIES);
    FloatVector a7 = FloatVector.zero(Lanes.SPECIES);
    FloatVector b7 = FloatVector.zero(Lanes.SPECIES);
    for (int k = 0; k < images; k++) {
      int i = input + k * SLOTS;
      int g = gradient + k * 2 * PAIR;
      FloatVector g0 = FloatVector.fromArray(Lanes.SPECIES, packed, g);
      FloatVector h0 = FloatVector.fromArray(Lanes.SPECIES, packed, g + Lanes.COUNT);
      FloatVector x0 = FloatVector.broadcast(Lanes.SPECIES, packed[i]);
      a0 = x0.fma(g0, a0);
      b0 = x0.fma(h0, b0);
      FloatVector x2 = FloatVector.broadcast(Lanes.SPECIES, packed[i + 2]);
      a2 = x2.fma(g0, a2);
      b2 = x2.fma(h0, b2);
      FloatVector x4 = FloatVector.broadcast(Lanes.SPECIES, packed[i + 4]);
      a4 = x4.fma(g0, a4);
      b4 = x4.fma(h0, b4);
      FloatVector x6 = FloatVector.broadcast(Lanes.SPECIES, packed[i + 6]);
      a6 = x6.fma(g0, a6);
      b6 = x6.fma(h0, b6);
      FloatVector g1 = FloatVector.fromArray(Lanes.SPECIES, packed, g + PAIR);
      FloatVector h1 = FloatVector.fromArray(Lanes.SPECIES, packed, g + PAIR + Lanes.COUNT);
      FloatVector x1 = FloatVector.broadcast(Lanes.SPECIES, packed[i + 1]);
      a1 = x1.fma(g1, a1);
      b1 = x1.fma(h1, b1);
      FloatVector x3 = FloatVector.broadcast(Lanes.SPECIES, packed[i + 3]);
      a3 = x3.fma(g1, a3);
      b3 = x3.fma(h1, b3);
      FloatVector x5 = FloatVector.broadcast(Lanes.SPECIES, packed[i + 5]);
      a5 = x5.fma(g1, a5);
      b5 = x5.fma(h1, b5);
      FloatVector x7 = FloatVector.broadcast(Lanes.SPECIES, packed[i + 7]);
      a7 = x7.fma(g1, a7);
      b7 = x7.fma(h1, b7);
    }
    a0.add(a1).intoArray(result, to);
    b0.add(b1).intoArray(result, to + second);
    a2.add(a3).intoArray(result, to + stride);
    b2.add(b3).intoArray(result, to + stride + second);
    a4.add(a5).intoArray(result, to + 2 * stride);
    b4.add(b5).intoArray(result, to + 2 * stride + second);
    a6.add(a7).intoArray(result, to + 3 * stride);
    b6.add(b7).intoArray(result, to + 3 * stride + second);
  }

  private static void four(
      int images,
      float[] packed,
      int input,
      int gradient,
      float[] result,
      int to,
      int stride,
      int second) {
    FloatVector a0 = FloatVector.zero(Lanes.SPECIES);
    FloatVector b0 = FloatVector.zero(Lanes.SPECIES);
    FloatVector a1 = FloatVector.zero(Lanes.SPECIES);
    FloatVector b1 = FloatVector.zero(Lanes.SPECIES);
    FloatVector a2 = FloatVector.zero(Lanes.SPECIES);
    FloatVector b2 = FloatVector.zero(Lanes.SPECIES);
    FloatVector a3 = FloatVector.zero(Lanes.SPECIES);
    FloatVector b3 = FloatVector.zero(Lanes.SPECIES);
    FloatVector a4 = FloatVector.zero(Lanes.SPECIES);
    FloatVector b4 = FloatVector.zero(Lanes.SPECIES);
    FloatVector a5 = FloatVector.zero(Lanes.SPECIES);
    FloatVector b5 = FloatVector.zero(Lanes.SPECIES);
    FloatVector a6 = FloatVector.zero(Lanes.SPECIES);
    FloatVector b6 = FloatVector.zero(Lanes.SPECIES);
    FloatVector a7 = FloatVector.zero(Lanes.SPECIES);
    FloatVector b7 = FloatVector.zero(Lanes.SPECIES);
    for (int k = 0; k < images; k++) {
      int i = input + k * SLOTS;
      int g = gradient + k * 4 * PAIR;
      FloatVector g0 = FloatVector.fromArray(Lanes.SPECIES, packed, g);
      FloatVector h0 = FloatVector.fromArray(Lanes.SPECIES, packed, g + Lanes.COUNT);
      FloatVector x0 = FloatVector.broadcast(Lanes.SPECIES, packed[i]);
      a0 = x0.fma(g0, a0);
      b0 = x0.fma(h0, b0);
      FloatVector x4 = FloatVector.broadcast(Lanes.SPECIES, packed[i + 4]);
      a4 = x4.fma(g0, a4);
      b4 = x4.fma(h0, b4);
      FloatVector g1 = FloatVector.fromArray(Lanes.SPECIES, packed, g + PAIR);
      FloatVector h1 = FloatVector.fromArray(Lanes.SPECIES, packed, g + PAIR + Lanes.COUNT);
      FloatVector x1 = FloatVector.broadcast(Lanes.SPECIES, packed[i + 1]);
      a1 = x1.fma(g1, a1);
      b1 = x1.fma(h1, b1);
      FloatVector x5 = FloatVector.broadcast(Lanes.SPECIES, packed[i + 5]);
      a5 = x5.fma(g1, a5);
      b5 = x5.fma(h1, b5);
      FloatVector g2 = FloatVector.fromArray(Lanes.SPECIES, packed, g + 2 * PAIR);
      FloatVector h2 = FloatVector.fromArray(Lanes.SPECIES, packed, g + 2 * PAIR + Lanes.COUNT);
      FloatVector x2 = FloatVector.broadcast(Lanes.SPECIES, packed[i + 2]);
      a2 = x2.fma(g2, a2);
      b2 = x2.fma(h2, b2);
      FloatVector x6 = FloatVector.broadcast(Lanes.SPECIES, packed[i + 6]);
      a6 = x6.fma(g2, a6);
      b6 = x6.fma(h2, b6);
      FloatVector g3 = FloatVector.fromArray(Lanes.SPECIES, packed, g + 3 * PAIR);
      FloatVector h3 = FloatVector.fromArray(Lanes.SPECIES, packed, g + 3 * PAIR + Lanes.COUNT);
      FloatVector x3 = FloatVector.broadcast(Lanes.SPECIES, packed[i + 3]);
      a3 = x3.fma(g3, a3);
      b3 = x3.fma(h3, b3);
      FloatVector x7 = FloatVector.broadcast(Lanes.SPECIES, packed[i + 7]);
      a7 = x7.fma(g3, a7);
      b7 = x7.fma(h3, b7);
    }
    a0.add(a1).add(a2.add(a3)).intoArray(result, to);
    b0.add(b1).add(b2.add(b3)).intoArray(result, to + second);
    a4.add(a5).add(a6.add(a7)).intoArray(result, to + stride);
    b4.add(b5).add(b6.add(b7)).intoArray(result, to + stride + second);
  }

  private static void eight(
      int images, float[] packed, int input, int gradient, float[] result, int to, int second) {
    FloatVector a0 = FloatVector.zero(Lanes.SPECIES);
    FloatVector b0 = FloatVector.zero(Lanes.SPECIES);
    FloatVector a1 = FloatVector.zero(Lanes.SPECIES);
    FloatVector b1 = FloatVector.zero(Lanes.SPECIES);
    FloatVector a2 = FloatVector.zero(Lanes.SPECIES);
    FloatVector b2 = FloatVector.zero(Lanes.SPECIES);
    FloatVector a3 = FloatVector.zero(Lanes.SPECIES);
    FloatVector b3 = FloatVector.zero(Lanes.SPECIES);
    FloatVector a4 = FloatVector.zero(Lanes.SPECIES);
    FloatVector b4 = FloatVector.zero(Lanes.SPECIES);
    FloatVector a5 = FloatVector.zero(Lanes.SPECIES);
    FloatVector b5 = FloatVector.zero(Lanes.SPECIES);
    FloatVector a6 = FloatVector.zero(Lanes.SPECIES);
    FloatVector b6 = FloatVector.zero(Lanes.SPECIES);
    FloatVector a7 = FloatVector.zero(Lanes.SPECIES);
    FloatVector b7 = FloatVector.zero(Lanes.SPECIES);
    for (int k = 0; k < images; k++) {
      int i = input + k * SLOTS;
      int g = gradient + k * 8 * PAIR;
      FloatVector g0 = FloatVector.fromArray(Lanes.SPECIES, packed, g);
      FloatVector h0 = FloatVector.fromArray(Lanes.SPECIES, packed, g + Lanes.COUNT);
      FloatVector x0 = FloatVector.broadcast(Lanes.SPECIES, packed[i]);
      a0 = x0.fma(g0, a0);
      b0 = x0.fma(h0, b0);
      FloatVector g1 = FloatVector.fromArray(Lanes.SPECIES, packed, g + PAIR);
      FloatVector h1 = FloatVector.fromArray(Lanes.SPECIES, packed, g + PAIR + Lanes.COUNT);
      FloatVector x1 = FloatVector.broadcast(Lanes.SPECIES, packed[i + 1]);
      a1 = x1.fma(g1, a1);
      b1 = x1.fma(h1, b1);
      FloatVector g2 = FloatVector.fromArray(Lanes.SPECIES, packed, g + 2 * PAIR);
      FloatVector h2 = FloatVector.fromArray(Lanes.SPECIES, packed, g + 2 * PAIR + Lanes.COUNT);
      FloatVector x2 = FloatVector.broadcast(Lanes.SPECIES, packed[i + 2]);
      a2 = x2.fma(g2, a2);
      b2 = x2.fma(h2, b2);
      FloatVector g3 = FloatVector.fromArray(Lanes.SPECIES, packed, g + 3 * PAIR);
      FloatVector h3 = FloatVector.fromArray(Lanes.SPECIES, packed, g + 3 * PAIR + Lanes.COUNT);
      FloatVector x3 = FloatVector.broadcast(Lanes.SPECIES, packed[i + 3]);
      a3 = x3.fma(g3, a3);
      b3 = x3.fma(h3, b3);
      FloatVector g4 = FloatVector.fromArray(Lanes.SPECIES, packed, g + 4 * PAIR);
      FloatVector h4 = FloatVector.fromArray(Lanes.SPECIES, packed, g + 4 * PAIR + Lanes.COUNT);
      FloatVector x4 = FloatVector.broadcast(Lanes.SPECIES, packed[i + 4]);
      a4 = x4.fma(g4, a4);
      b4 = x4.fma(h4, b4);
      FloatVector g5 = FloatVector.fromArray(Lanes.SPECIES, packed, g + 5 * PAIR);
      FloatVector h5 = FloatVector.fromArray(Lanes.SPECIES, packed, g + 5 * PAIR + Lanes.COUNT);
      FloatVector x5 = FloatVector.broadcast(Lanes.SPECIES, packed[i + 5]);
      a5 = x5.fma(g5, a5);
      b5 = x5.fma(h5, b5);
      FloatVector g6 = FloatVector.fromArray(Lanes.SPECIES, packed, g + 6 * PAIR);
      FloatVector h6 = FloatVector.fromArray(Lanes.SPECIES, packed, g + 6 * PAIR + Lanes.COUNT);
      FloatVector x6 = FloatVector.broadcast(Lanes.SPECIES, packed[i + 6]);
      a6 = x6.fma(g6, a6);
      b6 = x6.fma(h6, b6);
      FloatVector g7 = FloatVector.fromArray(Lanes.SPECIES, packed, g + 7 * PAIR);
      FloatVector h7 = FloatVector.fromArray(Lanes.SPECIES, packed, g + 7 * PAIR + Lanes.COUNT);
      FloatVector x7 = FloatVector.broadcast(Lanes.SPECIES, packed[i + 7]);
      a7 = x7.fma(g7, a7);
      b7 = x7.fma(h7, b7);
    }
    a0.add(a1).add(a2.add(a3)).add(a4.add(a5).add(a6.add(a7))).intoArray(result, to);
    b0.add(b1).add(b2.add(b3)).add(b4.add(b5).add(b6.add(b7))).intoArray(result, to + second);
  }
}
