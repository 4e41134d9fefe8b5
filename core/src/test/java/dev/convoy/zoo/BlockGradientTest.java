package dev.convoy.zoo;

import static dev.convoy.nn.ActivationLayer.RELU;

import dev.convoy.nn.BatchNormalization;
import dev.convoy.nn.Concatenation;
import dev.convoy.nn.Convolution;
import dev.convoy.nn.DoubleNetwork;
import dev.convoy.nn.FullyConnected;
import dev.convoy.nn.GlobalAveragePooling;
import dev.convoy.nn.Initialization;
import dev.convoy.nn.LayerCheck;
import dev.convoy.nn.MaxPooling;
import dev.convoy.nn.Network;
import dev.convoy.nn.NetworkBuilder;
import dev.convoy.nn.Value;
import dev.convoy.tensor.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Small networks of each kind of block: every gradient against central differences in double
 * precision.
 */
class BlockGradientTest {
  private static final Shape INPUT = new Shape(6, 5, 2);

  private static void check(Network network) {
    new LayerCheck(network, new DoubleNetwork(network)).runAsWhole();
  }

  /** Two blocks: one that changes the shape, and one that does not. */
  @ParameterizedTest
  @CsvSource({
    "BASIC, NONE",
    "BASIC, PADDED",
    "BASIC, PROJECTED",
    "BOTTLENECK, NONE",
    "BOTTLENECK, PADDED",
    "BOTTLENECK, PROJECTED",
    "BOTTLENECK_V1, NONE",
    "BOTTLENECK_V1, PADDED",
    "BOTTLENECK_V1, PROJECTED"
  })
  void residualBlocks(ResidualBlock.Body body, ResidualBlock.Shortcut shortcut) {
    ResidualBlock block = new ResidualBlock(body, shortcut);
    NetworkBuilder net =
        Network.of(body + ", " + shortcut, INPUT)
            .add("conv1", ResidualBlock.convolution(3, 3, 1))
            .add("bn1", new BatchNormalization(true));
    Value first = block.append(net, "layer1.0.", net.last(), 3, 2);
    block.append(net, "layer1.1.", first, 3, 1);
    check(
        net.add("avgpool", new GlobalAveragePooling())
            .add("fc", new FullyConnected(3, Initialization.torch()))
            .build());
  }

  /** Szegedy et al. 2014, figures 2b and 2a. */
  @ParameterizedTest
  @CsvSource({"true", "false"})
  void inceptionModules(boolean reducing) {
    NetworkBuilder net = Network.of("inception, reducing " + reducing, new Shape(3, 3, 1));
    Value x = convolution(net, "conv", net.input(), 16, 1);
    // Maps are joined in sixteens.
    Value b1 = convolution(net, "branch1", x, 16, 1);
    Value reduced3 = reducing ? convolution(net, "branch2.0", x, 2, 1) : x;
    Value b3 = convolution(net, "branch2.1", reduced3, 16, 3);
    Value reduced5 = reducing ? convolution(net, "branch3.0", x, 1, 1) : x;
    Value b5 = convolution(net, "branch3.1", reduced5, 16, 5);
    Value pooled = net.add("branch4.0", new MaxPooling(3, 1, 1, true), x);
    Value pool = reducing ? convolution(net, "branch4.1", pooled, 16, 1) : pooled;
    net.add("inception", new Concatenation(), b1, b3, b5, pool);
    check(
        net.add("avgpool", new GlobalAveragePooling())
            .add("fc", new FullyConnected(3, Initialization.torch()))
            .build());
  }

  private static Value convolution(
      NetworkBuilder net, String name, Value input, int width, int kernel) {
    Convolution layer = Convolution.of(width, kernel, Initialization.torch()).padding(kernel / 2);
    Value value = net.add(name, layer, input);
    return net.add(name + ".relu", RELU, value);
  }

  @Test
  void vggWithBatchNormalization() {
    NetworkBuilder net = Network.of("vgg-bn", INPUT);
    Convolution layer = Convolution.of(3, 3, Initialization.torch()).padding(1);
    check(
        net.add("features.0", layer)
            .add("features.1", new BatchNormalization(true))
            .add("features.3", new MaxPooling(2, 2))
            .add("classifier.0", new FullyConnected(5, Initialization.torch()))
            .add("classifier.1", RELU)
            .add("classifier.3", new FullyConnected(3, Initialization.torch()))
            .build());
  }
}
