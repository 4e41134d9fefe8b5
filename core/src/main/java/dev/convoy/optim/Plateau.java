package dev.convoy.optim;

import java.util.List;

/**
 * Lowers the learning rate when validation stops getting better (Krizhevsky et al. 2012, section 5:
 * "divide the learning rate by 10 when the validation error rate stopped improving"): after more
 * than {@code patience} validations in a row that are no better than the best, as torch's {@code
 * ReduceLROnPlateau} counts.
 *
 * <p>It is a pure function of the errors it has observed, so all executors that observe the same
 * agree.
 */
public final class Plateau {
  static final ScheduleFactory FACTORY =
      new ScheduleFactory(
          "plateau",
          "times factor when validation stops getting better",
          List.of("factor", "patience"),
          its -> new ConstantSchedule(its.rate()),
          its -> new Plateau(its.factor(), its.patience()),
          true);

  private final double factor;
  private final int patience;
  private State state = State.BEGINNING;

  /**
   * The state that a resumed run continues with.
   *
   * @param best the smallest error so far
   * @param waited validations since then, or since the last reduction
   * @param reductions of the learning rate
   */
  public record State(double best, int waited, int reductions) {
    /** The state before the first validation. */
    public static final State BEGINNING = new State(Double.MAX_VALUE, 0, 0);
  }

  /**
   * @param factor of a reduction, above 0 and below 1
   * @param patience validations without improvement that are tolerated
   */
  public Plateau(double factor, int patience) {
    this.factor = factor;
    this.patience = patience;
  }

  /** Returns a plateau that never lowers the learning rate. */
  public static Plateau never() {
    return new Plateau(1, Integer.MAX_VALUE);
  }

  /** Returns the factor of the learning rate. */
  public float scale() {
    return (float) StrictMath.pow(factor, state.reductions);
  }

  /** Takes the error of a validation into account, for the steps that follow. */
  public void observe(double error) {
    if (error < state.best) {
      state = new State(error, 0, state.reductions);
    } else if (state.waited < patience) {
      state = new State(state.best, state.waited + 1, state.reductions);
    } else {
      state = new State(state.best, 0, state.reductions + 1);
    }
  }

  /** Returns the state, for a checkpoint. */
  public State state() {
    return state;
  }

  /** Restores the state of a checkpoint. */
  public void restore(State kept) {
    state = kept;
  }
}
