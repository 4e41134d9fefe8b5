package dev.convoy.kernel.vector.gemm;

import dev.convoy.kernel.vector.lanes.Lanes;
import dev.convoy.tensor.Layout;

/**
 * Matrix products of any size, cut into tiles of the micro-kernels. How they are cut changes no
 * bit: each element is one chain of fused multiply-adds in the order of k.
 *
 * <p>The right operand lies in panels of 16 columns: element (k,j) at {@code bAt + j/16 * bPanel +
 * k * 16 + j%16}. A chain begins with what lies in {@code initial} at {@code iAt + r * iStride + j}
 * and its result goes to {@code cAt + r * cStride + j} of {@code c}. So a bias, or 16 zeros for
 * each panel, is an initial value with stride 0; and a chain that is too long for the cache is
 * continued by a product whose initial values are its own result.
 */
public final class GemmMacroKernel {
  /** Whether there are 32 registers, which hold 24 sums beside the operands. */
  private static final boolean MANY_REGISTERS = Lanes.COUNT == Layout.LANES;

  private static final int TALLEST = MANY_REGISTERS ? 12 : 6;
  private static final int SMALL = MANY_REGISTERS ? 8 : 6;
  private static final int SHORTEST_WORTH = 5;

  private GemmMacroKernel() {}

  /**
   * {@code c[r,j] = initial[r,j] + sum over k of a[r,k] * b[k,j]} for r in [0, rows), j in [0, 16
   * panels), k in [0, terms), of {@link PackedRows} that begin at {@code aAt}.
   */
  public static void rows(
      int rows,
      int panels,
      int terms,
      float[] a,
      int aAt,
      int aBlock,
      float[] b,
      int bAt,
      int bPanel,
      float[] initial,
      int iAt,
      int iStride,
      float[] c,
      int cAt,
      int cStride) {
    int columns = panels * Layout.LANES;
    for (int j = 0; j < columns; j += 2 * Lanes.COUNT) {
      int b0 = column(bAt, bPanel, j);
      int next = column(bAt, bPanel, j + Lanes.COUNT) - b0;
      boolean pair = j + Lanes.COUNT < columns;
      for (int r = 0, height; r < rows; r += height) {
        height = height(rows - r);
        int i = iAt + r * iStride + j;
        int to = cAt + r * cStride + j;
        if (pair) {
          pair(
              height,
              terms,
              a,
              aAt + r * GemmMicroKernelRows.STEP,
              aBlock,
              b,
              b0,
              next,
              initial,
              i,
              iStride,
              c,
              to,
              cStride);
        } else {
          one(
              height,
              terms,
              a,
              aAt + r * GemmMicroKernelRows.STEP,
              aBlock,
              b,
              b0,
              initial,
              i,
              iStride,
              c,
              to,
              cStride);
        }
      }
    }
  }

  /**
   * {@code c[r,j] = initial[r,j] + sum over k of a[aAt + k * 16 + r] * b[k,j]} for r in [0, 8), j
   * in [0, 16 panels), k in [0, terms): half a panel of rows, {@link GemmMicroKernelPanels#ROWS}.
   */
  public static void panels(
      int panels,
      int terms,
      float[] a,
      int aAt,
      float[] b,
      int bAt,
      int bPanel,
      float[] initial,
      int iAt,
      int iStride,
      float[] c,
      int cAt,
      int cStride) {
    int columns = panels * Layout.LANES;
    for (int j = 0; j < columns; j += 2 * Lanes.COUNT) {
      int b0 = column(bAt, bPanel, j);
      int next = column(bAt, bPanel, j + Lanes.COUNT) - b0;
      int i = iAt + j;
      int to = cAt + j;
      if (j + Lanes.COUNT >= columns) {
        GemmMicroKernelPanels.tile8x1(terms, a, aAt, b, b0, initial, i, iStride, c, to, cStride);
      } else if (MANY_REGISTERS) {
        GemmMicroKernelPanels.tile8x2(
            terms, a, aAt, b, b0, next, initial, i, iStride, c, to, cStride);
      } else {
        int i4 = i + 4 * iStride;
        int to4 = to + 4 * cStride;
        GemmMicroKernelPanels.tile4x2(
            terms, a, aAt, b, b0, next, initial, i, iStride, c, to, cStride);
        GemmMicroKernelPanels.tile4x2(
            terms, a, aAt + 4, b, b0, next, initial, i4, iStride, c, to4, cStride);
      }
    }
  }

