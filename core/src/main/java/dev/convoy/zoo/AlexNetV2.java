package dev.convoy.zoo;

import static dev.convoy.nn.ActivationLayer.RELU;

import dev.convoy.nn.Convolution;
import dev.convoy.nn.Dropout;
import dev.convoy.nn.FullyConnected;
import dev.convoy.nn.Initialization;
import dev.convoy.nn.MaxPooling;
import dev.convoy.nn.Network;
import dev.convoy.tensor.Shape;

/**
 * AlexNet of 2014 (Krizhevsky 2014, "One weird trick for parallelizing convolutional neural
 * networks"), in one tower without response normalization. Widths, first weights and numbers of the
 * layers are torchvision's; its average pooling to 6x6, which changes nothing at 224x224, is left
 * out.
 */
record AlexNetV2() implements Architecture {
  private static final Initialization TORCH = Initialization.torch();

  @Override
  public String name() {
    return "alexnet-v2";
  }

  @Override
  public Network build(Shape input, int classes) {
    return Network.of(name(), input)
        .add("features.0", Convolution.of(64, 11, TORCH).stride(4).padding(2))
        .add("features.1", RELU)
        .add("features.2", new MaxPooling(3, 2))
        .add("features.3", Convolution.of(192, 5, TORCH).padding(2))
        .add("features.4", RELU)
        .add("features.5", new MaxPooling(3, 2))
        .add("features.6", Convolution.of(384, 3, TORCH).padding(1))
        .add("features.7", RELU)
        .add("features.8", Convolution.of(256, 3, TORCH).padding(1))
        .add("features.9", RELU)
        .add("features.10", Convolution.of(256, 3, TORCH).padding(1))
        .add("features.11", RELU)
        .add("features.12", new MaxPooling(3, 2))
        .add("classifier.0", new Dropout(0.5f))
        .add("classifier.1", new FullyConnected(4096, TORCH))
        .add("classifier.2", RELU)
        .add("classifier.3", new Dropout(0.5f))
        .add("classifier.4", new FullyConnected(4096, TORCH))
        .add("classifier.5", RELU)
        .add("classifier.6", new FullyConnected(classes, TORCH))
        .build();
  }
}
