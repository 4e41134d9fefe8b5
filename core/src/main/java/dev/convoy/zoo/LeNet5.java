package dev.convoy.zoo;

import static dev.convoy.nn.ActivationLayer.RELU;
import static dev.convoy.nn.ActivationLayer.SCALED_TANH;

import dev.convoy.nn.ConnectionTable;
import dev.convoy.nn.Convolution;
import dev.convoy.nn.FullyConnected;
import dev.convoy.nn.Initializer;
import dev.convoy.nn.MaxPooling;
import dev.convoy.nn.Network;
import dev.convoy.nn.RadialBasis;
import dev.convoy.nn.Subsampling;
import dev.convoy.tensor.Shape;
import java.util.List;

/**
 * LeNet-5 (LeCun, Bottou, Bengio and Haffner 1998, "Gradient-based learning applied to document
 * recognition"): {@code lenet5} as in the paper, {@code lenet5-modern} as people build it today,
 * with rectifiers, max pooling, all channels joined and softmax.
 */
final class LeNet5 implements NetworkFamily {
  private static final Shape INPUT = new Shape(32, 32, 1);
  private static final String CLASSIC = "lenet5";
  private static final String MODERN = "lenet5-modern";

  /** Table I of the paper: rows are maps of S2, columns maps of C3. */
  private static final ConnectionTable C3 =
      ConnectionTable.of(
          "X . . . X X X . . X X X X . X X",
          "X X . . . X X X . . X X X X . X",
          "X X X . . . X X X . . X . X X X",
          ". X X X . . X X X X . . X . X X",
          ". . X X X . . X X X X . X X . X",
          ". . . X X X . . X X X X . X X X");

  @Override
  public List<String> names() {
    return List.of(CLASSIC, MODERN);
  }

  @Override
  public Network build(String name, Shape input, int classes) {
    return name.equals(CLASSIC) ? classic(input, classes) : modern(input, classes);
  }

  @Override
  public Shape input(String name) {
    return INPUT;
  }

  @Override
  public int classes(String name) {
    return DigitCodes.CLASSES;
  }

  @Override
  public boolean countsConnections(String name) {
    return name.equals(CLASSIC);
  }

  @Override
  public String loss(String name) {
    return name.equals(CLASSIC) ? "rbf" : "softmax-cross-entropy";
  }

  private static Network classic(Shape input, int classes) {
    if (classes != DigitCodes.CLASSES) {
      throw new IllegalArgumentException(
          "lenet5 has a code for each of the ten digits, so network.classes is 10, not "
              + classes
              + "; lenet5-modern takes any number");
    }
    return Network.of(CLASSIC, input)
        .add("C1", Convolution.of(6, 5, LeNet5::paperRange))
        .add("C1.squash", SCALED_TANH)
        .add("S2", new Subsampling(2))
        .add("S2.squash", SCALED_TANH)
        .add("C3", Convolution.of(C3, 5, LeNet5::paperRange))
        .add("C3.squash", SCALED_TANH)
        .add("S4", new Subsampling(2))
        .add("S4.squash", SCALED_TANH)
        .add("C5", Convolution.of(120, 5, LeNet5::paperRange))
        .add("C5.squash", SCALED_TANH)
        .add("F6", new FullyConnected(84, LeNet5::paperRange))
        .add("F6.squash", SCALED_TANH)
        .add("output", new RadialBasis(DigitCodes.codes()))
        .build();
  }

  private static Network modern(Shape input, int classes) {
    return Network.of(MODERN, input)
        .add("conv1", Convolution.of(6, 5, LeNet5::torchRange))
        .add("relu1", RELU)
        .add("pool1", new MaxPooling(2, 2))
        .add("conv2", Convolution.of(16, 5, LeNet5::torchRange))
        .add("relu2", RELU)
        .add("pool2", new MaxPooling(2, 2))
        .add("fc1", new FullyConnected(120, LeNet5::torchRange))
        .add("relu3", RELU)
        .add("fc2", new FullyConnected(84, LeNet5::torchRange))
        .add("relu4", RELU)
        .add("fc3", new FullyConnected(classes, LeNet5::torchRange))
        .build();
  }

  /** The paper's appendix A: uniform within 2.4 / F, F the number of inputs of a unit. */
  private static Initializer paperRange(int inputs) {
    return Initializer.uniform(2.4 / inputs);
  }

  /** What torch begins with: uniform within 1 / sqrt(F). */
  private static Initializer torchRange(int inputs) {
    return Initializer.uniform(1 / StrictMath.sqrt(inputs));
  }
}
