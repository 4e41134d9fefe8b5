package dev.convoy.spark.forecast;

import dev.convoy.collective.Range;
import dev.convoy.collective.Subtree;
import dev.convoy.concurrent.ThreadTeam;
import dev.convoy.concurrent.Worker;
import dev.convoy.nn.LayerHooks;
import dev.convoy.nn.Network;
import dev.convoy.nn.Replica;
import dev.convoy.random.CounterRandom;
import dev.convoy.random.RandomStream;
import dev.convoy.spark.train.NetworkPlan;
import dev.convoy.tensor.Tensor;
import dev.convoy.train.BatchGradients;
import dev.convoy.train.BatchSource;
import dev.convoy.train.PhaseTimer;
import dev.convoy.train.TimeShares;
import dev.convoy.train.VirtualNodeGradients;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Times the layers of training steps, as an executor computes them. */
final class StepBench {
  private static final long SEED = 1;

  private final NetworkPlan plan;
  private final int microbatch;
  private final int threads;
  private final long warmUpNanos;
  private final long timedNanos;

  /**
   * @param warmUp seconds until all is compiled; at least two steps
   * @param timed seconds of the timed steps; at least three
   */
  StepBench(NetworkPlan plan, double warmUp, double timed) {
    this.plan = plan;
    microbatch = plan.config().train().microbatchSize();
    threads = plan.config().cluster().coresPerExecutor();
    warmUpNanos = (long) (warmUp * 1e9);
    timedNanos = (long) (timed * 1e9);
  }

  /** Times steps of so many virtual nodes, a power of two. */
  StepTimes run(int nodes) throws Exception {
    Network network = plan.network();
    try (ThreadTeam team = new ThreadTeam(threads)) {
      Replica replica =
          Replica.training(network, plan.kernels().kernels(), nodes * microbatch, threads);
      PhaseTimer timer = new PhaseTimer();
      BatchGradients batch =
          new BatchGradients(
              replica,
              microbatch,
              threads,
              new Noise(network),
              plan.loss(),
              (node, mean, images, logits, labels) -> {},
              timer);
      LayerClock clock = new LayerClock();
      VirtualNodeGradients gradients =
          batch.bind(
              new Range(0, nodes),
              network.initialWeights(SEED),
              List.of(new Subtree(0, nodes)),
              List.of(new float[network.vectorLength()]),
              clock);
      return new Steps(nodes, team, gradients, timer, clock).time();
    }
  }

  /** Repeats a step and takes the median of each layer. */
  private final class Steps {
    private final int nodes;
    private final ThreadTeam team;
    private final PhaseTimer timer;
    private final LayerClock clock;
    private final ThreadTeam.Program program;
    private final List<StepTimes> taken = new ArrayList<>();

    Steps(
        int nodes,
        ThreadTeam team,
        VirtualNodeGradients gradients,
        PhaseTimer timer,
        LayerClock clock) {
      this.nodes = nodes;
      this.team = team;
      this.timer = timer;
      this.clock = clock;
      program = worker -> gradients.compute(worker, 0);
    }

    StepTimes time() throws Exception {
      long start = System.nanoTime();
      for (int done = 0; done < 2 || System.nanoTime() - start < warmUpNanos; done++) {
        step();
      }
      taken.clear();
      start = System.nanoTime();
      while (taken.size() < 3 || System.nanoTime() - start < timedNanos) {
        step();
      }
      taken.sort((a, b) -> Double.compare(a.seconds(), b.seconds()));
      double wanted = taken.get(taken.size() / 2).seconds();
      StepTimes medians = medians();
      double scale = wanted / medians.seconds();
      return new StepTimes(
          nodes,
          medians.loading() * scale,
          scaled(medians.forward(), scale),
          scaled(medians.backward(), scale));
    }

    private void step() throws Exception {
      clock.reset();
      long start = System.nanoTime();
      team.run(program);
      long end = System.nanoTime();
      TimeShares shares = timer.take(TimeUnit.SECONDS.toNanos(1));
      taken.add(clock.times(nodes, start, end, shares.data(), shares.forward()));
    }

    private StepTimes medians() {
      double[] loading = taken.stream().mapToDouble(StepTimes::loading).toArray();
      return new StepTimes(
          nodes,
          median(loading),
          medians(taken.stream().map(StepTimes::forward).toList()),
          medians(taken.stream().map(StepTimes::backward).toList()));
    }

    private static List<Segment> medians(List<List<Segment>> steps) {
      List<Segment> medians = new ArrayList<>();
      for (int i = 0; i < steps.get(0).size(); i++) {
        int layer = i;
        double[] seconds = steps.stream().mapToDouble(s -> s.get(layer).seconds()).toArray();
        medians.add(new Segment(steps.get(0).get(i).at(), median(seconds)));
      }
      return medians;
    }

    private static double median(double[] values) {
      Arrays.sort(values);
      return values[values.length / 2];
    }

    private static List<Segment> scaled(List<Segment> segments, double scale) {
      return segments.stream().map(s -> new Segment(s.at(), s.seconds() * scale)).toList();
    }
  }

  /** Notes when the first worker passes each layer. */
  private static final class LayerClock implements LayerHooks {
    private final List<long[]> forward = new ArrayList<>();
    private final List<long[]> backward = new ArrayList<>();

    void reset() {
      forward.clear();
      backward.clear();
    }

    @Override
    public void beforeForward(Worker worker, int end) {
      if (worker.first()) {
        forward.add(new long[] {end, System.nanoTime()});
      }
    }

    @Override
    public void afterBackward(Worker worker, int from, int to) {
      if (worker.first()) {
        backward.add(new long[] {from, System.nanoTime()});
      }
    }

    /**
     * Returns the times of a step.
     *
     * @param loading seconds
     * @param ahead seconds of forward and loss
     */
    StepTimes times(int nodes, long start, long end, double loading, double ahead) {
      List<Segment> there = new ArrayList<>();
      List<Segment> back = new ArrayList<>();
      long turn = start + (long) ((loading + ahead) * 1e9);
      for (int i = 0; i < forward.size(); i++) {
        // What comes before the first layer belongs to it; it is loading that needs no weights.
        long next = i + 1 < forward.size() ? forward.get(i + 1)[1] : turn;
        there.add(new Segment((int) forward.get(i)[0], (next - forward.get(i)[1]) / 1e9));
      }
      long before = turn;
      for (int i = 0; i < backward.size(); i++) {
        long done = i + 1 < backward.size() ? backward.get(i)[1] : end;
        back.add(new Segment((int) backward.get(i)[0], (done - before) / 1e9));
        before = done;
      }
      return new StepTimes(nodes, (forward.get(0)[1] - start) / 1e9, there, back);
    }
  }

  /** The same noise in every step. */
  private static final class Noise implements BatchSource {
    private final float[] pixels;
    private final int classes;

    Noise(Network network) {
      classes = network.classes();
      pixels = new float[network.input().size()];
      long key = CounterRandom.key(SEED, RandomStream.SHUFFLE);
      for (int i = 0; i < pixels.length; i++) {
        pixels[i] = (float) (Math.sqrt(3) * (2 * CounterRandom.uniform(key, i) - 1));
      }
    }

    @Override
    public void copy(long step, int node, Tensor images, int[] labels, long[] keys, int firstKey) {
      for (int image = 0; image < labels.length; image++) {
        System.arraycopy(
            pixels, 0, images.data(), images.at() + image * pixels.length, pixels.length);
        labels[image] = (node + image) % classes;
        keys[firstKey + image] = image;
      }
    }
  }
}
