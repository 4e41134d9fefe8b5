package dev.convoy.kernel.reference;

import static dev.convoy.kernel.Winograd.FIFTEENTH;
import static dev.convoy.kernel.Winograd.THIRD;

/** The transforms that {@link dev.convoy.kernel.Winograd} defines, one tile at a time. */
final class WinogradTransform {
  static final WinogradTransform INPUT = new WinogradTransform(6, 6, WinogradTransform::input);
  static final WinogradTransform FILTER = new WinogradTransform(3, 6, WinogradTransform::filter);
  static final WinogradTransform OUTPUT = new WinogradTransform(6, 4, WinogradTransform::output);
  static final WinogradTransform OUTPUT_GRADIENT =
      new WinogradTransform(4, 6, WinogradTransform::outputGradient);
  static final WinogradTransform FILTER_GRADIENT =
      new WinogradTransform(6, 3, WinogradTransform::filterGradient);

  /** A one-dimensional transform. */
  @FunctionalInterface
  private interface Line {
    void of(float[] values, float[] results);
  }

  private final int from;
  private final int to;
  private final Line line;

  private WinogradTransform(int from, int to, Line line) {
    this.from = from;
    this.to = to;
    this.line = line;
  }

  private static void input(float[] d, float[] v) {
    float e = d[4] - d[2];
    float f = d[3] - d[1];
    v[0] = Math.fma(-2f, d[2], Math.fma(1.5f, f, d[0] + d[4]));
    v[1] = Math.fma(2.5f, d[3], Math.fma(0.5f, d[2], d[4] - d[1]));
    v[2] = Math.fma(0.5f, d[3], Math.fma(-2.5f, d[2], d[4] + d[1]));
    v[3] = Math.fma(2f, f, e);
    v[4] = Math.fma(-0.5f, f, e);
    v[5] = Math.fma(-2f, d[3], Math.fma(1.5f, e, d[1] + d[5]));
  }

  private static void filter(float[] g, float[] u) {
    float s = g[0] + g[2];
    u[0] = g[0];
    u[1] = (s + g[1]) * THIRD;
    u[2] = (g[1] - s) * THIRD;
    u[3] = Math.fma(-4 * FIFTEENTH, g[2], Math.fma(-8 * FIFTEENTH, g[1], g[0] * (-16 * FIFTEENTH)));
    u[4] = Math.fma(4 * FIFTEENTH, g[2], Math.fma(-2 * FIFTEENTH, g[1], g[0] * FIFTEENTH));
    u[5] = g[2];
  }

  private static void output(float[] m, float[] y) {
    float s = m[1] + m[2];
    float d = m[1] - m[2];
    y[0] = (m[0] + s) + (m[3] + m[4]);
    y[1] = Math.fma(-2f, m[4], Math.fma(0.5f, m[3], d));
    y[2] = Math.fma(4f, m[4], Math.fma(0.25f, m[3], s));
    y[3] = Math.fma(-8f, m[4], Math.fma(0.125f, m[3], d + m[5]));
  }

  private static void outputGradient(float[] y, float[] v) {
    float s = y[0] + y[2];
    float d = y[1] + y[3];
    v[0] = y[0];
    v[1] = s + d;
    v[2] = s - d;
    v[3] = Math.fma(0.5f, Math.fma(0.5f, Math.fma(0.5f, y[3], y[2]), y[1]), y[0]);
    v[4] = Math.fma(-2f, Math.fma(-2f, Math.fma(-2f, y[3], y[2]), y[1]), y[0]);
    v[5] = y[3];
  }

  private static void filterGradient(float[] m, float[] w) {
    float s = (m[1] + m[2]) * THIRD;
    float d = (m[1] - m[2]) * THIRD;
    w[0] = Math.fma(FIFTEENTH, m[4], Math.fma(-16 * FIFTEENTH, m[3], m[0] + d));
    w[1] = Math.fma(-2 * FIFTEENTH, m[4], Math.fma(-8 * FIFTEENTH, m[3], s));
    w[2] = Math.fma(4 * FIFTEENTH, m[4], Math.fma(-4 * FIFTEENTH, m[3], d + m[5]));
  }

  /** Transforms a square, row by row in memory: its columns first, then its rows. */
  float[] square(float[] values) {
    float[] one = new float[from];
    float[] result = new float[to];
    float[] columns = new float[to * from];
    for (int x = 0; x < from; x++) {
      for (int y = 0; y < from; y++) {
        one[y] = values[y * from + x];
      }
      line.of(one, result);
      for (int y = 0; y < to; y++) {
        columns[y * from + x] = result[y];
      }
    }
    float[] square = new float[to * to];
    for (int y = 0; y < to; y++) {
      System.arraycopy(columns, y * from, one, 0, from);
      line.of(one, result);
      System.arraycopy(result, 0, square, y * to, to);
    }
    return square;
  }
}