  /** Where the vector that begins with column {@code j} begins. */
  private static int column(int bAt, int bPanel, int j) {
    return bAt + j / Layout.LANES * bPanel + j % Layout.LANES;
  }

  /** The height of the next tile: tall ones, but so that no flat one is left over. */
  private static int height(int rows) {
    if (rows <= SMALL || rows == TALLEST) {
      return rows;
    }
    return rows >= TALLEST + SHORTEST_WORTH ? TALLEST : (rows + 1) / 2;
  }

  private static void pair(
      int height,
      int k,
      float[] a,
      int aAt,
      int aBlock,
      float[] b,
      int b0,
      int next,
      float[] from,
      int iAt,
      int iStride,
      float[] c,
      int cAt,
      int cStride) {
    switch (height) {
      case 1 ->
          GemmMicroKernelRows.tile1x2(
              k, a, aAt, aBlock, b, b0, next, from, iAt, iStride, c, cAt, cStride);
      case 2 ->
          GemmMicroKernelRows.tile2x2(
              k, a, aAt, aBlock, b, b0, next, from, iAt, iStride, c, cAt, cStride);
      case 3 ->
          GemmMicroKernelRows.tile3x2(
              k, a, aAt, aBlock, b, b0, next, from, iAt, iStride, c, cAt, cStride);
      case 4 ->
          GemmMicroKernelRows.tile4x2(
              k, a, aAt, aBlock, b, b0, next, from, iAt, iStride, c, cAt, cStride);
      case 5 ->
          GemmMicroKernelRows.tile5x2(
              k, a, aAt, aBlock, b, b0, next, from, iAt, iStride, c, cAt, cStride);
      case 6 ->
          GemmMicroKernelRows.tile6x2(
              k, a, aAt, aBlock, b, b0, next, from, iAt, iStride, c, cAt, cStride);
      case 7 ->
          GemmMicroKernelRows.tile7x2(
              k, a, aAt, aBlock, b, b0, next, from, iAt, iStride, c, cAt, cStride);
      case 8 ->
          GemmMicroKernelRows.tile8x2(
              k, a, aAt, aBlock, b, b0, next, from, iAt, iStride, c, cAt, cStride);
      case 12 ->
          GemmMicroKernelRows.tile12x2(
              k, a, aAt, aBlock, b, b0, next, from, iAt, iStride, c, cAt, cStride);
      default -> throw new AssertionError(height);
    }
  }

  private static void one(
      int height,
      int k,
      float[] a,
      int aAt,
      int aBlock,
      float[] b,
      int b0,
      float[] from,
      int iAt,
      int iStride,
      float[] c,
      int cAt,
      int cStride) {
    switch (height) {
      case 1 ->
          GemmMicroKernelRows.tile1x1(
              k, a, aAt, aBlock, b, b0, from, iAt, iStride, c, cAt, cStride);
      case 2 ->
          GemmMicroKernelRows.tile2x1(
              k, a, aAt, aBlock, b, b0, from, iAt, iStride, c, cAt, cStride);
      case 3 ->
          GemmMicroKernelRows.tile3x1(
              k, a, aAt, aBlock, b, b0, from, iAt, iStride, c, cAt, cStride);
      case 4 ->
          GemmMicroKernelRows.tile4x1(
              k, a, aAt, aBlock, b, b0, from, iAt, iStride, c, cAt, cStride);
      case 5 ->
          GemmMicroKernelRows.tile5x1(
              k, a, aAt, aBlock, b, b0, from, iAt, iStride, c, cAt, cStride);
      case 6 ->
          GemmMicroKernelRows.tile6x1(
              k, a, aAt, aBlock, b, b0, from, iAt, iStride, c, cAt, cStride);
      case 7 ->
          GemmMicroKernelRows.tile7x1(
              k, a, aAt, aBlock, b, b0, from, iAt, iStride, c, cAt, cStride);
      case 8 ->
          GemmMicroKernelRows.tile8x1(
              k, a, aAt, aBlock, b, b0, from, iAt, iStride, c, cAt, cStride);
      case 12 ->
          GemmMicroKernelRows.tile12x1(
              k, a, aAt, aBlock, b, b0, from, iAt, iStride, c, cAt, cStride);
      default -> throw new AssertionError(height);
    }
  }
}
