package dev.convoy.kernel.vector.direct;

import dev.convoy.kernel.vector.gemm.RowSource;
import dev.convoy.kernel.vector.lanes.WorkerState;

/**
 * A row of values for each of some pixels, in a few runs, where they lie: in a tensor or in a copy
 * of a part of it.
 *
 * <p>Each worker has its own.
 */
abstract class Patches extends WorkerState implements RowSource {
  final int[] rowAt;
  float[] values;
  int at;
  int run;
  int runStep;

  /**
   * @param pixels at most
   */
  Patches(int pixels) {
    rowAt = new int[pixels];
  }

  @Override
  public final float[] values() {
    return values;
  }

  @Override
  public final int at() {
    return at;
  }

  @Override
  public final int[] rowAt() {
    return rowAt;
  }

  @Override
  public final int run() {
    return run;
  }

  @Override
  public final int runStep() {
    return runStep;
  }

  /**
   * Lists where the pixels of some images are.
   *
   * @param first where pixel (0,0) of the first image is
   * @param imageStep from one image to the next, as the other steps
   */
  static void list(
      int[] table,
      int first,
      int images,
      int imageStep,
      int rows,
      int rowStep,
      int width,
      int pixelStep) {
    int i = 0;
    for (int n = 0; n < images; n++) {
      for (int y = 0; y < rows; y++) {
        int row = first + n * imageStep + y * rowStep;
        for (int x = 0; x < width; x++) {
          table[i++] = row + x * pixelStep;
        }
      }
    }
  }
}
