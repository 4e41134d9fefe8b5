package dev.convoy.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.concurrent.Worker;
import dev.convoy.kernel.Kernels;
import dev.convoy.kernel.VirtualNodeTree;
import dev.convoy.kernel.Workspace;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.Tensor;
import dev.convoy.testing.Compare;
import dev.convoy.testing.Floats;
import dev.convoy.testing.Implementations;
import dev.convoy.zoo.Zoo;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Buffers that share memory are never needed at once, and nobody sees that they share it. */
class MemoryPlanTest {
  private static final int IMAGES = 4;

  /**
   * Plays a step and remembers, for each float of memory, whose value was written there last: when
   * a layer reads, it must be what that layer expects.
   */
  @Property(tries = 300)
  void whatIsReadIsWhatWasWritten(
      @ForAll long seed, @ForAll @IntRange(min = 0, max = 12) int blocks) {
    Network network = RandomNetworks.of(seed, blocks);
    for (Purpose purpose : Purpose.values()) {
      new Play(network, new MemoryPlan(network, IMAGES, purpose, true), purpose).run();
    }
  }

  private static final class Play {
    private final Network network;
    private final MemoryPlan plan;
    private final Purpose purpose;
    private final float[][] memory;

    /** The writer of each array and 16 channels of its pixels. */
    private final Map<String, String> owners = new HashMap<>();

    Play(Network network, MemoryPlan plan, Purpose purpose) {
      this.network = network;
      this.plan = plan;
      this.purpose = purpose;
      memory = new float[plan.slots().size()][];
      for (int i = 0; i < memory.length; i++) {
        memory[i] = new float[plan.slotLength(i)];
      }
    }

    void run() {
      write(plan.value(0, memory), "image");
      for (int i = 0; i < network.nodes().size(); i++) {
        if (plan.value(i + 1, memory) != null) {
          forward(i);
        }
      }
      if (purpose.trains()) {
        network.heads().forEach(head -> write(plan.gradient(head, memory), "gradient" + head));
        for (int i = network.nodes().size() - 1; i >= 0; i--) {
          backward(i);
        }
        if (purpose == Purpose.TRAINING_WITH_INPUT_GRADIENT) {
          read(plan.gradient(0, memory), "gradient0", "the caller");
        }
        network.heads().forEach(head -> readValue(head, "the caller"));
      } else {
        readValue(network.nodes().size(), "the caller");
      }
      read(plan.value(0, memory), "image", "the caller");
    }

    private void forward(int i) {
      GraphNode node = network.nodes().get(i);
      node.inputIndices().forEach(value -> readValue(value, node.name()));
      if (!node.layer().concatenates()) {
        write(plan.value(i + 1, memory), "value" + (i + 1));
      }
    }

    private void backward(int i) {
      GraphNode node = network.nodes().get(i);
      if (!node.layer().concatenates()) {
        read(plan.gradient(i + 1, memory), "gradient" + (i + 1), node.name());
        if (node.layer().backwardReadsOutput()) {
          readValue(i + 1, node.name());
        }
      }
      for (int k = 0; k < node.inputIndices().size(); k++) {
        int value = node.inputIndices().get(k);
        if (node.layer().backwardReadsInput(k)) {
          readValue(value, node.name());
        }
      }
      for (int k = 0; k < node.inputIndices().size(); k++) {
        int value = node.inputIndices().get(k);
        Tensor gradient = plan.gradient(value, memory);
        if (gradient != null && network.isReadLater(value, i, k)) {
          read(gradient, "gradient" + value, node.name());
        }
        if (gradient != null && !node.layer().concatenates()) {
          write(gradient, "gradient" + value);
        } else if (gradient != null) {
          rename(gradient, "gradient" + (i + 1), "gradient" + value);
        }
      }
    }

