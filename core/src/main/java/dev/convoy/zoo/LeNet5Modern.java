package dev.convoy.zoo;

import static dev.convoy.nn.ActivationLayer.RELU;

import dev.convoy.nn.Convolution;
import dev.convoy.nn.FullyConnected;
import dev.convoy.nn.Initialization;
import dev.convoy.nn.MaxPooling;
import dev.convoy.nn.Network;
import dev.convoy.tensor.Shape;

/**
 * LeNet-5 as people build it today: with ReLU, max pooling, all feature maps connected and softmax.
 */
record LeNet5Modern() implements Architecture {
  private static final Initialization TORCH = Initialization.torch();

  @Override
  public String name() {
    return "lenet5-modern";
  }

  @Override
  public Shape input() {
    return LeNet5.INPUT;
  }

  @Override
  public int classes() {
    return DigitCodes.CLASSES;
  }

  @Override
  public Network build(Shape input, int classes) {
    return Network.of(name(), input)
        .add("conv1", Convolution.of(6, 5, TORCH))
        .add("relu1", RELU)
        .add("pool1", new MaxPooling(2, 2))
        .add("conv2", Convolution.of(16, 5, TORCH))
        .add("relu2", RELU)
        .add("pool2", new MaxPooling(2, 2))
        .add("fc1", new FullyConnected(120, TORCH))
        .add("relu3", RELU)
        .add("fc2", new FullyConnected(84, TORCH))
        .add("relu4", RELU)
        .add("fc3", new FullyConnected(classes, TORCH))
        .build();
  }
}
