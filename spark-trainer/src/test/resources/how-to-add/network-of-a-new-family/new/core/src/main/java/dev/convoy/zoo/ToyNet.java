package dev.convoy.zoo;

import static dev.convoy.nn.ActivationLayer.RELU;

import dev.convoy.nn.Convolution;
import dev.convoy.nn.FullyConnected;
import dev.convoy.nn.Initialization;
import dev.convoy.nn.MaxPooling;
import dev.convoy.nn.Network;
import dev.convoy.tensor.Shape;
import java.util.List;

/**
 * One convolution and a classifier, for images of CIFAR's size.
 *
 * @param channels of the convolution
 */
record ToyNet(String name, int channels) implements Architecture {
  static final List<Architecture> NETWORKS = List.of(new ToyNet("toynet", 16));

  @Override
  public Shape input() {
    return new Shape(32, 32, 3);
  }

  @Override
  public int classes() {
    return 10;
  }

  @Override
  public Network build(Shape input, int classes) {
    return Network.of(name, input)
        .add("features.0", Convolution.of(channels, 5, Initialization.he()).padding(2))
        .add("features.1", RELU)
        .add("features.2", new MaxPooling(2, 2))
        .add("classifier", new FullyConnected(classes, Initialization.torch()))
        .build();
  }
}
