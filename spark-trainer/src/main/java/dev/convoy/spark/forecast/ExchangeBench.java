package dev.convoy.spark.forecast;

import com.sun.management.OperatingSystemMXBean;
import dev.convoy.collective.Buckets;
import dev.convoy.collective.Collective;
import dev.convoy.optim.Optimizer;
import dev.convoy.optim.OptimizerShard;
import dev.convoy.optim.Sgd;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;

/**
 * Measures what the exchange costs, between two ranks in this process that the loopback interface
 * joins.
 */
final class ExchangeBench {
  private static final int RANKS = 2;

  /** Floats of a vector in several buckets, and of one that is a single short message. */
  private static final int LONG = 8 << 20;

  private static final int SHORT = 2048;
  private static final int BUCKET = 1 << 20;
  private static final int MESSAGES = 2000;

  private final int repeats;

  /**
   * @param repeats timed exchanges of the long vector; as many come before them
   */
  ExchangeBench(int repeats) {
    this.repeats = repeats;
  }

  ExchangeTimes run() throws Exception {
    Measured bytes = onBoth(Buckets.of(LONG, BUCKET), repeats);
    Measured messages = onBoth(Buckets.single(SHORT), MESSAGES);
    // Each of the two ranks sends half of the vector.
    double each = (double) LONG * Float.BYTES;
    return new ExchangeTimes(
        messages.wall / 2, bytes.reduceScatter / each, bytes.allGather / each, update());
  }

  /**
   * What a repetition took.
   *
   * @param wall seconds
   * @param reduceScatter CPU seconds of both ranks
   * @param allGather CPU seconds of both ranks
   */
  private record Measured(double wall, double reduceScatter, double allGather) {}

  private static Measured onBoth(Buckets buckets, int repeats) throws Exception {
    return LoopbackRanks.run(
            RANKS,
            buckets,
            RANKS,
            collective -> {
              measure(collective, repeats);
              return measure(collective, repeats);
            })
        .get(0);
  }

  private static Measured measure(Collective collective, int repeats) {
    int buckets = collective.buckets().count();
    float[] vector = new float[collective.buckets().length()];
    List<float[]> partials = List.of(vector.clone());
    float[] sum = new float[vector.length];
    double[] cpu = new double[2];
    long start = System.nanoTime();
    for (int i = 0; i < repeats; i++) {
      double begin = cpuSeconds();
      for (int bucket = 0; bucket < buckets; bucket++) {
        collective.reduceScatter(bucket, partials, sum);
      }
      double summed = cpuSeconds();
      for (int bucket = 0; bucket < buckets; bucket++) {
        collective.allGather(bucket, vector);
      }
      cpu[0] += summed - begin;
      cpu[1] += cpuSeconds() - summed;
    }
    double wall = (System.nanoTime() - start) / 1e9;
    return new Measured(wall / repeats, cpu[0] / repeats, cpu[1] / repeats);
  }

  private static double cpuSeconds() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
            .getProcessCpuTime()
        / 1e9;
  }

  /** Returns the CPU seconds that the optimizer takes for a float. */
  private double update() {
    Optimizer optimizer = Sgd.of(0.9, 1e-4);
    float[] weights = new float[LONG];
    float[] gradient = new float[LONG];
    Arrays.fill(gradient, 1e-3f);
    OptimizerShard shard = new OptimizerShard(0, weights, gradient, 1, new float[LONG]);
    double[] seconds = new double[Math.max(3, repeats)];
    for (int i = 0; i < seconds.length; i++) {
      long start = System.nanoTime();
      optimizer.update(shard, 0, LONG, 1e-3f);
      seconds[i] = (System.nanoTime() - start) / 1e9;
    }
    Arrays.sort(seconds);
    return seconds[seconds.length / 2] / LONG;
  }
}
