package dev.convoy.spark.forecast;

import java.util.ArrayList;
import java.util.List;

/**
 * Simulates training steps of an executor from event to event. The computation goes forward and
 * backward, layer by layer; the exchange goes bucket by bucket, as {@code
 * dev.convoy.train.GradientExchange} does it.
 *
 * <pre>
 *   compute   | loading | forward 1 .. n | loss, backward n .. 1 | loading | forward 1 (waits) ..
 *   exchange  |                             | sum, update n | .. 1 | gather 1 | gather 2 ..
 * </pre>
 *
 * <p>While both run, they share the executor's cores: the exchange takes the CPU seconds it needs,
 * up to the share of one more thread, and the computation gets what is left.
 */
final class StepSimulation {
  /** Steps until nothing of the start is left, and those that are timed. */
  private static final int STEPS = 12;

  private static final int STEADY = 4;

  private final List<Work> computation;
  private final List<Exchange> exchange;
  private final int cores;

  /**
   * A piece of computation.
   *
   * @param needs the weights up to here must be those of the step
   * @param completes from here on the gradient is complete when it is over
   */
  private record Work(int needs, int completes, double seconds) {}

  /**
   * What a step takes.
   *
   * @param seconds from one step to the next
   * @param waited of these, in which the computation waits for the exchange
   * @param hidden in which the exchange runs beside the computation
   */
  record Result(double seconds, double waited, double hidden) {}

  /**
   * @param times of a forward and a backward pass
   * @param rounds of them in each step; only the last one completes gradients
   * @param exchange in its order; empty if there is nobody to exchange with
   * @param floats in the vector
   * @param overlap whether the exchange runs beside the computation
   * @param cores of the executor
   */
  StepSimulation(
      StepTimes times,
      int rounds,
      List<Exchange> exchange,
      int floats,
      boolean overlap,
      int cores) {
    this.exchange = exchange;
    this.cores = cores;
    computation = overlap ? computation(times, rounds, floats) : whole(times, rounds, floats);
  }

  private static List<Work> computation(StepTimes times, int rounds, int floats) {
    List<Work> work = new ArrayList<>();
    work.add(new Work(0, floats, times.loading()));
    for (Segment segment : times.forward()) {
      work.add(new Work(segment.at(), floats, segment.seconds()));
    }
    work.add(new Work(0, floats, (rounds - 1) * times.seconds()));
    for (Segment segment : times.backward()) {
      work.add(new Work(0, segment.at(), segment.seconds()));
    }
    return work;
  }

  private static List<Work> whole(StepTimes times, int rounds, int floats) {
    return List.of(new Work(floats, 0, rounds * times.seconds()));
  }

  /** Runs the simulation. */
  Result run() {
    Run run = new Run();
    while (run.step < STEADY) {
      run.advance();
    }
    double start = run.now;
    run.waited = 0;
    run.hidden = 0;
    while (run.step < STEPS) {
      run.advance();
    }
    int timed = STEPS - STEADY;
    return new Result((run.now - start) / timed, run.waited / timed, run.hidden / timed);
  }

  /** The state between two events. */
  private final class Run {
    private double now;
    private double waited;
    private double hidden;

    // The computation: its step, its place in it, and what is left there.
    private int step;
    private int at;
    private double left = computation.get(0).seconds();

    /** Where the gradient of each step is complete from; a step that is over is complete. */
    private int completeFrom = Integer.MAX_VALUE;

    // The exchange: its step, its place in it, and which part of it is left there.
    private int exchanged;
    private int exchanging;
    private double part = 1;

    /** How far the weights are new after the step {@link #exchanged}. */
    private int gatheredTo;

    void advance() {
      boolean computes = mayCompute();
      boolean exchanges = mayExchange();
      if (!computes && !exchanges) {
        throw new IllegalStateException("computation and exchange wait for each other");
      }
      double speed = 1;
      double exchangeSeconds = 0;
      if (exchanges) {
        Exchange current = exchange.get(exchanging);
        double cpu = computes ? current.cpu() * (cores + 1) / cores : current.cpu();
        exchangeSeconds = Math.max(current.link(), cpu);
        speed = exchangeSeconds == 0 ? 1 : 1 - current.cpu() / exchangeSeconds / cores;
      }
      double toCompute = computes ? left / speed : Double.POSITIVE_INFINITY;
      double toExchange = exchanges ? part * exchangeSeconds : Double.POSITIVE_INFINITY;
      double passes = Math.min(toCompute, toExchange);
      now += passes;
      waited += computes ? 0 : passes;
      hidden += computes && exchanges ? passes : 0;
      if (computes) {
        left -= passes * speed;
      }
      if (exchanges && exchangeSeconds > 0) {
        part -= passes / exchangeSeconds;
      }
      // The other one goes on from where it is, however little is left of it.
      if (computes && toCompute <= toExchange) {
        computed();
      }
      if (exchanges && toExchange <= toCompute) {
        exchangeDone();
      }
    }

    private boolean mayCompute() {
      if (exchange.isEmpty() || exchanged >= step) {
        return true;
      }
      int needs = computation.get(at).needs();
      return exchanged == step - 1 && needs <= gatheredTo;
    }

    private boolean mayExchange() {
      if (exchange.isEmpty()) {
        return false;
      }
      return exchanged < step
          || (exchanged == step && completeFrom <= exchange.get(exchanging).readyFrom());
    }

    private void computed() {
      completeFrom = Math.min(completeFrom, computation.get(at).completes());
      at++;
      if (at == computation.size()) {
        at = 0;
        step++;
        completeFrom = Integer.MAX_VALUE;
      }
      left = computation.get(at).seconds();
    }

    private void exchangeDone() {
      gatheredTo = Math.max(gatheredTo, exchange.get(exchanging).gatheredTo());
      part = 1;
      exchanging++;
      if (exchanging == exchange.size()) {
        exchanging = 0;
        exchanged++;
        gatheredTo = 0;
      }
    }
  }
}
