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
import dev.convoy.tensor.Shape;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * ResNet and the plain networks beside it (He, Zhang, Ren and Sun 2015, "Deep residual learning for
 * image recognition"), table 1; and the networks for small images of section 4.2, of 6n + 2 layers.
 */
final class ResNet implements NetworkFamily {
  private static final Shape SMALL_INPUT = new Shape(32, 32, 3);
  private static final int SMALL_CLASSES = 10;

  private static final Map<String, Design> DESIGNS = new LinkedHashMap<>();

  static {
    put("resnet18", new ResidualBlock(BASIC, PROJECTED), 2, 2, 2, 2);
    put("resnet34", new ResidualBlock(BASIC, PROJECTED), 3, 4, 6, 3);
    put("resnet50", new ResidualBlock(BOTTLENECK, PROJECTED), 3, 4, 6, 3);
    put("resnet101", new ResidualBlock(BOTTLENECK, PROJECTED), 3, 4, 23, 3);
    put("resnet152", new ResidualBlock(BOTTLENECK, PROJECTED), 3, 8, 36, 3);
    put("resnet50-v1", new ResidualBlock(BOTTLENECK_V1, PROJECTED), 3, 4, 6, 3);
    put("resnet101-v1", new ResidualBlock(BOTTLENECK_V1, PROJECTED), 3, 4, 23, 3);
    put("resnet152-v1", new ResidualBlock(BOTTLENECK_V1, PROJECTED), 3, 8, 36, 3);
    put("plain18", new ResidualBlock(BASIC, NONE), 2, 2, 2, 2);
    put("plain34", new ResidualBlock(BASIC, NONE), 3, 4, 6, 3);
    for (int layers : new int[] {20, 32, 44, 56, 110}) {
      putSmall("cifar-resnet" + layers, new ResidualBlock(BASIC, PADDED), layers);
    }
    for (int layers : new int[] {20, 56}) {
      putSmall("cifar-plain" + layers, new ResidualBlock(BASIC, NONE), layers);
    }
  }

  /**
   * A network of the family.
   *
   * @param small whether it takes images of 32x32, whose channels are 16 to 64 and not 64 to 512
   * @param blocks of each stage; the channels double and the sides halve from one stage to the next
   */
  private record Design(ResidualBlock block, boolean small, List<Integer> blocks) {}

  private static void put(String name, ResidualBlock block, Integer... blocks) {
    DESIGNS.put(name, new Design(block, false, List.of(blocks)));
  }

  private static void putSmall(String name, ResidualBlock block, int layers) {
    int n = (layers - 2) / 6;
    DESIGNS.put(name, new Design(block, true, List.of(n, n, n)));
  }

  @Override
  public List<String> names() {
    return List.copyOf(DESIGNS.keySet());
  }

  @Override
  public int classes(String name) {
    return DESIGNS.get(name).small() ? SMALL_CLASSES : ImageNet.CLASSES;
  }

  @Override
  public Shape input(String name) {
    return DESIGNS.get(name).small() ? SMALL_INPUT : ImageNet.INPUT;
  }

  @Override
  public Network build(String name, Shape input, int classes) {
    Design design = DESIGNS.get(name);
    int firstWidth = design.small() ? 16 : 64;
    Network.Builder net = stem(Network.of(name, input), design, firstWidth);
    int value = design.small() ? 2 : 3;
    int channels = firstWidth;
    for (int stage = 0; stage < design.blocks().size(); stage++) {
      int width = firstWidth << stage;
      for (int block = 0; block < design.blocks().get(stage); block++) {
        String at = String.format(Locale.ROOT, "layer%d.%d.", stage + 1, block);
        int stride = stage > 0 && block == 0 ? 2 : 1;
        value = design.block().append(net, at, value, channels, width, stride);
        channels = design.block().outChannels(width);
      }
    }
    return net.add("avgpool", new GlobalAveragePooling())
        .add("fc", new FullyConnected(classes, Initialization.torch()))
        .build();
  }

  private static Network.Builder stem(Network.Builder net, Design design, int width) {
    BatchNormalization normalization = new BatchNormalization(true);
    return design.small()
        ? net.add("conv1", ResidualBlock.convolution(width, 3, 1)).add("bn1", normalization)
        : net.add("conv1", ResidualBlock.convolution(width, 7, 2))
            .add("bn1", normalization)
            .add("maxpool", new MaxPooling(3, 2, 1, false));
  }
}
