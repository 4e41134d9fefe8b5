package org.example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.concurrent.Worker;
import dev.convoy.kernel.KernelChoice;
import dev.convoy.kernel.Kernels;
import dev.convoy.kernel.VirtualNodeTree;
import dev.convoy.loss.SoftmaxCrossEntropy;
import dev.convoy.nn.Binding;
import dev.convoy.nn.BoundLayer;
import dev.convoy.nn.Convolution;
import dev.convoy.nn.FullyConnected;
import dev.convoy.nn.Initialization;
import dev.convoy.nn.Initializer;
import dev.convoy.nn.Layer;
import dev.convoy.nn.Network;
import dev.convoy.nn.NetworkBuilder;
import dev.convoy.nn.Parameter;
import dev.convoy.nn.ParameterSpec;
import dev.convoy.nn.Pass;
import dev.convoy.nn.Replica;
import dev.convoy.nn.Value;
import dev.convoy.tensor.Shape;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** A layer with parameters and a network, written outside Convoy's packages. */
class OwnLayerTest {
  private static final int IMAGES = 4;
  private static final int[] LABELS = {2, 0, 1, 2};
  private static final Shape INPUT = new Shape(6, 6, 3);

  private final Network network = network();
  private final float[] weights = network.initialWeights(1);
  private final float[] gradients = new float[network.vectorLength()];
  private final Kernels kernels = KernelChoice.of("vector").kernels();
  private final Replica replica = Replica.training(network, kernels, IMAGES, 1);

  private static Network network() {
    NetworkBuilder graph = Network.of("prelu-net", INPUT);
    Convolution convolution = Convolution.of(5, 3, Initialization.he());
    Value x = graph.add("conv1", convolution, graph.input());
    x = graph.add("prelu1", new PRelu(0.25f), x);
    x = graph.add("fc", new FullyConnected(3, Initialization.torch()), x);
    return graph.build(x);
  }

  /** Two virtual nodes of two images. */
  private Pass pass() {
    return new Pass(
        Worker.single(),
        IMAGES,
        2,
        weights,
        List.of(new VirtualNodeTree(0, 2, IMAGES / 2)),
        List.of(gradients),
        new long[IMAGES]);
  }

  private float loss() {
    float[] images = new float[IMAGES * INPUT.size()];
    for (int i = 0; i < images.length; i++) {
      images[i] = (i * 37 % 101) / 50f - 1;
    }
    replica.input().fromNchw(images);
    replica.forward(pass());
    return new SoftmaxCrossEntropy(0)
        .evaluate(IMAGES, replica.logits(), LABELS, replica.logitsGradient());
  }

  @Test
  void itsGradientIsThatOfFiniteDifferences() {
    loss();
    replica.backward(pass());
    Parameter slope =
        network.parameters().stream()
            .filter(p -> p.name().equals("prelu1.slope"))
            .findFirst()
            .orElseThrow();
    assertEquals(5, slope.count());
    float[] exact = slope.unpack(gradients);
    float step = 1e-2f;
    for (int c = 0; c < exact.length; c++) {
      int at = slope.place(c);
      float value = weights[at];
      weights[at] = value + step;
      float above = loss();
      weights[at] = value - step;
      float below = loss();
      weights[at] = value;
      float difference = (above - below) / (2 * step);
      assertTrue(Math.abs(difference) > 1e-3, "slope " + c + " has no effect: " + difference);
      assertEquals(difference, exact[c], 1e-3, "slope " + c);
    }
  }

  @Test
  void itLearnsWithTheNetworkItIsIn() {
    float first = loss();
    for (int step = 0; step < 3; step++) {
      replica.backward(pass());
      for (int i = 0; i < weights.length; i++) {
        weights[i] -= 0.05f * gradients[i];
      }
      float next = loss();
      assertTrue(next < first, "the loss goes from " + first + " to " + next);
      first = next;
    }
  }

  /** A layer that does all right but what the test replaces. */
  private record Wrong(List<ParameterSpec> parameters, Function<Binding, BoundLayer> binder)
      implements Layer {
    @Override
    public String kind() {
      return "wrong layer";
    }

    @Override
    public Shape output(List<Shape> inputs) {
      return inputs.get(0);
    }

    @Override
    public List<ParameterSpec> parameters(List<Shape> inputs) {
      return parameters;
    }

    @Override
    public BoundLayer bind(Binding binding) {
      return binder.apply(binding);
    }
  }

  @Test
  void wrongUseGetsASentence() {
    Initializer one = Initializer.constant(1);
    ParameterSpec slope = ParameterSpec.vector("slope", 3, one);
    refused(
        "the parameter slope of 0 values is impossible: expected at least 1",
        () -> ParameterSpec.vector("slope", 0, one));
    refused(
        "a parameter cannot be named \"a.b\": expected a word such as weight",
        () -> ParameterSpec.vector("a.b", 3, one));
    refused(
        "net, layer own: it asks for two parameters of the name slope",
        () -> replica(new Wrong(List.of(slope, slope), binding -> null)));
    refused(
        "net, layer own: its wrong layer cannot be run, for bind returned nothing",
        () -> replica(new Wrong(List.of(slope), binding -> null)));
    refused(
        "layer own asked for 1 parameters, so it has none with the index 1",
        () -> replica(new Wrong(List.of(slope), binding -> noLayer(binding.at(1)))));
    refused(
        "PReLU reads activations with padded channels, not images of 6x6x3",
        () -> replica(new PRelu(0.25f)));
  }

  private static BoundLayer noLayer(int at) {
    throw new AssertionError("a place of a parameter that is not there: " + at);
  }

  private Replica replica(Layer layer) {
    Network net = Network.of("net", INPUT).add("own", layer).build();
    return Replica.training(net, kernels, 1, 1);
  }

  private static void refused(String message, Executable call) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
  }
}
