package dev.convoy.optim;

import java.util.List;

/**
 * Lowers the learning rate when validation stops getting better (Krizhevsky et al. 2012, section 5:
 * "divide the learning rate by 10 when the validation error rate stopped improving"): after more
 * than {@code patience} validations in a row that are no better than the best, as torch's {@code
 * ReduceLROnPlateau} counts.
 *
 * <p>A pure function of the validations it was told of, so all executors that are told the same
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
   * What a resumed run needs to go on.
   *
   * @param best the smallest error there was
   * @param waited validations since then, or since the last reduction
   * @param reductions of the learning rate
   */
  public record State(double best, int waited, int reductions) {
    /** Before the first validation. */
    public static final State BEGINNING = new State(Double.MAX_VALUE, 0, 0);
  }

  /**
   * @param factor of a reduction, above 0 and below 1
   * @param patience validations without improvement that are let pass
   */
  public Plateau(double factor, int patience) {
    this.factor = factor;
    this.patience = patience;
  }

  /** Never lowers the learning rate. */
  public static Plateau never() {
    return new Plateau(1, Integer.MAX_VALUE);
  }

  /** What the learning rate is to be multiplied by. */
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

  /** For a checkpoint. */
  public State state() {
    return state;
  }

  /** Goes on from a checkpoint. */
  public void restore(State kept) {
    state = kept;
  }
}
