package dev.convoy.nn;

import dev.convoy.concurrent.ThreadTeam;
import dev.convoy.concurrent.Worker;
import dev.convoy.kernel.Kernels;
import dev.convoy.tensor.Shape;
import dev.convoy.testing.Compare;
import dev.convoy.testing.Floats;
import dev.convoy.testing.Implementations;
import org.junit.jupiter.api.Test;

/** What is kept of weights that never change does not change the bits of what comes out. */
class InferringTest {
  private static final int IMAGES = 2;

  /** Direct and Winograd's convolutions, one of them in groups. */
  private static final Network NETWORK =
      Network.of("small", new Shape(16, 16, 3))
          .add("conv1", Convolution.of(32, 3, Initialization.he()).padding(1))
          .add("relu1", ActivationLayer.RELU)
          .add("conv2", Convolution.of(32, 3, Initialization.he()).padding(1))
          .add("relu2", ActivationLayer.RELU)
          .add("conv3", Convolution.of(64, 3, Initialization.he()).padding(1).groups(2))
          .add("pool", new MaxPooling(2, 2))
          .add("conv4", Convolution.of(17, 1, Initialization.he()).stride(2))
          .add("fc", new FullyConnected(5, Initialization.torch()))
          .build();

  @Test
  void everyPassGivesTheBitsOfAnEvaluation() throws Exception {
    float[] weights = NETWORK.initialWeights(3);
    for (Kernels kernels : Implementations.all()) {
      Replica evaluating = Replica.evaluating(NETWORK, kernels, IMAGES, 1);
      Replica inferring = Replica.inferring(NETWORK, kernels, IMAGES, 2);
      try (ThreadTeam team = new ThreadTeam(2)) {
        for (int pass = 0; pass < 3; pass++) {
          float[] images = Floats.random(pass, IMAGES * NETWORK.input().size());
          evaluating.input().fromNchw(images);
          inferring.input().fromNchw(images);
          evaluating.forward(Pass.evaluation(Worker.single(), IMAGES, weights));
          team.run(worker -> inferring.forward(Pass.evaluation(worker, IMAGES, weights)));
          Compare.sameBits(
              kernels.name() + ", pass " + pass,
              evaluating.logits().toNchw(IMAGES),
              inferring.logits().toNchw(IMAGES));
        }
      }
    }
  }
}
