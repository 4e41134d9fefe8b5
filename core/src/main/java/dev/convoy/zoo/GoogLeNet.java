package dev.convoy.zoo;

import static dev.convoy.nn.ActivationLayer.RELU;

import dev.convoy.nn.AdaptiveAveragePooling;
import dev.convoy.nn.AveragePooling;
import dev.convoy.nn.BatchNormalization;
import dev.convoy.nn.Concatenation;
import dev.convoy.nn.Convolution;
import dev.convoy.nn.Dropout;
import dev.convoy.nn.FullyConnected;
import dev.convoy.nn.GlobalAveragePooling;
import dev.convoy.nn.Initialization;
import dev.convoy.nn.Layer;
import dev.convoy.nn.MaxPooling;
import dev.convoy.nn.Network;
import dev.convoy.tensor.Shape;
import java.util.List;

/**
 * GoogLeNet (Szegedy et al. 2014, "Going deeper with convolutions"), table 1: {@code googlenet} as
 * in the paper; {@code googlenet-naive} with its figure 2a for a module, which reduces nothing
 * before its larger filters and gives all that it pools; {@code googlenet-bn} as torchvision has
 * it, with batch normalization in place of biases and response normalization, and 3x3 in the branch
 * of 5x5. Weights begin as in Caffe's model of the paper.
 */
final class GoogLeNet implements NetworkFamily {
  private static final String PAPER = "googlenet";
  private static final String NAIVE = "googlenet-naive";
  private static final String NORMALIZED = "googlenet-bn";

  /** Of the loss of a head in the middle, section 5. */
  private static final float AUXILIARY_WEIGHT = 0.3f;

  /** torchvision's, where torch's own default is 1e-5. */
  private static final float EPSILON = 1e-3f;

  /**
   * Of convolutions and of a head's hidden layer, so that rectifiers begin with positive inputs.
   */
  private static final float BIAS = 0.2f;

  private static final Initialization XAVIER = Initialization.xavier();

  @Override
  public List<String> names() {
    return List.of(PAPER, NAIVE, NORMALIZED);
  }

  @Override
  public int classes(String name) {
    return ImageNet.CLASSES;
  }

  @Override
  public Shape input(String name) {
    return ImageNet.INPUT;
  }

  @Override
  public Network build(String name, Shape input, int classes) {
    return new Assembly(name, input, classes).network();
  }

  /** Maps of an inception module (figure 2b): of each branch, and of the reductions before two. */
  private record Inception(int b1, int reduce3, int b3, int reduce5, int b5, int pool) {}

  /** The network under construction; methods return the number of the value that they append. */
  private static final class Assembly {
    private final Network.Builder net;
    private final boolean normalized;
    private final boolean naive;
    private final int classes;

    Assembly(String name, Shape input, int classes) {
      net = Network.of(name, input);
      normalized = name.equals(NORMALIZED);
      naive = name.equals(NAIVE);
      this.classes = classes;
    }

    Network network() {
      int x = stem();
      x = inception("3a", x, new Inception(64, 96, 128, 16, 32, 32));
      x = inception("3b", x, new Inception(128, 128, 192, 32, 96, 64));
      x = maxPool("maxpool3", x, 3, 2, 0);
      x = inception("4a", x, new Inception(192, 96, 208, 16, 48, 64));
      head("aux1", x);
      x = inception("4b", x, new Inception(160, 112, 224, 24, 64, 64));
      x = inception("4c", x, new Inception(128, 128, 256, 24, 64, 64));
      x = inception("4d", x, new Inception(112, 144, 288, 32, 64, 64));
      head("aux2", x);
      x = inception("4e", x, new Inception(256, 160, 320, 32, 128, 128));
      x = maxPool("maxpool4", x, normalized ? 2 : 3, 2, 0);
      x = inception("5a", x, new Inception(256, 160, 320, 32, 128, 128));
      x = inception("5b", x, new Inception(384, 192, 384, 48, 128, 128));
      x = add("avgpool", new GlobalAveragePooling(), x);
      x = add("dropout", new Dropout(normalized ? 0.2f : 0.4f), x);
      add("fc", new FullyConnected(classes, XAVIER), x);
      return net.build();
    }