    /** A concatenation's parts have been written by those who made them. */
    private void readValue(int value, String reader) {
      if (value == 0) {
        read(plan.value(0, memory), "image", reader);
        return;
      }
      GraphNode node = network.nodes().get(value - 1);
      if (node.layer().concatenates()) {
        node.inputIndices().forEach(part -> readValue(part, reader));
      } else {
        read(plan.value(value, memory), "value" + value, reader);
      }
    }

    private void write(Tensor tensor, String what) {
      for (String place : places(tensor)) {
        owners.put(place, what);
      }
    }

    private void read(Tensor tensor, String what, String reader) {
      for (String place : places(tensor)) {
        assertEquals(what, owners.get(place), reader + " reads " + place);
      }
    }

    private void rename(Tensor tensor, String from, String to) {
      read(tensor, from, "a part");
      write(tensor, to);
    }

    private List<String> places(Tensor tensor) {
      int slot = Arrays.asList(memory).indexOf(tensor.data());
      int last = tensor.images() * tensor.shape().pixels() - 1;
      // The first and the last pixel, and every vector of channels: buffers begin where slots do.
      return List.of(0, last).stream()
          .flatMap(
              p ->
                  IntStream.range(0, (tensor.shape().channels() + 15) / 16)
                      .mapToObj(c -> slot + "@" + (tensor.pixel(p) + c * 16)))
          .toList();
    }
  }

  /** Memory that is shared is full of what is not a number before each step. */
  @Property(tries = 25)
  void resultsAreTheSameBitsWithAndWithoutSharing(
      @ForAll long seed, @ForAll @IntRange(min = 0, max = 8) int blocks) {
    assertSameBits(RandomNetworks.of(seed, blocks), seed);
  }

  /** A pooling once passed on the epilogue of its ReLU, which then wrote where others were. */
  @Test
  void aChainOfConvolutionsAndPoolingsHasTheSameBits() {
    NetworkBuilder net = Network.of("chain", new Shape(128, 128, 3));
    int layer = 0;
    for (int channels : new int[] {16, 0, 32, 0, 64, 0}) {
      layer++;
      if (channels == 0) {
        net.add("pool" + layer, new MaxPooling(2, 2));
      } else {
        net.add("conv" + layer, Convolution.of(channels, 3, MemoryPlanTest::any).padding(1))
            .add("relu" + layer, ActivationLayer.RELU);
      }
    }
    assertSameBits(net.add("fc", new FullyConnected(5, MemoryPlanTest::any)).build(), 3);
  }

  private static void assertSameBits(Network network, long seed) {
    float[] weights = network.initialWeights(seed);
    for (Kernels kernels : Implementations.all()) {
      Replica shared = replica(network, kernels, true);
      Replica apart = replica(network, kernels, false);
      for (int step = 0; step < 2; step++) {
        poison(network, shared);
        float[] expected = step(network, apart, weights);
        Compare.sameBits(kernels.name(), expected, step(network, shared, weights));
      }
    }
  }

  private static Replica replica(Network network, Kernels kernels, boolean sharing) {
    Purpose purpose = Purpose.TRAINING_WITH_INPUT_GRADIENT;
    MemoryPlan plan = new MemoryPlan(network, IMAGES, purpose, sharing);
    return new Replica(
        network,
        kernels,
        Workspace.of(IMAGES),
        plan,
        GradientLayout.whole(network.vectorLength()),
        true);
  }

  private static void poison(Network network, Replica replica) {
    MemoryPlan plan = new MemoryPlan(network, IMAGES, Purpose.TRAINING_WITH_INPUT_GRADIENT, true);
    for (int slot = 0; slot < plan.slots().size(); slot++) {
      if (plan.slots().get(slot).get(0).shareable()) {
        Arrays.fill(replica.memory()[slot], Float.NaN);
      }
    }
  }

