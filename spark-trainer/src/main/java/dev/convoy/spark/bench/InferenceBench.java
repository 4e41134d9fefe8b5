package dev.convoy.spark.bench;

import dev.convoy.concurrent.ThreadTeam;
import dev.convoy.kernel.Kernels;
import dev.convoy.nn.BatchNormFolding;
import dev.convoy.nn.Network;
import dev.convoy.nn.Pass;
import dev.convoy.nn.Replica;

/** Times forward passes alone, as a trained network answers. */
public final class InferenceBench {
  private InferenceBench() {}

  /** Returns the measurement as one line of JSON. */
  public static String json(BenchPlan plan, Kernels kernels, String version) throws Exception {
    return BenchResult.inference(plan, run(plan, kernels), version, kernels);
  }

  private static Timing run(BenchPlan plan, Kernels kernels) throws Exception {
    Network network = plan.network();
    BatchNormFolding folded = BatchNormFolding.of(network, network.initialWeights(1));
    float[] weights = folded.weights();
    Replica replica = Replica.inferring(folded.network(), kernels, plan.batch(), plan.threads());
    new FixedBatches(plan).fill(replica.input());
    try (ThreadTeam team = new ThreadTeam(plan.threads())) {
      return Timing.of(
          plan.warmUp(),
          plan.timed(),
          step ->
              team.run(worker -> replica.forward(Pass.evaluation(worker, plan.batch(), weights))));
    }
  }
}
