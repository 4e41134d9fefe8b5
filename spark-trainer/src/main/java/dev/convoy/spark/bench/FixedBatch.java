package dev.convoy.spark.bench;

import dev.convoy.loss.Loss;
import dev.convoy.nn.Pass;
import dev.convoy.nn.Replica;
import dev.convoy.random.CounterRandom;
import dev.convoy.random.Use;
import dev.convoy.spark.sync.NodeGradient;
import dev.convoy.spark.telemetry.Phase;
import dev.convoy.spark.telemetry.PhaseTimer;
import java.util.Arrays;

/**
 * Forward, loss and backward of the same images in every step; each virtual node has its own.
 * Images are noise of unit variance, as normalized ones are, and labels are random.
 */
final class FixedBatch implements NodeGradient {
  private static final long SEED = 1;

  private final BenchPlan plan;
  private final Loss loss;
  private final PhaseTimer timer;
  private final Replica[] replicas;
  private final float[][] images;
  private final int[][] labels;
  private final float[] losses;
  private final long[] preparedStep;

  /** One replica for each worker thread. */
  FixedBatch(BenchPlan plan, Replica[] replicas, Loss loss, PhaseTimer timer) {
    this.plan = plan;
    this.replicas = replicas;
    this.loss = loss;
    this.timer = timer;
    int nodes = plan.virtualNodes();
    images = new float[nodes][plan.microbatch() * plan.network().input().size()];
    labels = new int[nodes][plan.microbatch()];
    losses = new float[nodes];
    preparedStep = new long[replicas.length];
    Arrays.fill(preparedStep, -1);
    long key = CounterRandom.key(SEED, Use.SHUFFLE);
    for (int node = 0; node < nodes; node++) {
      fill(node, CounterRandom.derive(key, node));
    }
  }

  private void fill(int node, long key) {
    double unitVariance = Math.sqrt(3);
    float[] pixels = images[node];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (float) (unitVariance * (2 * CounterRandom.uniform(key, i) - 1));
    }
    for (int i = 0; i < labels[node].length; i++) {
      labels[node][i] = CounterRandom.below(key, pixels.length + i, plan.network().classes());
    }
  }

  @Override
  public void compute(int worker, long step, int node, float[] weights, float[] gradient) {
    Replica replica = replicas[worker];
    int count = plan.microbatch();
    Pass pass = new Pass(count, weights, gradient);
    long start = System.nanoTime();
    System.arraycopy(images[node], 0, replica.input().data(), 0, images[node].length);
    long loaded = System.nanoTime();
    replica.forward(pass);
    losses[node] = loss.evaluate(count, replica.logits(), labels[node], replica.logitsGradient());
    long forward = System.nanoTime();
    if (preparedStep[worker] != step) {
      // Once for each change of weights, which may serve several nodes.
      replica.prepare(weights);
      preparedStep[worker] = step;
    }
    replica.backward(pass);
    timer.add(Phase.DATA, loaded - start);
    timer.add(Phase.FORWARD, forward - loaded);
    timer.add(Phase.BACKWARD, System.nanoTime() - forward);
  }

  /** The mean loss of the last step. */
  double loss() {
    double sum = 0;
    for (float each : losses) {
      sum += each;
    }
    return sum / losses.length;
  }
}