  /** Everything that comes out of a step. */
  private static float[] step(Network network, Replica replica, float[] weights) {
    replica.input().fromNchw(Floats.random(7, IMAGES * network.input().size()));
    float[] gradients = new float[weights.length];
    Pass pass =
        new Pass(
            Worker.single(),
            IMAGES,
            2,
            weights,
            List.of(new VirtualNodeTree(0, 2, IMAGES / 2)),
            List.of(gradients),
            new long[] {5, 6, 7, 8});
    replica.forward(pass);
    float[] logits = replica.logits().toNchw(IMAGES);
    replica.logitsGradient().fromNchw(Floats.random(8, logits.length));
    for (Network.Head head : network.auxiliaries()) {
      Tensor gradient = replica.logitsGradient(head);
      gradient.fromNchw(Floats.random(9, IMAGES * gradient.shape().size()));
    }
    replica.backward(pass);
    float[] inputs = replica.inputGradient().toNchw(IMAGES);
    float[] all = Arrays.copyOf(gradients, gradients.length + logits.length + inputs.length);
    System.arraycopy(logits, 0, all, gradients.length, logits.length);
    System.arraycopy(inputs, 0, all, gradients.length + logits.length, inputs.length);
    return all;
  }

  @Test
  void layersThatOnlyServeAuxiliaryHeadsDoNotTakePartInEvaluation() {
    NetworkBuilder builder = Network.of("net", new Shape(4, 4, 3));
    Value trunk = builder.add("a", Convolution.of(16, 3, MemoryPlanTest::any), builder.input());
    Value aux = builder.add("aux", new FullyConnected(3, MemoryPlanTest::any), trunk);
    builder.auxiliary(aux, 0.3f);
    builder.add("fc", new FullyConnected(3, MemoryPlanTest::any), trunk);
    Network network = builder.build();
    for (Kernels kernels : Implementations.all()) {
      Network.Head head = network.auxiliaries().get(0);
      assertNull(Replica.evaluating(network, kernels, 2, 1).logits(head));
      Replica training = Replica.training(network, kernels, 2, 1);
      assertEquals("2 x 3", training.logits(head).toString());
      assertNotSame(training.logits().data(), training.logits(head).data());
      assertEquals(0.3f, head.weight());
    }
  }

  @Test
  void anAuxiliaryHeadHasNoReaders() {
    NetworkBuilder builder = Network.of("net", Shape.vector(16));
    Value a = builder.add("a", new FullyConnected(3, MemoryPlanTest::any), builder.input());
    builder.add("b", new FullyConnected(3, MemoryPlanTest::any), a);
    builder.auxiliary(a, 1f);
    var refusal = assertThrows(IllegalArgumentException.class, builder::build);
    assertEquals(
        "net: a is an auxiliary head and cannot be read by another layer", refusal.getMessage());
  }

  @Test
  void partsOfAConcatenationHaveNoOtherReader() {
    NetworkBuilder builder = Network.of("net", new Shape(4, 4, 3));
    Value a = builder.add("a", Convolution.of(16, 1, MemoryPlanTest::any), builder.input());
    Value b = builder.add("b", Convolution.of(16, 1, MemoryPlanTest::any), a);
    builder.add("both", new Concatenation(), a, b);
    Network network = builder.build();
    var refusal =
        assertThrows(
            IllegalArgumentException.class,
            () -> new MemoryPlan(network, 1, Purpose.EVALUATION, true));
    assertEquals(
        "both cannot share the memory of its inputs: one of them has another reader",
        refusal.getMessage());
  }

  @Test
  void aLayerInPlaceBehindAConcatenationCannotOverwriteWhatAPartNeeds() {
    NetworkBuilder builder = Network.of("net", new Shape(4, 4, 3));
    Value a = builder.add("a", Convolution.of(16, 1, MemoryPlanTest::any), builder.input());
    Value tanh = builder.add("tanh", ActivationLayer.SCALED_TANH, a);
    Value b = builder.add("b", Convolution.of(16, 1, MemoryPlanTest::any), builder.input());
    Value both = builder.add("both", new Concatenation(), tanh, b);
    builder.add("relu", ActivationLayer.RELU, both);
    Network network = builder.build();
    var refusal =
        assertThrows(
            IllegalArgumentException.class,
            () -> new MemoryPlan(network, 1, Purpose.TRAINING, true));
    assertEquals(
        "relu works in place and cannot follow tanh, which needs its own output in the backward"
            + " pass",
        refusal.getMessage());
  }

