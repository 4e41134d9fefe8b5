package dev.convoy.nn;

import dev.convoy.concurrent.ThreadTeam;
import dev.convoy.kernel.KernelChoice;
import dev.convoy.kernel.VirtualNodeTree;
import dev.convoy.testing.Compare;
import dev.convoy.testing.Floats;
import dev.convoy.zoo.Zoo;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whole networks give the same gradients whatever the number of workers, also in the hundredth
 * step: a layer that does not wait before it writes what another worker still reads is found here.
 */
class ReplicaTeamTest {
  private static final int NODES = 8;
  private static final int STEPS = 60;

  @ParameterizedTest
  @ValueSource(strings = {"lenet5-modern", "lenet5", "cifar-resnet20"})
  void gradientsDoNotDependOnTheWorkers(String name) throws Exception {
    Network network = Zoo.named(name).classes(10).build();
    float[] alone = gradients(network, 1, 1);
    for (int workers = 2; workers <= 3; workers++) {
      gradients(network, workers, STEPS, alone);
    }
  }

  private static float[] gradients(Network network, int workers, int steps) throws Exception {
    return gradients(network, workers, steps, null);
  }

  private static float[] gradients(Network network, int workers, int steps, float[] expected)
      throws Exception {
    Replica replica =
        Replica.training(network, KernelChoice.of("vector").kernels(), NODES, workers);
    replica.input().fromNchw(Floats.random(3, NODES * network.input().size()));
    float[] upstream = Floats.random(4, NODES * network.classes());
    float[] weights = network.initialWeights(1);
    float[] gradients = new float[network.vectorLength()];
    List<VirtualNodeTree> trees =
        List.of(new VirtualNodeTree(0, 4, 1), new VirtualNodeTree(4, 4, 1));
    List<float[]> sums = List.of(gradients, new float[gradients.length]);
    try (ThreadTeam team = new ThreadTeam(workers)) {
      for (int step = 0; step < steps; step++) {
        team.run(
            worker -> {
              Pass pass = new Pass(worker, NODES, NODES, weights, trees, sums, new long[NODES]);
              replica.forward(pass);
              if (worker.first()) {
                replica.logitsGradient().fromNchw(upstream);
              }
              worker.barrier();
              replica.backward(pass);
            });
        if (expected != null) {
          Compare.sameBits(network.name() + " by " + workers, expected, gradients);
        }
      }
    }
    return gradients;
  }
}
