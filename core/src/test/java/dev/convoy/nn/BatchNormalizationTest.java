package dev.convoy.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.concurrent.ThreadTeam;
import dev.convoy.concurrent.Worker;
import dev.convoy.kernel.Kernels;
import dev.convoy.kernel.VirtualNodeTree;
import dev.convoy.tensor.Shape;
import dev.convoy.testing.Compare;
import dev.convoy.testing.Floats;
import dev.convoy.testing.Implementations;
import dev.convoy.testing.Sum;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** What batch normalization is in a network: its statistics, its nodes, its producer. */
class BatchNormalizationTest {
  private static final Shape INPUT = new Shape(6, 5, 3);
  private static final int NODES = 2;
  private static final int IMAGES = 6;

  private static Convolution convolution() {
    return Convolution.of(7, 3, inputs -> Initializer.uniform(0.5)).padding(1);
  }

  private static Network network(boolean behindACopy) {
    NetworkBuilder net = Network.of("normalized", INPUT).add("conv", convolution());
    if (behindACopy) {
      net.add("copy", new Sum());
    }
    return net.add("bn", new BatchNormalization(true)).build();
  }

  /**
   * Two blocks with shortcuts; copies keep layers from doing each other's work. None is before a
   * block, where gradients are added: that would be in another order.
   */
  private static Network residual(boolean copies) {
    NetworkBuilder net = Network.of("residual", INPUT);
    Value first = net.add("conv1", convolution(), net.input());
    Value input = net.add("bn1", new BatchNormalization(true), copy(net, first, copies));
    for (int block = 0; block < 2; block++) {
      Value conv = net.add("a" + block, convolution(), input);
      Value relu = net.add("relu" + block, ActivationLayer.RELU, copy(net, conv, copies));
      Value second = net.add("b" + block, convolution(), copy(net, relu, copies));
      input =
          net.add(
              "normalized" + block, new BatchNormalization(true), copy(net, second, copies), input);
    }
    net.add("last", convolution().stride(2), copy(net, input, copies));
    return net.build();
  }

  private static Value copy(NetworkBuilder net, Value value, boolean copies) {
    return copies ? net.add("copy" + value.name(), new Sum(), value) : value;
  }

  /** Logits, gradients of the parameters and of the input. */
  private static List<float[]> train(Network network, Kernels kernels, int workers)
      throws Exception {
    Replica replica = Replica.trainingWithInputGradient(network, kernels, IMAGES, workers);
    replica.input().fromNchw(Floats.random(1, IMAGES * INPUT.size()));
    float[] weights = network.initialWeights(2);
    float[] gradients = new float[weights.length];
    float[] upstream = Floats.random(3, replica.logits().length(IMAGES));
    try (ThreadTeam team = new ThreadTeam(workers)) {
      team.run(
          worker -> {
            Pass pass =
                new Pass(
                    worker,
                    IMAGES,
                    NODES,
                    weights,
                    List.of(new VirtualNodeTree(0, NODES, IMAGES / NODES)),
                    List.of(gradients),
                    new long[IMAGES]);
            replica.forward(pass);
            if (worker.first()) {
              replica.logitsGradient().fromNchw(nchw(network, upstream));
            }
            worker.barrier();
            replica.backward(pass);
          });
    }
    return List.of(
        replica.logits().toNchw(IMAGES), gradients, replica.inputGradient().toNchw(IMAGES));
  }

  private static float[] nchw(Network network, float[] numbers) {
    return Arrays.copyOf(numbers, IMAGES * network.classes());
  }

  @Test
  void givesTheSameBitsWithAndWithoutAProducerThatTakesTheStatistics() throws Exception {
    List<float[]> expected = train(network(true), Implementations.scalar(), 1);
    for (Kernels kernels : Implementations.all()) {
      for (int workers = 1; workers <= 3; workers++) {
        for (boolean behindACopy : new boolean[] {false, true}) {
          List<float[]> actual = train(network(behindACopy), kernels, workers);
          for (int i = 0; i < expected.size(); i++) {
            String what =
                String.format(Locale.ROOT, "%s, %d workers, %d", kernels.name(), workers, i);
            Compare.sameBits(what, expected.get(i), actual.get(i));
          }
        }
      }
    }
  }

  @Test
  void givesTheSameBitsWhereConvolutionsDoTheWorkOfTheirNeighbours() throws Exception {
    List<float[]> expected = train(residual(true), Implementations.scalar(), 1);
    for (Kernels kernels : Implementations.all()) {
      for (int workers = 1; workers <= 3; workers++) {
        for (boolean copies : new boolean[] {false, true}) {
          List<float[]> actual = train(residual(copies), kernels, workers);
          for (int i = 0; i < expected.size(); i++) {
            String what =
                String.format(
                    Locale.ROOT, "%s, %d workers, %s, %d", kernels.name(), workers, copies, i);
            Compare.sameBits(what, expected.get(i), actual.get(i));
          }
        }
      }
    }
  }

