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
import dev.convoy.nn.NetworkBuilder;
import dev.convoy.nn.Value;
import dev.convoy.tensor.Shape;
import java.util.List;

/**
 * GoogLeNet (Szegedy et al. 2014, "Going deeper with convolutions"), table 1. Weights begin as in
 * Caffe's model of the paper.
 *
 * @param variant which of its forms
 */
record GoogLeNet(String name, Variant variant) implements Architecture {
  static final List<Architecture> NETWORKS =
      List.of(
          new GoogLeNet("googlenet", Variant.PAPER),
          new GoogLeNet("googlenet-naive", Variant.NAIVE),
          new GoogLeNet("googlenet-bn", Variant.BATCH_NORM));

  /** Its forms. */
  enum Variant {
    /** The paper's. */
    PAPER,
    /**
     * With the module of figure 2a, which has no 1x1 convolutions before its larger filters and
     * behind its pooling.
     */
    NAIVE,
    /**
     * torchvision's, with batch normalization in place of biases and response normalization, and
     * 3x3 in the branch of 5x5.
     */
    BATCH_NORM
  }

  /** The rows of table 1 between the stem and the classifier, and where the heads branch off. */
  private static final List<Row> ROWS =
      List.of(
          new Inception("3a", 64, 96, 128, 16, 32, 32),
          new Inception("3b", 128, 128, 192, 32, 96, 64),
          new Pool("maxpool3", 3),
          new Inception("4a", 192, 96, 208, 16, 48, 64),
          new Head("aux1"),
          new Inception("4b", 160, 112, 224, 24, 64, 64),
          new Inception("4c", 128, 128, 256, 24, 64, 64),
          new Inception("4d", 112, 144, 288, 32, 64, 64),
          new Head("aux2"),
          new Inception("4e", 256, 160, 320, 32, 128, 128),
          new Pool("maxpool4", 2),
          new Inception("5a", 256, 160, 320, 32, 128, 128),
          new Inception("5b", 384, 192, 384, 48, 128, 128));

  /** A row of the table. */
  private interface Row {}

  /** An inception module (figure 2b): channels of each branch, and of the reductions before two. */
  private record Inception(String name, int b1, int reduce3, int b3, int reduce5, int b5, int pool)
      implements Row {}

  /** Max pooling with a stride of 2, by a window of 3 or torchvision's. */
  private record Pool(String name, int torchvisionsSize) implements Row {}

  /** An auxiliary classifier, in training only, which brings gradients to the layers below it. */
  private record Head(String name) implements Row {}

  /** Weight of an auxiliary head's loss, section 5. */
  private static final float AUXILIARY_WEIGHT = 0.3f;

  /** torchvision's, where torch's own default is 1e-5. */
  private static final float EPSILON = 1e-3f;

  /**
   * Initial biases of convolutions and of a head's hidden layer, so that ReLUs begin with positive
   * inputs.
   */
  private static final float BIAS = 0.2f;

  private static final Initialization XAVIER = Initialization.xavier();

  @Override
  public Network build(Shape input, int classes) {
    return new Assembly(name, variant, input, classes).network();
  }

  /** The network under construction; methods return the output of what they append. */
  private static final class Assembly {
    private final NetworkBuilder graph;
    private final boolean batchNorm;
    private final boolean naive;
    private final int classes;

    Assembly(String name, Variant variant, Shape input, int classes) {
      graph = Network.of(name, input);
      batchNorm = variant == Variant.BATCH_NORM;
      naive = variant == Variant.NAIVE;
      this.classes = classes;
    }

    Network network() {
      Value x = stem();
      for (Row row : ROWS) {
        x = append(row, x);
      }
      x = graph.add("avgpool", new GlobalAveragePooling(), x);
      x = graph.add("dropout", new Dropout(batchNorm ? 0.2f : 0.4f), x);
      x = graph.add("fc", new FullyConnected(classes, XAVIER), x);
      return graph.build(x);
    }

