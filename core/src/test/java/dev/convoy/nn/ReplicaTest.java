package dev.convoy.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.convoy.concurrent.Worker;
import dev.convoy.kernel.Kernels;
import dev.convoy.tensor.Shape;
import dev.convoy.testing.Compare;
import dev.convoy.testing.Floats;
import dev.convoy.testing.Implementations;
import dev.convoy.testing.Sum;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Graphs whose values have several readers, layers in place, and microbatches that are not full.
 */
class ReplicaTest {
  private static final Shape INPUT = new Shape(4, 3, 5);

  private static Initializer any(int inputs) {
    return Initializer.uniform(0.5);
  }

  private static Convolution convolution(int outputs) {
    return Convolution.of(outputs, 3, ReplicaTest::any).padding(1);
  }

  @Test
  void gradientsOfAValueWithTwoReadersAddUp() {
    NetworkBuilder builder = Network.of("block with a shortcut", INPUT);
    Value a = builder.add("a", convolution(5), builder.input());
    Value b = builder.add("b", convolution(5), a);
    builder.add("sum", new Sum(), b, a);
    DoubleLayer formula = DoubleLayer.convolution(INPUT, 5, 3, 1, 1, null);
    check(
        builder.build(),
        (input, parameters) -> {
          double[] first = formula.forward(input, parameters.subList(0, 2));
          return plus(formula.forward(first, parameters.subList(2, 4)), first);
        });
  }

  @Test
  void gradientsOfAnImageWithThreeReadersAddUp() {
    NetworkBuilder builder = Network.of("branches", INPUT);
    Value a = builder.add("a", convolution(5), builder.input());
    Value b = builder.add("b", convolution(5), builder.input());
    builder.add("sum", new Sum(), a, builder.input(), b);
    DoubleLayer formula = DoubleLayer.convolution(INPUT, 5, 3, 1, 1, null);
    check(
        builder.build(),
        (input, parameters) ->
            plus(
                plus(formula.forward(input, parameters.subList(0, 2)), input),
                formula.forward(input, parameters.subList(2, 4))));
  }

  @Test
  void gradientsOfAValueThatOneLayerReadsTwiceAddUp() {
    NetworkBuilder builder = Network.of("doubled", INPUT);
    Value a = builder.add("a", convolution(5), builder.input());
    builder.add("sum", new Sum(), a, a);
    DoubleLayer formula = DoubleLayer.convolution(INPUT, 5, 3, 1, 1, null);
    check(
        builder.build(),
        (input, parameters) -> {
          double[] once = formula.forward(input, parameters);
          return plus(once, once);
        });
  }

  @Test
  void aValueThatWasMadeInPlaceMayHaveTwoReaders() {
    NetworkBuilder builder = Network.of("block with ReLU", INPUT);
    builder.add("a", convolution(5));
    Value relu = builder.add("relu", ActivationLayer.RELU, builder.last());
    Value b = builder.add("b", convolution(5), relu);
    builder.add("sum", new Sum(), relu, b);
    DoubleLayer formula = DoubleLayer.convolution(INPUT, 5, 3, 1, 1, null);
    DoubleLayer reluFormula = DoubleLayer.elementwise(x -> x > 0 ? x : 0);
    check(
        builder.build(),
        (input, parameters) -> {
          double[] first =
              reluFormula.forward(formula.forward(input, parameters.subList(0, 2)), parameters);
          return plus(first, formula.forward(first, parameters.subList(2, 4)));
        });
  }

  private static double[] plus(double[] a, double[] b) {
    double[] sum = a.clone();
    for (int i = 0; i < sum.length; i++) {
      sum[i] += b[i];
    }
    return sum;
  }

  private static void check(Network network, DoubleLayer formula) {
    new LayerCheck(network, formula).run();
  }

  @Test
  void aLayerInPlaceCannotReadTheImages() {
    Network network = Network.of("net", INPUT).add("relu", ActivationLayer.RELU).build();
    refused(network, "relu works in place and cannot share its input");
  }

  @Test
  void aLayerInPlaceCannotShareItsInputWithAnotherReader() {
    NetworkBuilder builder = Network.of("net", INPUT);
    Value a = builder.add("a", convolution(5), builder.input());
    Value relu = builder.add("relu", ActivationLayer.RELU, a);
    builder.add("sum", new Sum(), relu, a);
    refused(builder.build(), "relu works in place and cannot share its input");
  }

  @Test
  void aLayerInPlaceCannotFollowAnother() {
    Network network =
        Network.of("net", INPUT)
            .add("a", convolution(5))
            .add("tanh", ActivationLayer.SCALED_TANH)
            .add("relu", ActivationLayer.RELU)
            .build();
    refused(
        network,
        "relu works in place and cannot follow tanh, which needs its own output in the backward pass");
  }

  @Test
  void layersThatReadPaddedActivationsRefuseImages() {
    String needs = " reads activations with padded channels, not images of 4x3x5";
    for (Layer layer :
        List.of(
            new MaxPooling(2, 2), new Subsampling(2), new FullyConnected(3, ReplicaTest::any))) {
      refused(Network.of("net", INPUT).add("first", layer).build(), layer.kind() + needs);
    }
  }

  private static void refused(Network network, String sentence) {
    for (Kernels kernels : Implementations.all()) {
      var refusal =
          assertThrows(
              IllegalArgumentException.class, () -> Replica.training(network, kernels, 2, 1));
      assertEquals(sentence, refusal.getMessage());
    }
  }

  @Test
  void anImagesGradientIsThereOnlyIfItIsAskedFor() {
    Network network = Network.of("net", INPUT).add("a", convolution(5)).build();
    for (Kernels kernels : Implementations.all()) {
      assertNull(Replica.training(network, kernels, 2, 1).inputGradient());
      assertNull(Replica.evaluating(network, kernels, 2, 1).logitsGradient());
    }
  }

  @Test
  void anImagesResultsDoNotDependOnWhatElseIsInTheMicrobatch() {
    Network network =
        Network.of("net", INPUT)
            .add("a", convolution(17))
            .add("relu", ActivationLayer.RELU)
            .add("pool", new MaxPooling(3, 1))
            .add("fc", new FullyConnected(10, ReplicaTest::any))
            .build();
    float[] weights = network.initialWeights(3);
    float[] images = Floats.random(4, 9 * INPUT.size());
    for (Kernels kernels : Implementations.all()) {
      Replica large = Replica.evaluating(network, kernels, 12, 1);
      large.input().fromNchw(images);
      large.forward(Pass.evaluation(Worker.single(), 9, weights));
      float[] together = large.logits().toNchw(9);

      Replica small = Replica.evaluating(network, kernels, 1, 1);
      float[] alone = new float[together.length];
      for (int n = 0; n < 9; n++) {
        float[] image = new float[INPUT.size()];
        System.arraycopy(images, n * image.length, image, 0, image.length);
        small.input().fromNchw(image);
        small.forward(Pass.evaluation(Worker.single(), 1, weights));
        System.arraycopy(small.logits().toNchw(1), 0, alone, n * 10, 10);
      }
      Compare.sameBits(kernels.name(), alone, together);
    }
  }
}