  @Test
  void aShortcutsGradientLiesInThatOfTheSum() {
    NetworkBuilder builder = Network.of("net", new Shape(4, 4, 3));
    Value a = builder.add("a", Convolution.of(16, 1, MemoryPlanTest::any), builder.input());
    Value b = builder.add("b", Convolution.of(16, 1, MemoryPlanTest::any), a);
    Value sum = builder.add("sum", new Addition(true), b, a);
    builder.add("fc", new FullyConnected(3, MemoryPlanTest::any), sum);
    MemoryPlan plan = new MemoryPlan(builder.build(), 2, Purpose.TRAINING, true);
    float[][] memory = new float[plan.slots().size()][0];
    assertSame(plan.gradient(sum.index(), memory).data(), plan.gradient(a.index(), memory).data());
    assertNotSame(
        plan.gradient(sum.index(), memory).data(), plan.gradient(b.index(), memory).data());
  }

  @Test
  void aBufferThatNoArrayCanHoldIsRefusedInASentence() {
    Network network = Zoo.named("lenet5-modern").classes(10).build();
    var refusal =
        assertThrows(
            IllegalArgumentException.class,
            () -> new MemoryPlan(network, 1_000_000, Purpose.TRAINING, true));
    assertEquals(
        "lenet5-modern for 1,000,000 images at once: the output of relu1 would need an array of"
            + " 12,544,000,012 floats, but the longest has 2,147,483,639; take smaller batches or"
            + " more executors",
        refusal.getMessage());
  }

  @Test
  void sharingSavesMemory() {
    Network network = RandomNetworks.of(3, 12);
    long apart = new MemoryPlan(network, IMAGES, Purpose.TRAINING, false).bytes();
    long shared = new MemoryPlan(network, IMAGES, Purpose.TRAINING, true).bytes();
    long evaluation = new MemoryPlan(network, IMAGES, Purpose.EVALUATION, true).bytes();
    assertTrue(shared < 0.8 * apart, shared + " of " + apart);
    assertTrue(evaluation < 0.5 * shared, evaluation + " of " + shared);
  }

  @Test
  void theTableTellsWhatAReplicaAllocates() {
    Network network = RandomNetworks.of(3, 12);
    for (Kernels kernels : Implementations.all()) {
      MemoryTable table = MemoryTable.of(network, kernels, IMAGES, 2);
      Workspace workspace = new Workspace(IMAGES, 2, false);
      MemoryPlan plan = new MemoryPlan(network, IMAGES, Purpose.TRAINING, true);
      Replica replica =
          new Replica(
              network,
              kernels,
              workspace,
              plan,
              GradientLayout.whole(network.vectorLength()),
              true);
      long floats = Arrays.stream(replica.memory()).mapToLong(array -> array.length).sum();
      assertEquals(4 * floats, table.shared());
      assertEquals(workspace.keptBytes(), table.kernels());
      assertEquals(4L * workspace.scratch().length, table.scratch());
      assertEquals(4L * network.vectorLength(), table.weights());
      assertEquals(
          new MemoryPlan(network, IMAGES, Purpose.TRAINING, false).bytes(),
          table.values() + table.valueGradients());
      assertEquals(table.kernels(), table.rows().stream().mapToLong(r -> r.kernels()).sum());
      assertEquals(
          table.values() - table.input(),
          table.rows().stream().mapToLong(r -> r.kept() + r.passing()).sum());
      assertEquals(
          table.valueGradients(), table.rows().stream().mapToLong(r -> r.gradient()).sum());
    }
  }

  private static Initializer any(int inputs) {
    return Initializer.uniform(0.5);
  }
}
