package dev.convoy.zoo;

import static dev.convoy.nn.ActivationLayer.RELU;

import dev.convoy.nn.Convolution;
import dev.convoy.nn.Dropout;
import dev.convoy.nn.FullyConnected;
import dev.convoy.nn.Initialization;
import dev.convoy.nn.MaxPooling;
import dev.convoy.nn.Network;
import dev.convoy.nn.NetworkBuilder;
import dev.convoy.tensor.Shape;
import java.util.List;

/**
 * AlexNet (Krizhevsky, Sutskever and Hinton 2012, "ImageNet classification with deep convolutional
 * neural networks"), in two groups. Weights begin as the paper's section 5 says.
 *
 * @param poolsFirst whether pooling comes before response normalization, as in Caffe's variant, and
 *     not after it, as in the paper
 */
record AlexNet(String name, boolean poolsFirst) implements Architecture {
  static final List<Architecture> NETWORKS =
      List.of(new AlexNet("alexnet", false), new AlexNet("caffenet", true), new AlexNetV2());

  private static final Shape INPUT = new Shape(227, 227, 3);

  private static final Initialization BIASES_OF_ZERO = Initialization.normal(0.01);

  /** Biases of one, so that ReLUs have positive inputs when training begins. */
  private static final Initialization BIASES_OF_ONE = BIASES_OF_ZERO.withBiases(1f);

  @Override
  public Shape input() {
    return INPUT;
  }

  @Override
  public Network build(Shape input, int classes) {
    NetworkBuilder net = Network.of(name, input);
    net.add("features.0", Convolution.of(96, 11, BIASES_OF_ZERO).stride(4)).add("relu1", RELU);
    normalizeAndPool(net, 1);
    net.add("features.4", Convolution.of(256, 5, BIASES_OF_ONE).padding(2).groups(2))
        .add("relu2", RELU);
    normalizeAndPool(net, 2);
    return net.add("features.8", Convolution.of(384, 3, BIASES_OF_ZERO).padding(1))
        .add("relu3", RELU)
        .add("features.10", Convolution.of(384, 3, BIASES_OF_ONE).padding(1).groups(2))
        .add("relu4", RELU)
        .add("features.12", Convolution.of(256, 3, BIASES_OF_ONE).padding(1).groups(2))
        .add("relu5", RELU)
        .add("pool5", new MaxPooling(3, 2))
        .add("classifier.1", new FullyConnected(4096, BIASES_OF_ONE))
        .add("relu6", RELU)
        .add("dropout6", new Dropout(0.5f))
        .add("classifier.4", new FullyConnected(4096, BIASES_OF_ONE))
        .add("relu7", RELU)
        .add("dropout7", new Dropout(0.5f))
        .add("classifier.6", new FullyConnected(classes, BIASES_OF_ZERO))
        .build();
  }

  private void normalizeAndPool(NetworkBuilder net, int block) {
    if (poolsFirst) {
      net.add("pool" + block, new MaxPooling(3, 2));
    }
    net.add("norm" + block, ImageNet.RESPONSE_NORMALIZATION);
    if (!poolsFirst) {
      net.add("pool" + block, new MaxPooling(3, 2));
    }
  }
}
