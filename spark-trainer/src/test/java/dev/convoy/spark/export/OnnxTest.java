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
import dev.convoy.nn.Network;
import dev.convoy.nn.Parameter;
import dev.convoy.nn.Pass;
import dev.convoy.nn.Replica;
import dev.convoy.tensor.Shape;
import dev.convoy.zoo.Zoo;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** ONNX Runtime gives the same logits; a network for each layer and block there is. */
class OnnxTest {
  private static final int IMAGES = 2;

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "lenet5, 32, 1, 10",
    "lenet5-modern, 32, 1, 10",
    "alexnet, 67, 3, 10",
    "caffenet, 67, 3, 10",
    "alexnet-v2, 95, 3, 10",
    "vgg-c, 32, 3, 10",
    "vgg-a-bn, 32, 1, 10",
    "googlenet, 96, 3, 10",
    "googlenet-bn, 64, 3, 10",
    "resnet18, 64, 3, 10",
    "resnet50, 64, 3, 10",
    "resnet50-v1, 64, 3, 10",
    "plain18, 64, 3, 10",
    "cifar-resnet20, 32, 3, 10",
    "cifar-plain20, 32, 3, 10"
  })
  void onnxRuntimeGivesTheSameLogits(String name, int side, int channels, int classes)
      throws Exception {
    Network network =
        Zoo.named(name).input(new Shape(side, side, channels)).classes(classes).build();
    float[] weights = weights(network);
    float[] images = new float[IMAGES * network.input().size()];
    SplittableRandom random = new SplittableRandom(7);
    for (int i = 0; i < images.length; i++) {
      images[i] = 2 * random.nextFloat() - 1;
    }
    float[] expected = convoy(network, weights, images);
    float[] actual = onnxRuntime(network, weights, images);
    double difference = 0;
    double norm = 0;
    for (int i = 0; i < expected.length; i++) {
      difference += Math.pow(expected[i] - actual[i], 2);
      norm += Math.pow(expected[i], 2);
    }
    double error = Math.sqrt(difference / norm);
    assertTrue(norm > 0 && error < 1e-5, name + " errs by " + error);
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

  private float[] onnxRuntime(Network network, float[] weights, float[] images)
      throws OrtException, IOException {
    Path model = folder.resolve("model.onnx");
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

  @Test
  void anUnknownFormatIsRefused() {
    var refusal = assertThrows(IllegalArgumentException.class, () -> ExportFormats.named("caffe"));
    assertEquals(
        "the format caffe is unknown; allowed are " + String.join(", ", ExportFormats.names()),
        refusal.getMessage());
  }
}
