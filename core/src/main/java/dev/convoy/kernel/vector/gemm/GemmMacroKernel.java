package dev.convoy.kernel.vector.gemm;

import dev.convoy.kernel.vector.lanes.Lanes;
import dev.convoy.kernel.vector.lanes.WorkerState;
import dev.convoy.tensor.Layout;

/**
 * Matrix products of any size, {@code c = initial + a * b}, cut into tiles of the micro-kernels.
 * How they are cut changes no bit: each element is one chain of fused multiply-adds in the order of
 * k.
 *
 * <p>An object holds the four operands of the product that is computed next; each worker has its
 * own. The operands are named one by one, then {@link #rows} or {@link #panels} computes:
 *
 * <pre>{@code
 * product.left(packed, packedAt, blockStep).right(weights, filter, panelStep).result(out, at, stride);
 * product.initial(bias, biasAt, 0).rows(pixels, panels, terms);
 * }</pre>
 */
public final class GemmMacroKernel extends WorkerState {
  /** Whether there are 32 registers, which hold 24 sums beside the operands. */
  private static final boolean MANY_REGISTERS = Lanes.COUNT == Layout.LANES;

  private static final int TALLEST = MANY_REGISTERS ? 12 : 6;
  private static final int SMALL = MANY_REGISTERS ? 8 : 6;
  private static final int SHORTEST_WORTH = 5;

  float[] a;
  int aBlock;
  float[] b;
  float[] initial;
  int initialStep;
  float[] c;
  int cStep;

  private int aAt;
  private int bAt;
  private int bPanel;
  private int initialAt;
  private int cAt;

  /** Sets the left operand: {@link PackedRows}, whose blocks are {@code blockStep} floats apart. */
  public GemmMacroKernel left(float[] packedRows, int at, int blockStep) {
    a = packedRows;
    aAt = at;
    aBlock = blockStep;
    return this;
  }

  /** Sets the left operand: half a panel of rows, element (r,k) at {@code at + k * 16 + r}. */
  public GemmMacroKernel left(float[] panel, int at) {
    return left(panel, at, 0);
  }

  /**
   * Sets the right operand: panels of 16 columns, element (k,j) at {@code at + j/16 * panelStep + k
   * * 16 + j%16}.
   */
  public GemmMacroKernel right(float[] panels, int at, int panelStep) {
    b = panels;
    bAt = at;
    bPanel = panelStep;
    return this;
  }

  /**
   * Sets where the result goes, element (r,j) to {@code at + r * rowStep + j}; unless {@link
   * #initial} follows, the product is added to the previous values. A chain that is too long for
   * the cache is thus continued by a second product.
   */
  public GemmMacroKernel result(float[] values, int at, int rowStep) {
    c = values;
    cAt = at;
    cStep = rowStep;
    return initial(values, at, rowStep);
  }

  /**
   * Sets the initial values of the chains: that of element (r,j) is at {@code at + r * rowStep +
   * j}. So a bias, or 16 zeros for each panel, has a {@code rowStep} of 0.
   */
  public GemmMacroKernel initial(float[] values, int at, int rowStep) {
    initial = values;
    initialAt = at;
    initialStep = rowStep;
    return this;
  }

  /**
   * Computes {@code c[r,j] = initial[r,j] + sum over k of a[r,k] * b[k,j]} for r in [0, rows), j in
   * [0, 16 panels), k in [0, terms), from {@link PackedRows}.
   */
  public void rows(int rows, int panels, int terms) {
    int columns = panels * Layout.LANES;
    for (int j = 0; j < columns; j += 2 * Lanes.COUNT) {
      int right = column(j);
      int next = column(j + Lanes.COUNT) - right;
      boolean pair = j + Lanes.COUNT < columns;
      for (int r = 0, height; r < rows; r += height) {
        height = height(rows - r);
        int left = aAt + r * GemmMicroKernelRows.STEP;
        int from = initialAt + r * initialStep + j;
        int to = cAt + r * cStep + j;
        if (pair) {
          GemmMicroKernelRows.pair(height, this, terms, left, right, next, from, to);
        } else {
          GemmMicroKernelRows.single(height, this, terms, left, right, from, to);
        }
      }
    }
  }

  /**
   * Computes {@code c[r,j] = initial[r,j] + sum over k of a[k,r] * b[k,j]} for r in [0, 8), j in
   * [0, 16 panels), k in [0, terms), from half a panel of rows, {@link GemmMicroKernelPanels#ROWS}.
   */
  public void panels(int panels, int terms) {
    int columns = panels * Layout.LANES;
    for (int j = 0; j < columns; j += 2 * Lanes.COUNT) {
      int right = column(j);
      int next = column(j + Lanes.COUNT) - right;
      int from = initialAt + j;
      int to = cAt + j;
      if (j + Lanes.COUNT >= columns) {
        GemmMicroKernelPanels.tile8x1(this, terms, aAt, right, from, to);
      } else if (MANY_REGISTERS) {
        GemmMicroKernelPanels.tile8x2(this, terms, aAt, right, next, from, to);
      } else {
        int from4 = from + 4 * initialStep;
        int to4 = to + 4 * cStep;
        GemmMicroKernelPanels.tile4x2(this, terms, aAt, right, next, from, to);
        GemmMicroKernelPanels.tile4x2(this, terms, aAt + 4, right, next, from4, to4);
      }
    }
  }

  /** Returns the index in the right operand of the vector that begins with column {@code j}. */
  private int column(int j) {
    return bAt + j / Layout.LANES * bPanel + j % Layout.LANES;
  }

  /**
   * Returns the height of the next tile: as high as possible, but so that no very low one remains
   * at the end.
   */
  private static int height(int rows) {
    if (rows <= SMALL || rows == TALLEST) {
      return rows;
    }
    return rows >= TALLEST + SHORTEST_WORTH ? TALLEST : (rows + 1) / 2;
  }
}
