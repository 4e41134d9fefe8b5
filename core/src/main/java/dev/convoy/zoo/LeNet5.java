package dev.convoy.zoo;

import static dev.convoy.nn.ActivationLayer.SCALED_TANH;

import dev.convoy.nn.ConnectionTable;
import dev.convoy.nn.Convolution;
import dev.convoy.nn.FullyConnected;
import dev.convoy.nn.Initializer;
import dev.convoy.nn.Network;
import dev.convoy.nn.RadialBasis;
import dev.convoy.nn.Subsampling;
import dev.convoy.tensor.Shape;
import java.util.List;

/**
 * LeNet-5 as in its paper (LeCun, Bottou, Bengio and Haffner 1998, "Gradient-based learning applied
 * to document recognition").
 */
record LeNet5() implements Architecture {
  static final List<Architecture> NETWORKS = List.of(new LeNet5(), new LeNet5Modern());

  static final Shape INPUT = new Shape(32, 32, 1);

  /** Table I of the paper: rows are the feature maps of S2, columns those of C3. */
  private static final ConnectionTable C3 =
      ConnectionTable.of(
          "X . . . X X X . . X X X X . X X",
          "X X . . . X X X . . X X X X . X",
          "X X X . . . X X X . . X . X X X",
          ". X X X . . X X X X . . X . X X",
          ". . X X X . . X X X X . X X . X",
          ". . . X X X . . X X X X . X X X");

  @Override
  public String name() {
    return "lenet5";
  }

  @Override
  public Shape input() {
    return INPUT;
  }

  @Override
  public int classes() {
    return DigitCodes.CLASSES;
  }

  @Override
  public boolean countsConnections() {
    return true;
  }

  @Override
  public String loss() {
    return "rbf";
  }

  @Override
  public Network build(Shape input, int classes) {
    if (classes != DigitCodes.CLASSES) {
      throw new IllegalArgumentException(
          "lenet5 has a code for each of the ten digits, so network.classes is 10, not "
              + classes
              + "; lenet5-modern takes any number");
    }
    return Network.of(name(), input)
        .add("C1", Convolution.of(6, 5, LeNet5::range))
        .add("C1.squash", SCALED_TANH)
        .add("S2", new Subsampling(2))
        .add("S2.squash", SCALED_TANH)
        .add("C3", Convolution.of(C3, 5, LeNet5::range))
        .add("C3.squash", SCALED_TANH)
        .add("S4", new Subsampling(2))
        .add("S4.squash", SCALED_TANH)
        .add("C5", Convolution.of(120, 5, LeNet5::range))
        .add("C5.squash", SCALED_TANH)
        .add("F6", new FullyConnected(84, LeNet5::range))
        .add("F6.squash", SCALED_TANH)
        .add("output", new RadialBasis(DigitCodes.codes()))
        .build();
  }

  /**
   * Returns the initialization of the paper's appendix A: uniform within 2.4 / F, where F is the
   * number of inputs of a unit.
   */
  private static Initializer range(int fanIn) {
    return Initializer.uniform(2.4 / fanIn);
  }
}