    private Value stem() {
      Value x = convolution("conv1", graph.input(), 64, 7, 2);
      x = maxPool("maxpool1", x, 3, 2, 0);
      x = responseNormalization("norm1", x);
      x = convolution("conv2", x, 64, 1, 1);
      x = convolution("conv3", x, 192, 3, 1);
      x = responseNormalization("norm2", x);
      return maxPool("maxpool2", x, 3, 2, 0);
    }

    /** Returns what the next row reads: a head leads nowhere. */
    private Value append(Row row, Value x) {
      if (row instanceof Inception module) {
        return naive ? naive(module, x) : reducing(module, x);
      }
      if (row instanceof Pool pool) {
        return maxPool(pool.name(), x, batchNorm ? pool.torchvisionsSize() : 3, 2, 0);
      }
      head(((Head) row).name(), x);
      return x;
    }

    private Value responseNormalization(String name, Value x) {
      return batchNorm ? x : graph.add(name, ImageNet.RESPONSE_NORMALIZATION, x);
    }

    /** Appends a convolution that keeps the size, and what follows every convolution. */
    private Value convolution(String name, Value x, int outChannels, int kernel, int stride) {
      Convolution convolution =
          Convolution.of(outChannels, kernel, XAVIER.withBiases(BIAS))
              .stride(stride)
              .padding(kernel / 2);
      if (batchNorm) {
        Value sums = graph.add(name + ".conv", convolution.withoutBias(), x);
        return graph.add(name + ".bn", new BatchNormalization(true).epsilon(EPSILON), sums);
      }
      return graph.add(name + ".relu", RELU, graph.add(name + ".conv", convolution, x));
    }

    private Value maxPool(String name, Value x, int size, int stride, int padding) {
      return graph.add(name, new MaxPooling(size, stride, padding, true), x);
    }

    private Value naive(Inception module, Value x) {
      String at = "inception" + module.name() + ".branch";
      Value b1 = convolution(at + "1", x, module.b1(), 1, 1);
      Value b3 = convolution(at + "2", x, module.b3(), 3, 1);
      Value b5 = convolution(at + "3", x, module.b5(), 5, 1);
      Value pool = maxPool(at + "4", x, 3, 1, 1);
      return graph.add("inception" + module.name(), new Concatenation(), b1, b3, b5, pool);
    }

    private Value reducing(Inception module, Value x) {
      String at = "inception" + module.name() + ".branch";
      Value b1 = convolution(at + "1", x, module.b1(), 1, 1);
      Value reduced3 = convolution(at + "2.0", x, module.reduce3(), 1, 1);
      Value b3 = convolution(at + "2.1", reduced3, module.b3(), 3, 1);
      Value reduced5 = convolution(at + "3.0", x, module.reduce5(), 1, 1);
      Value b5 = convolution(at + "3.1", reduced5, module.b5(), batchNorm ? 3 : 5, 1);
      Value pooled = maxPool(at + "4.0", x, 3, 1, 1);
      Value pool = convolution(at + "4.1", pooled, module.pool(), 1, 1);
      return graph.add("inception" + module.name(), new Concatenation(), b1, b3, b5, pool);
    }

    private void head(String name, Value input) {
      Layer pooling = batchNorm ? new AdaptiveAveragePooling(4) : new AveragePooling(5, 3);
      Value x = graph.add(name + ".avgpool", pooling, input);
      x = convolution(name + ".conv", x, 128, 1, 1);
      x = graph.add(name + ".fc1", new FullyConnected(1024, XAVIER.withBiases(BIAS)), x);
      x = graph.add(name + ".relu", RELU, x);
      x = graph.add(name + ".dropout", new Dropout(0.7f), x);
      x = graph.add(name + ".fc2", new FullyConnected(classes, XAVIER), x);
      graph.auxiliary(x, AUXILIARY_WEIGHT);
    }
  }
}
