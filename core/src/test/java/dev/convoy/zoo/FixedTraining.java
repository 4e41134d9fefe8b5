package dev.convoy.zoo;

import dev.convoy.kernel.KernelChoice;
import dev.convoy.kernel.Kernels;
import dev.convoy.loss.Loss;
import dev.convoy.loss.Losses;
import dev.convoy.nn.ActivationLayer;
import dev.convoy.nn.ConnectionTable;
import dev.convoy.nn.Convolution;
import dev.convoy.nn.FullyConnected;
import dev.convoy.nn.Initializer;
import dev.convoy.nn.MaxPooling;
import dev.convoy.nn.Network;
import dev.convoy.nn.Parameter;
import dev.convoy.nn.RadialBasis;
import dev.convoy.nn.Subsampling;
import dev.convoy.optim.Sgd;
import dev.convoy.tensor.Shape;
import dev.convoy.testing.Floats;
import dev.convoy.testing.Training;
import dev.convoy.weights.NamedTensor;
import dev.convoy.weights.WeightsDigest;
import java.util.ArrayList;
import java.util.List;

/** Networks trained on fixed data, as a program: prints the digest of all weights. */
final class FixedTraining {
  /** Every layer of LeNet-5, old and new, on images so small that an interpreter is quick too. */
  private static final Network TINY =
      Network.of("tiny", new Shape(10, 10, 1))
          .add("conv1", Convolution.of(3, 3, FixedTraining::range))
          .add("squash1", ActivationLayer.SCALED_TANH)
          .add("subsample", new Subsampling(2))
          .add(
              "conv2",
              Convolution.of(ConnectionTable.of("XX", "X.", ".X"), 3, FixedTraining::range))
          .add("relu", ActivationLayer.RELU)
          .add("pool", new MaxPooling(2, 1))
          .add("fc", new FullyConnected(84, FixedTraining::range))
          .add("squash2", ActivationLayer.SCALED_TANH)
          .add("output", new RadialBasis(DigitCodes.codes()))
          .build();

  private FixedTraining() {}

  private static Initializer range(int inputs) {
    return Initializer.uniform(2.4 / inputs);
  }

  /** Arguments: the implementation of kernels, and {@code tiny} or {@code lenet5}. */
  public static void main(String[] arguments) {
    System.out.println(KernelChoice.of(arguments[0]).kernels().description());
    System.out.println(sha256(arguments[0], arguments[1]));
  }

  static String sha256(String implementation, String what) {
    Kernels kernels = KernelChoice.of(implementation).kernels();
    List<NamedTensor> trained = new ArrayList<>();
    if (what.equals("tiny")) {
      train(kernels, TINY, Losses.of("rbf", Losses.Settings.ofConstant(1)), trained);
    } else {
      for (String name : List.of("lenet5", "lenet5-modern")) {
        train(
            kernels,
            Zoo.named(name).classes(10).build(),
            Losses.of(Zoo.named(name).loss(), Losses.Settings.ofConstant(1)),
            trained);
      }
    }
    return WeightsDigest.sha256(trained);
  }

  /** Ten steps on two images. */
  private static void train(
      Kernels kernels, Network network, Loss loss, List<NamedTensor> trained) {
    float[] weights = network.initialWeights(1);
    Training training =
        new Training(
            network,
            kernels,
            loss,
            new Sgd(0.9f, 1e-4f),
            1e-3f,
            Floats.random(2, 2 * network.input().size()),
            new int[] {7, 2},
            weights);
    float last = 0;
    for (int step = 0; step < 10; step++) {
      last = training.step();
    }
    if (!Float.isFinite(last)) {
      throw new IllegalStateException("the digest of a diverged run tells nothing");
    }
    for (Parameter parameter : network.parameters()) {
      String name = network.name() + "/" + parameter.name();
      trained.add(new NamedTensor(name, parameter.shape(), parameter.unpack(weights)));
    }
  }
}
