package dev.convoy.zoo;

import static dev.convoy.nn.ActivationLayer.RELU;

import dev.convoy.nn.BatchNormalization;
import dev.convoy.nn.Convolution;
import dev.convoy.nn.Dropout;
import dev.convoy.nn.FullyConnected;
import dev.convoy.nn.Initialization;
import dev.convoy.nn.Layer;
import dev.convoy.nn.MaxPooling;
import dev.convoy.nn.Network;
import dev.convoy.nn.NetworkBuilder;
import dev.convoy.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * VGG (Simonyan and Zisserman 2014, "Very deep convolutional networks for large-scale image
 * recognition"), table 1: each convolution keeps the size and is followed by ReLU. With batch
 * normalization behind every convolution it is torchvision's.
 *
 * @param features the convolutions, normalizations and poolings before the classifier
 */
record Vgg(String name, boolean batchNorm, List<Layer> features) implements Architecture {
  private static final Layer MAX = new MaxPooling(2, 2);
  private static final Layer LRN = ImageNet.RESPONSE_NORMALIZATION;

  // The columns of the table, block by block.
  private static final List<Layer> A =
      features(List.of(block(64), block(128), block(256, 256), block(512, 512), block(512, 512)));
  private static final List<Layer> A_LRN =
      features(
          List.of(
              List.of(conv3(64), LRN, MAX),
              block(128),
              block(256, 256),
              block(512, 512),
              block(512, 512)));
  private static final List<Layer> B =
      features(
          List.of(
              block(64, 64), block(128, 128), block(256, 256), block(512, 512), block(512, 512)));
  private static final List<Layer> C =
      features(
          List.of(
              block(64, 64),
              block(128, 128),
              List.of(conv3(256), conv3(256), conv1(256), MAX),
              List.of(conv3(512), conv3(512), conv1(512), MAX),
              List.of(conv3(512), conv3(512), conv1(512), MAX)));
  private static final List<Layer> D =
      features(
          List.of(
              block(64, 64),
              block(128, 128),
              block(256, 256, 256),
              block(512, 512, 512),
              block(512, 512, 512)));
  private static final List<Layer> E =
      features(
          List.of(
              block(64, 64),
              block(128, 128),
              block(256, 256, 256, 256),
              block(512, 512, 512, 512),
              block(512, 512, 512, 512)));

  static final List<Architecture> NETWORKS =
      List.of(
          new Vgg("vgg-a", false, A),
          new Vgg("vgg-a-bn", true, A),
          new Vgg("vgg-a-lrn", false, A_LRN),
          new Vgg("vgg-b", false, B),
          new Vgg("vgg-b-bn", true, B),
          new Vgg("vgg-c", false, C),
          new Vgg("vgg-c-bn", true, C),
          new Vgg("vgg-d", false, D),
          new Vgg("vgg-d-bn", true, D),
          new Vgg("vgg-e", false, E),
          new Vgg("vgg-e-bn", true, E),
          new Vgg("vgg16", false, D),
          new Vgg("vgg16-bn", true, D),
          new Vgg("vgg19", false, E),
          new Vgg("vgg19-bn", true, E));

  private static List<Layer> features(List<List<Layer>> blocks) {
    return blocks.stream().flatMap(List::stream).toList();
  }

  /** Returns convolutions of 3x3 and a pooling. */
  private static List<Layer> block(int... channels) {
    List<Layer> layers = new ArrayList<>();
    for (int outChannels : channels) {
      layers.add(conv3(outChannels));
    }
    layers.add(MAX);
    return layers;
  }

  private static Layer conv3(int channels) {
    return Convolution.of(channels, 3, Initialization.he()).padding(1);
  }

  private static Layer conv1(int channels) {
    return Convolution.of(channels, 1, Initialization.he());
  }

  @Override
  public Network build(Shape input, int classes) {
    NetworkBuilder net = Network.of(name, input);
    int place = 0;
    for (Layer layer : features) {
      place = append(net, layer, place);
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

  /**
   * Appends a layer and what follows it.
   *
   * @param place torchvision's number of it, which counts convolutions, normalizations, ReLUs and
   *     poolings
   * @return the number of the next
   */
  private int append(NetworkBuilder net, Layer layer, int place) {
    String at = "features.";
    net.add(at + place, layer);
    if (!(layer instanceof Convolution)) {
      return place + 1;
    }
    if (batchNorm) {
      // It does the work of ReLU too, which has a number of its own in torchvision.
      net.add(at + (place + 1), new BatchNormalization(true));
      return place + 3;
    }
    net.add(at + (place + 1), RELU);
    return place + 2;
  }
}
