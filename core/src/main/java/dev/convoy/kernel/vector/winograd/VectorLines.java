package dev.convoy.kernel.vector.winograd;

import dev.convoy.kernel.vector.lanes.WorkerState;

/**
 * Lines of vectors that a {@link WinogradTransform} reads or writes: value k of line (i,j) is the
 * vector at {@code at + i * outerStep + j * innerStep + k * step} of {@code values}.
 *
 * <p>An object is set before each transform; each worker has its own.
 */
final class VectorLines extends WorkerState {
  float[] values;
  int at;
  int step;
  int outerStep;
  int innerStep;

  /** Sets where the lines are. */
  VectorLines of(float[] values, int at, int step, int outerStep, int innerStep) {
    this.values = values;
    this.at = at;
    this.step = step;
    this.outerStep = outerStep;
    this.innerStep = innerStep;
    return this;
  }
}
