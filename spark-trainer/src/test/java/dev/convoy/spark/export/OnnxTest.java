package dev.convoy.spark.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.convoy.concurrent.Worker;
import dev.convoy.kernel.KernelChoice;
import dev.convoy.nn.GraphNode;
import dev.convoy.nn.Network;
import dev.convoy.nn.Parameter;
import dev.convoy.nn.Pass;
import dev.convoy.nn.Replica;
import dev.convoy.nn.Value;
import dev.convoy.tensor.Shape;
import dev.convoy.zoo.Zoo;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** ONNX Runtime gives the same logits; a network for each layer and block there is. */
class OnnxTest {
  private static final int IMAGES = 2;

  /** Name, side and channels of the images, classes. */
  private static final String NETWORKS =
      """
      lenet5, 32, 1, 10
      lenet5-modern, 32, 1, 10
      alexnet, 67, 3, 10
      caffenet, 67, 3, 10
      alexnet-v2, 95, 3, 10
      vgg-c, 32, 3, 10
      vgg-a-bn, 32, 1, 10
      googlenet, 96, 3, 10
      googlenet-bn, 64, 3, 10
      resnet18, 64, 3, 10
      resnet50, 64, 3, 10
      resnet50-v1, 64, 3, 10
      plain18, 64, 3, 10
      cifar-resnet20, 32, 3, 10
      cifar-plain20, 32, 3, 10
      """;

  /** A file of 400 MB, and nothing is new in it but a pooling before a concatenation. */
  private static final String TOO_LARGE = "googlenet-naive";

  private static final Set<String> POOLED = Set.of("concatenation of ReLU, max pooling");

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(textBlock = NETWORKS)
  void onnxRuntimeGivesTheSameLogits(String name, int side, int channels, int classes)
      throws Exception {
    Network network =
        Zoo.named(name).input(new Shape(side, side, channels)).classes(classes).build();
    double error = error(network, folder.resolve("model.onnx"));
    assertTrue(error < 1e-5, name + " errs by " + error);
  }

  /**
   * Writes a network to a file and runs it by ONNX Runtime.
   *
   * @return the relative L2 error of its logits, against ours
   */
  static double error(Network network, Path model) throws IOException, OrtException {
    float[] weights = weights(network);
    float[] images = new float[IMAGES * network.input().size()];
    SplittableRandom random = new SplittableRandom(7);
    for (int i = 0; i < images.length; i++) {
      images[i] = 2 * random.nextFloat() - 1;
    }
    float[] expected = convoy(network, weights, images);
    float[] actual = onnxRuntime(network, weights, images, model);
    double difference = 0;
    double norm = 0;
    for (int i = 0; i < expected.length; i++) {
      difference += Math.pow(expected[i] - actual[i], 2);
      norm += Math.pow(expected[i], 2);
    }
    assertTrue(norm > 0);
    return Math.sqrt(difference / norm);
  }

  /** First weights, with running statistics and vectors that are not their first ones. */
  private static float[] weights(Network network) {
    float[] weights = network.initialWeights(3);
    SplittableRandom random = new SplittableRandom(5);
    for (Parameter parameter : network.parameters()) {
      if (parameter.shape().length == 1) {
        float[] values = parameter.unpack(weights);
        for (int i = 0; i < values.length; i++) {
          values[i] += 0.3f * random.nextFloat();
        }
        parameter.pack(values, weights);
      }
    }
    return weights;
  }

  private static float[] convoy(Network network, float[] weights, float[] images) {
    Replica replica = Replica.evaluating(network, KernelChoice.of("vector").kernels(), IMAGES, 1);
    replica.input().fromNchw(images);
    replica.forward(Pass.evaluation(Worker.single(), IMAGES, weights));
    return replica.logits().toNchw(IMAGES);
  }

  private static float[] onnxRuntime(Network network, float[] weights, float[] images, Path model)
      throws OrtException, IOException {
    try (OutputStream out = Files.newOutputStream(model)) {
      new Onnx().write(network, weights, Map.of("mean", "[0.5]"), out);
    }
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    Shape input = network.input();
    long[] shape = {IMAGES, input.channels(), input.height(), input.width()};
    try (OrtSession session = environment.createSession(model.toString());
        OnnxTensor tensor = OnnxTensor.createTensor(environment, FloatBuffer.wrap(images), shape);
        OrtSession.Result result = session.run(Map.of("input", tensor))) {
      assertEquals("[0.5]", session.getMetadata().getCustomMetadata().get("mean"));
      FloatBuffer logits = ((OnnxTensor) result.get("logits").orElseThrow()).getFloatBuffer();
      float[] values = new float[logits.remaining()];
      logits.get(values);
      return values;
    }
  }

  /** A network whose layers follow each other as no tested network's do belongs on the list. */
  @Test
  void everyNetworkIsWiredLikeOneThatIsTested() {
    Set<String> tested = new HashSet<>();
    NETWORKS
        .lines()
        .map(row -> row.substring(0, row.indexOf(',')))
        .forEach(name -> tested.addAll(wiring(Zoo.named(name).build())));
    for (String name : Zoo.names()) {
      Set<String> untested = wiring(Zoo.named(name).build());
      untested.removeAll(tested);
      assertEquals(name.equals(TOO_LARGE) ? POOLED : Set.of(), untested, name);
    }
  }

  /** Each kind of layer with the kinds that it reads, of all that is written. */
  private static Set<String> wiring(Network network) {
    Map<Value, String> kinds = new HashMap<>();
    Set<String> wiring = new TreeSet<>();
    List<GraphNode> nodes = network.nodes();
    for (int i = 0; i < nodes.size(); i++) {
      GraphNode node = nodes.get(i);
      String kind = node.layer().kind();
      kinds.put(node.value(), kind);
      if (network.servesMainHead(i)) {
        wiring.add(
            node.inputs().stream()
                .map(value -> kinds.getOrDefault(value, "input"))
                .distinct()
                .sorted()
                .collect(Collectors.joining(", ", kind + " of ", "")));
      }
    }
    return wiring;
  }

  @Test
  void anUnknownFormatIsRefused() {
    var refusal = assertThrows(IllegalArgumentException.class, () -> ExportFormats.named("caffe"));
    assertEquals(
        "the format caffe is unknown; allowed are " + String.join(", ", ExportFormats.names()),
        refusal.getMessage());
  }
}