  @Test
  void aNodeIsNormalizedByItsOwnImages() throws Exception {
    Network network = network(false);
    float[] both = train(network, Implementations.scalar(), 1).get(0);
    for (int node = 0; node < NODES; node++) {
      int images = IMAGES / NODES;
      Replica replica = Replica.training(network, Implementations.scalar(), images, 1);
      float[] input = Floats.random(1, IMAGES * INPUT.size());
      int length = images * INPUT.size();
      replica.input().fromNchw(Arrays.copyOfRange(input, node * length, (node + 1) * length));
      float[] gradients = new float[network.vectorLength()];
      replica.forward(Pass.single(images, network.initialWeights(2), gradients));
      float[] alone = replica.logits().toNchw(images);
      assertArrayEquals(
          Arrays.copyOfRange(both, node * alone.length, (node + 1) * alone.length), alone);
    }
  }

  @Test
  void theSlotsOfTheStatisticsHoldMeanAndUnbiasedVariance() {
    Shape shape = new Shape(2, 3, 1);
    Network network =
        Network.of("bn", shape)
            .add("copy", new Sum())
            .add("bn", new BatchNormalization(false))
            .build();
    Replica replica = Replica.training(network, Implementations.scalar(), 2, 1);
    float[] input = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12};
    replica.input().fromNchw(input);
    float[] gradients = new float[network.vectorLength()];
    Pass pass = Pass.single(2, network.initialWeights(1), gradients);
    replica.forward(pass);
    replica.backward(pass);
    assertEquals(6.5f, network.parameters().get(2).unpack(gradients)[0], 1e-6f);
    assertEquals(13f, network.parameters().get(3).unpack(gradients)[0], 1e-5f);
  }

  @Test
  void evaluationUsesTheRunningStatistics() {
    Network network =
        Network.of("bn", new Shape(1, 2, 2))
            .add("copy", new Sum())
            .add("bn", new BatchNormalization(true).epsilon(0f))
            .build();
    float[] weights = new float[network.vectorLength()];
    float[][] values = {{2, 1}, {1, -1}, {3, 0}, {4, 0.25f}};
    for (int i = 0; i < values.length; i++) {
      network.parameters().get(i).pack(values[i], weights);
    }
    for (Kernels kernels : Implementations.all()) {
      for (boolean training : new boolean[] {false, true}) {
        Replica replica =
            training
                ? Replica.training(network, kernels, 1, 1)
                : Replica.evaluating(network, kernels, 1, 1);
        replica.input().fromNchw(new float[] {5, 3, 2, 0.25f});
        replica.forward(Pass.evaluation(Worker.single(), 1, weights));
        // Channel 0: (x - 3) / 2 * 2 + 1; channel 1: x / 0.5 - 1, with ReLU.
        assertArrayEquals(new float[] {3, 1, 3, 0}, replica.logits().toNchw(1), 1e-6f);
      }
    }
  }

  @Test
  void aSingleValueHasNoVariance() {
    Network network =
        Network.of("bn", Shape.vector(3))
            .add("copy", new Sum())
            .add("bn", new BatchNormalization(false))
            .build();
    Replica replica = Replica.training(network, Implementations.scalar(), 1, 1);
    float[] weights = network.initialWeights(1);
    Pass pass = Pass.single(1, weights, new float[weights.length]);
    Exception e = assertThrows(IllegalArgumentException.class, () -> replica.forward(pass));
    assertTrue(e.getMessage().contains("more than one value"), e.getMessage());
  }

  @Test
  void aNetworkSaysBeforeTrainingThatItsMicrobatchesAreTooSmall() {
    Network network =
        Network.of("bn", Shape.vector(3))
            .add("copy", new Sum())
            .add("norm", new BatchNormalization(false))
            .build();
    Exception e = assertThrows(IllegalArgumentException.class, () -> network.requireTrainableOn(1));
    assertEquals(
        "norm of bn (batch normalization of 1 x 1 pixels) needs at least 2 images in each virtual"
            + " node, but gets 1",
        e.getMessage());
    network.requireTrainableOn(2);
    network(false).requireTrainableOn(1);
  }

  @Test
  void statisticsAreNotCountedAsTrained() {
    Network network = network(false);
    assertEquals(7 * 27 + 7 + 2 * 7, network.trainable());
    assertTrue(network.parameters().get(4).statistic());
    assertEquals("bn.running_mean", network.parameters().get(4).name());
    assertEquals("bn.running_var", network.parameters().get(5).name());
  }

  @Test
  void refusesInputsThatDiffer() {
    List<Shape> differing = List.of(new Shape(2, 2, 3), new Shape(2, 2, 4));
    for (Layer layer : List.of(new BatchNormalization(true), new Addition(true))) {
      assertThrows(IllegalArgumentException.class, () -> layer.output(differing));
    }
  }
}
