package dev.convoy.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.convoy.concurrent.ThreadTeam;
import dev.convoy.kernel.Kernels;
import dev.convoy.tensor.Shape;
import dev.convoy.testing.Compare;
import dev.convoy.testing.Floats;
import dev.convoy.testing.Implementations;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A folded network computes what the network does in evaluation. */
class BatchNormFoldingTest {
  private static final Shape INPUT = new Shape(9, 8, 3);
  private static final int IMAGES = 3;

  private static Convolution convolution(int outputs, int kernel) {
    return Convolution.of(outputs, kernel, inputs -> Initializer.uniform(1 / Math.sqrt(inputs)))
        .padding(kernel / 2);
  }

  /** Two residual blocks, the projection after the convolution that it is added to. */
  private static Network network() {
    NetworkBuilder net = Network.of("residual", INPUT);
    net.add("conv1", convolution(8, 3).withoutBias());
    net.add("bn1", new BatchNormalization(true));
    Value input = net.add("copy", new BatchNormalization(true), net.last());
    Value conv2 = net.add("conv2", convolution(20, 3), input);
    Value project = net.add("project.0", convolution(20, 1).withoutBias(), input);
    Value shortcut = net.add("project.1", new BatchNormalization(false), project);
    Value block = net.add("bn2", new BatchNormalization(true).epsilon(1e-3f), conv2, shortcut);
    Value conv3 = net.add("conv3", convolution(20, 3), block);
    net.add("bn3", new BatchNormalization(false), conv3, block);
    net.add("fc", new FullyConnected(10, inputs -> Initializer.uniform(0.1)));
    return net.build();
  }

  private static float[] weights(Network network) {
    float[] weights = network.initialWeights(1);
    for (Parameter parameter : network.parameters()) {
      if (parameter.shape().length == 1) {
        float[] values = Floats.random(parameter.at(), parameter.count());
        for (int i = 0; i < values.length; i++) {
          values[i] = parameter.name().endsWith("running_var") ? 1.5f + values[i] : values[i];
        }
        parameter.pack(values, weights);
      }
    }
    return weights;
  }

  private static float[] logits(Network network, float[] weights, Kernels kernels, int workers)
      throws Exception {
    Replica replica = Replica.evaluating(network, kernels, IMAGES, workers);
    replica.input().fromNchw(Floats.random(3, IMAGES * INPUT.size()));
    try (ThreadTeam team = new ThreadTeam(workers)) {
      team.run(worker -> replica.forward(Pass.evaluation(worker, IMAGES, weights)));
    }
    return replica.logits().toNchw(IMAGES);
  }

  @Test
  void computesTheSame() throws Exception {
    Network network = network();
    float[] weights = weights(network);
    BatchNormFolding folding = BatchNormFolding.of(network, weights);
    float[] expected = logits(network, weights, Implementations.scalar(), 1);
    float[] folded = logits(folding.network(), folding.weights(), Implementations.scalar(), 1);
    Compare.close("logits", Floats.toDouble(expected), folded, 1e-5);
    for (Kernels kernels : Implementations.all()) {
      for (int workers = 1; workers <= 3; workers++) {
        float[] actual = logits(folding.network(), folding.weights(), kernels, workers);
        Compare.sameBits(kernels.name() + ", " + workers, folded, actual);
      }
    }
  }

  @Test
  void leavesConvolutionsWithWhatFollowsThemInPlace() {
    Network network = network();
    List<String> layers =
        BatchNormFolding.of(network, weights(network)).network().nodes().stream()
            .map(node -> node.name() + ": " + node.layer().kind())
            .toList();
    assertEquals(
        List.of(
            "conv1: convolution",
            "bn1: ReLU",
            "copy: batch normalization, ReLU",
            "project.0: convolution",
            "conv2: convolution",
            "bn2: addition, ReLU",
            "conv3: convolution",
            "bn3: addition",
            "fc: fully connected"),
        layers);
  }
}
