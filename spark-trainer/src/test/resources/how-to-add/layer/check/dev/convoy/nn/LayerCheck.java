package dev.convoy.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.concurrent.Worker;
import dev.convoy.kernel.reference.ReferenceKernels;
import dev.convoy.spark.train.Trial;
import dev.convoy.tensor.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;

class LayerCheck {
  private static Network network(Layer activation) {
    return Network.of("net", new Shape(4, 4, 1))
        .add("conv", Convolution.of(1, 1, Initialization.normal(1)))
        .add("activation", activation)
        .build();
  }

  private static float[] logits(Network network) {
    Replica replica = Replica.evaluating(network, new ReferenceKernels(), 1, 1);
    float[] image = new float[16];
    for (int i = 0; i < image.length; i++) {
      image[i] = i - 8;
    }
    replica.input().fromNchw(image);
    replica.forward(Pass.evaluation(Worker.single(), 1, network.initialWeights(1)));
    return replica.logits().toNchw(1);
  }

  @Test
  void itIsTheIdentityAboveZeroAndFlatterBelow() {
    float[] all = logits(network(new LeakyRelu(1)));
    float[] leaky = logits(network(new LeakyRelu(0.25f)));
    for (int i = 0; i < all.length; i++) {
      assertEquals(all[i] > 0 ? all[i] : 0.25f * all[i], leaky[i]);
    }
  }

  @Test
  void aNetworkLearnsThroughIt() {
    Network network =
        Network.of("net", new Shape(8, 8, 3))
            .add("conv", Convolution.of(8, 3, Initialization.he()))
            .add("activation", new LeakyRelu(0.1f))
            .add("fc", new FullyConnected(10, Initialization.torch()))
            .build();
    List<Double> losses = Trial.losses(network, trainer -> trainer);
    assertTrue(losses.get(losses.size() - 1) < losses.get(0), losses.toString());
  }
}