    private int stem() {
      int x = convolution("conv1", 0, 64, 7, 2);
      x = maxPool("maxpool1", x, 3, 2, 0);
      x = responseNormalization("norm1", x);
      x = convolution("conv2", x, 64, 1, 1);
      x = convolution("conv3", x, 192, 3, 1);
      x = responseNormalization("norm2", x);
      return maxPool("maxpool2", x, 3, 2, 0);
    }

    private int responseNormalization(String name, int input) {
      return normalized ? input : add(name, ImageNet.RESPONSE_NORMALIZATION, input);
    }

    /** Padded to keep the size, with what follows every convolution. */
    private int convolution(String name, int input, int outChannels, int kernel, int stride) {
      Convolution convolution =
          Convolution.of(outChannels, kernel, XAVIER.withBiases(BIAS))
              .stride(stride)
              .padding(kernel / 2);
      if (normalized) {
        int x = add(name + ".conv", convolution.withoutBias(), input);
        return add(name + ".bn", new BatchNormalization(true).epsilon(EPSILON), x);
      }
      return add(name + ".relu", RELU, add(name + ".conv", convolution, input));
    }

    private int maxPool(String name, int input, int size, int stride, int padding) {
      return add(name, new MaxPooling(size, stride, padding, true), input);
    }

    private int inception(String name, int input, Inception channels) {
      return naive ? naive(name, input, channels) : reducing(name, input, channels);
    }

    private int naive(String name, int input, Inception channels) {
      String at = "inception" + name + ".branch";
      int b1 = convolution(at + "1", input, channels.b1(), 1, 1);
      int b3 = convolution(at + "2", input, channels.b3(), 3, 1);
      int b5 = convolution(at + "3", input, channels.b5(), 5, 1);
      int pool = maxPool(at + "4", input, 3, 1, 1);
      return add("inception" + name, new Concatenation(), b1, b3, b5, pool);
    }

    private int reducing(String name, int input, Inception channels) {
      String at = "inception" + name + ".branch";
      int b1 = convolution(at + "1", input, channels.b1(), 1, 1);
      int reduced3 = convolution(at + "2.0", input, channels.reduce3(), 1, 1);
      int b3 = convolution(at + "2.1", reduced3, channels.b3(), 3, 1);
      int reduced5 = convolution(at + "3.0", input, channels.reduce5(), 1, 1);
      int b5 = convolution(at + "3.1", reduced5, channels.b5(), normalized ? 3 : 5, 1);
      int pooled = maxPool(at + "4.0", input, 3, 1, 1);
      int pool = convolution(at + "4.1", pooled, channels.pool(), 1, 1);
      return add("inception" + name, new Concatenation(), b1, b3, b5, pool);
    }

    /** A classifier in the middle, in training only, that brings gradients to what is below it. */
    private void head(String name, int input) {
      Layer pooling = normalized ? new AdaptiveAveragePooling(4) : new AveragePooling(5, 3);
      int x = add(name + ".avgpool", pooling, input);
      x = convolution(name + ".conv", x, 128, 1, 1);
      x = add(name + ".fc1", new FullyConnected(1024, XAVIER.withBiases(BIAS)), x);
      x = add(name + ".relu", RELU, x);
      x = add(name + ".dropout", new Dropout(0.7f), x);
      x = add(name + ".fc2", new FullyConnected(classes, XAVIER), x);
      net.auxiliary(x, AUXILIARY_WEIGHT);
    }

    private int add(String name, Layer layer, Integer... inputs) {
      return net.addReading(name, layer, List.of(inputs));
    }
  }
}
