package dev.convoy.zoo;

import static dev.convoy.zoo.ResidualBlock.Body.BASIC;
import static dev.convoy.zoo.ResidualBlock.Body.BOTTLENECK;
import static dev.convoy.zoo.ResidualBlock.Body.BOTTLENECK_V1;
import static dev.convoy.zoo.ResidualBlock.Shortcut.NONE;
import static dev.convoy.zoo.ResidualBlock.Shortcut.PADDED;
import static dev.convoy.zoo.ResidualBlock.Shortcut.PROJECTED;

import dev.convoy.nn.BatchNormalization;
import dev.convoy.nn.FullyConnected;
import dev.convoy.nn.GlobalAveragePooling;
import dev.convoy.nn.Initialization;
import dev.convoy.nn.MaxPooling;
import dev.convoy.nn.Network;
import dev.convoy.nn.NetworkBuilder;
import dev.convoy.nn.Value;
import dev.convoy.tensor.Shape;
import java.util.List;
import java.util.Locale;

/**
 * ResNet and the plain networks beside it (He, Zhang, Ren and Sun 2015, "Deep residual learning for
 * image recognition"), table 1; and the networks for small images of section 4.2, of 6n + 2 layers.
 *
 * @param stem the layers before the first block
 * @param stages how many blocks each stage has; from one stage to the next the channels double and
 *     the sides halve
 */
record ResNet(String name, Stem stem, ResidualBlock block, List<Integer> stages)
    implements Architecture {
  static final List<Architecture> NETWORKS =
      List.of(
          imageNet("resnet18", new ResidualBlock(BASIC, PROJECTED), 2, 2, 2, 2),
          imageNet("resnet34", new ResidualBlock(BASIC, PROJECTED), 3, 4, 6, 3),
          imageNet("resnet50", new ResidualBlock(BOTTLENECK, PROJECTED), 3, 4, 6, 3),
          imageNet("resnet101", new ResidualBlock(BOTTLENECK, PROJECTED), 3, 4, 23, 3),
          imageNet("resnet152", new ResidualBlock(BOTTLENECK, PROJECTED), 3, 8, 36, 3),
          imageNet("resnet50-v1", new ResidualBlock(BOTTLENECK_V1, PROJECTED), 3, 4, 6, 3),
          imageNet("resnet101-v1", new ResidualBlock(BOTTLENECK_V1, PROJECTED), 3, 4, 23, 3),
          imageNet("resnet152-v1", new ResidualBlock(BOTTLENECK_V1, PROJECTED), 3, 8, 36, 3),
          imageNet("plain18", new ResidualBlock(BASIC, NONE), 2, 2, 2, 2),
          imageNet("plain34", new ResidualBlock(BASIC, NONE), 3, 4, 6, 3),
          cifar("cifar-resnet20", new ResidualBlock(BASIC, PADDED), 3),
          cifar("cifar-resnet32", new ResidualBlock(BASIC, PADDED), 5),
          cifar("cifar-resnet44", new ResidualBlock(BASIC, PADDED), 7),
          cifar("cifar-resnet56", new ResidualBlock(BASIC, PADDED), 9),
          cifar("cifar-resnet110", new ResidualBlock(BASIC, PADDED), 18),
          cifar("cifar-plain20", new ResidualBlock(BASIC, NONE), 3),
          cifar("cifar-plain56", new ResidualBlock(BASIC, NONE), 9));

  /**
   * The layers before the first block, and the images that they are made for.
   *
   * @param width channels of its output and of the first stage's convolutions of 3x3
   * @param kernel side of its convolution's filter
   * @param stride step of its convolution
   * @param pools whether max pooling follows
   */
  record Stem(int width, int kernel, int stride, boolean pools, Shape input, int classes) {
    private static final Stem IMAGENET = new Stem(64, 7, 2, true, ImageNet.INPUT, ImageNet.CLASSES);
    private static final Stem CIFAR = new Stem(16, 3, 1, false, new Shape(32, 32, 3), 10);

    private Value append(NetworkBuilder graph) {
      graph.add("conv1", ResidualBlock.convolution(width, kernel, stride));
      graph.add("bn1", new BatchNormalization(true));
      if (pools) {
        graph.add("maxpool", new MaxPooling(3, 2, 1, false));
      }
      return graph.last();
    }
  }

  private static ResNet imageNet(String name, ResidualBlock block, Integer... stages) {
    return new ResNet(name, Stem.IMAGENET, block, List.of(stages));
  }

  /** Returns a network for small images, of three stages of n blocks each. */
  private static ResNet cifar(String name, ResidualBlock block, int n) {
    return new ResNet(name, Stem.CIFAR, block, List.of(n, n, n));
  }

  @Override
  public Shape input() {
    return stem.input;
  }

  @Override
  public int classes() {
    return stem.classes;
  }

  @Override
  public Network build(Shape input, int classes) {
    NetworkBuilder graph = Network.of(name, input);
    Value x = stem.append(graph);
    for (int stage = 0; stage < stages.size(); stage++) {
      int width = stem.width << stage;
      for (int b = 0; b < stages.get(stage); b++) {
        int stride = stage > 0 && b == 0 ? 2 : 1;
        String at = String.format(Locale.ROOT, "layer%d.%d.", stage + 1, b);
        x = block.append(graph, at, x, width, stride);
      }
    }
    x = graph.add("avgpool", new GlobalAveragePooling(), x);
    x = graph.add("fc", new FullyConnected(classes, Initialization.torch()), x);
    return graph.build(x);
  }
}
