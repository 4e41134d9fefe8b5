package dev.convoy.spark.train;

import dev.convoy.data.BatchPlan;
import dev.convoy.nn.Network;
import dev.convoy.random.CounterRandom;
import dev.convoy.spark.config.ConvoyConfig;
import dev.convoy.train.Batch;
import dev.convoy.train.Trainer;
import dev.convoy.train.TrainerBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** What tests of an addition try it on: the plan of a run, and a few steps of training. */
public final class Trial {
  private static final int IMAGES = 16;
  private static final int STEPS = 6;
  private static final float RATE = 0.002f;

  private Trial() {}

  /** The plan of a run of LeNet-5 with these settings over the defaults. */
  static RunPlan plan(String... sets) {
    List<String> all = new ArrayList<>(List.of("network.name=lenet5-modern", "data.train=/data"));
    all.addAll(List.of(sets));
    ConvoyConfig config = ConvoyConfig.load(ConvoyConfig.BUILTIN, all);
    Network network = RunPlan.network(config);
    int nodes = config.train().virtualNodes();
    return new RunPlan(
        config,
        network,
        List.of(),
        new BatchPlan(60_000, config.train().batchSize(), nodes, BatchPlan.LastBatch.DROP),
        RunPlan.evaluationOrder(config, 10_000, network, 1));
  }

  /** The losses of a few steps on one batch of random images, with these settings. */
  public static List<Double> losses(Network network, UnaryOperator<TrainerBuilder> settings) {
    float[] pixels = new float[IMAGES * network.input().size()];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = CounterRandom.uniform(1, i) - 0.5f;
    }
    int[] labels = new int[IMAGES];
    for (int i = 0; i < IMAGES; i++) {
      labels[i] = i % network.classes();
    }
    Batch batch = new Batch(pixels, labels);
    List<Double> losses = new ArrayList<>();
    TrainerBuilder builder = Trainer.of(network).batchSize(IMAGES).virtualNodes(2).threads(1);
    try (Trainer trainer = settings.apply(builder).build()) {
      for (int step = 0; step < STEPS; step++) {
        losses.add(trainer.step(batch, RATE).loss());
      }
    }
    return losses;
  }
}
