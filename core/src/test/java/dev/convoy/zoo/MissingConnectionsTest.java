package dev.convoy.zoo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.kernel.Kernels;
import dev.convoy.loss.RadialBasisLoss;
import dev.convoy.nn.Network;
import dev.convoy.nn.Parameter;
import dev.convoy.optim.Sgd;
import dev.convoy.testing.Floats;
import dev.convoy.testing.Implementations;
import dev.convoy.testing.Training;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Weights that LeNet-5's table leaves out, and the padding, stay zero while the rest learns. */
class MissingConnectionsTest {
  @Test
  void stayZeroThroughTrainingAndTheLossFalls() {
    Network network = Zoo.named("lenet5").classes(10).build();
    float[] images = Floats.random(1, 4 * network.input().size());
    for (Kernels kernels : Implementations.all()) {
      float[] weights = network.initialWeights(2);
      boolean[] untrained = untrained(network, weights);
      Training training =
          new Training(
              network,
              kernels,
              new RadialBasisLoss(1),
              new Sgd(0.9f, 1e-3f),
              1e-3f,
              images,
              new int[] {3, 1, 4, 1},
              weights);
      float first = training.step();
      float last = first;
      for (int step = 0; step < 5; step++) {
        last = training.step();
      }
      assertTrue(last < first, "the loss goes from " + first + " to " + last);

      Parameter c3 = parameter(network, "C3.weight");
      int missing = 0;
      for (float weight : c3.unpack(weights)) {
        missing += weight == 0 ? 1 : 0;
      }
      assertEquals(36 * 25, missing);
      for (int i = 0; i < weights.length; i++) {
        if (untrained[i]) {
          assertEquals(0f, Math.abs(weights[i]), "weight " + i);
        }
      }
    }
  }

  /** Where a weight begins with zero though biases of S2 and S4 begin with one. */
  private static boolean[] untrained(Network network, float[] weights) {
    float[] marked = weights.clone();
    for (String name : List.of("S2.bias", "S4.bias")) {
      Parameter bias = parameter(network, name);
      float[] ones = new float[bias.count()];
      Arrays.fill(ones, 1f);
      bias.pack(ones, marked);
    }
    boolean[] untrained = new boolean[marked.length];
    for (int i = 0; i < marked.length; i++) {
      untrained[i] = marked[i] == 0;
    }
    return untrained;
  }

  private static Parameter parameter(Network network, String name) {
    return network.parameters().stream()
        .filter(p -> p.name().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
