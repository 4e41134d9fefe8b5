package dev.convoy.zoo;

import static dev.convoy.nn.ActivationLayer.RELU;

import dev.convoy.nn.BatchNormalization;
import dev.convoy.nn.Convolution;
import dev.convoy.nn.Dropout;
import dev.convoy.nn.FullyConnected;
import dev.convoy.nn.Initialization;
import dev.convoy.nn.MaxPooling;
import dev.convoy.nn.Network;
import dev.convoy.tensor.Shape;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * VGG (Simonyan and Zisserman 2014, "Very deep convolutional networks for large-scale image
 * recognition"), table 1. Each block ends with max pooling; convolutions keep the size. A name that
 * ends in {@code -bn} is torchvision's, with batch normalization behind every convolution.
 */
final class Vgg implements NetworkFamily {
  private static final String NORMALIZED = "-bn";

  private static final Map<String, String> BLOCKS = new LinkedHashMap<>();

  static {
    // Maps of each convolution of 3x3; "1x1-" before those of 1x1; "lrn" normalizes; "|" pools.
    BLOCKS.put("vgg-a", "64 | 128 | 256 256 | 512 512 | 512 512 |");
    BLOCKS.put("vgg-a-lrn", "64 lrn | 128 | 256 256 | 512 512 | 512 512 |");
    BLOCKS.put("vgg-b", "64 64 | 128 128 | 256 256 | 512 512 | 512 512 |");
    BLOCKS.put("vgg-c", "64 64 | 128 128 | 256 256 1x1-256 | 512 512 1x1-512 | 512 512 1x1-512 |");
    BLOCKS.put("vgg-d", "64 64 | 128 128 | 256 256 256 | 512 512 512 | 512 512 512 |");
    BLOCKS.put("vgg-e", "64 64 | 128 128 | 256 256 256 256 | 512 512 512 512 | 512 512 512 512 |");
    BLOCKS.put("vgg16", BLOCKS.get("vgg-d"));
    BLOCKS.put("vgg19", BLOCKS.get("vgg-e"));
  }

  @Override
  public List<String> names() {
    // Nobody normalizes twice.
    return BLOCKS.keySet().stream()
        .flatMap(
            name -> name.endsWith("lrn") ? Stream.of(name) : Stream.of(name, name + NORMALIZED))
        .toList();
  }

  @Override
  public Shape input(String name) {
    return ImageNet.INPUT;
  }

  @Override
  public int classes(String name) {
    return ImageNet.CLASSES;
  }

  @Override
  public Network build(String name, Shape input, int classes) {
    Network.Builder net = Network.of(name, input);
    boolean normalized = name.endsWith(NORMALIZED);
    String blocks = BLOCKS.get(normalized ? name.replace(NORMALIZED, "") : name);
    int place = 0;
    for (String item : blocks.split(" ", -1)) {
      place = append(net, item, normalized, place);
    }
    return net.add("classifier.0", new FullyConnected(4096, Initialization.he()))
        .add("classifier.1", RELU)
        .add("classifier.2", new Dropout(0.5f))
        .add("classifier.3", new FullyConnected(4096, Initialization.he()))
        .add("classifier.4", RELU)
        .add("classifier.5", new Dropout(0.5f))
        .add("classifier.6", new FullyConnected(classes, Initialization.normal(0.01)))
        .build();
  }

  /** Appends an item of the table; torchvision numbers convolutions, rectifiers and poolings. */
  private static int append(Network.Builder net, String item, boolean normalized, int place) {
    String at = "features.";
    switch (item) {
      case "|" -> net.add(at + place, new MaxPooling(2, 2));
      case "lrn" -> net.add(at + place, ImageNet.RESPONSE_NORMALIZATION);
      default -> {
        boolean pointwise = item.startsWith("1x1-");
        int channels = Integer.parseInt(pointwise ? item.substring(4) : item);
        int kernel = pointwise ? 1 : 3;
        net.add(
            at + place, Convolution.of(channels, kernel, Initialization.he()).padding(kernel / 2));
        if (normalized) {
          // Does the rectifier's work too, which has a place of its own in torchvision.
          net.add(at + (place + 1), new BatchNormalization(true));
          return place + 3;
        }
        net.add(at + (place + 1), RELU);
        return place + 2;
      }
    }
    return place + 1;
  }
}
