package dev.convoy.zoo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.convoy.kernel.Kernels;
import dev.convoy.loss.SoftmaxCrossEntropy;
import dev.convoy.nn.Network;
import dev.convoy.nn.Parameter;
import dev.convoy.optim.Sgd;
import dev.convoy.testing.Compare;
import dev.convoy.testing.Floats;
import dev.convoy.testing.Implementations;
import dev.convoy.testing.Training;
import dev.convoy.weights.Safetensors;
import dev.convoy.weights.SafetensorsFile;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Three training steps as PyTorch takes them; see README.md beside the data. */
class TorchAgreementTest {
  /** What is in the name of a tensor of which only one of so many values was kept. */
  private static final String SAMPLED = ".every-";

  @ParameterizedTest
  @CsvSource({"lenet5-modern, 1e-5", "cifar-resnet20, 1e-4"})
  void logitsLossesGradientsAndUpdatedWeightsAreThoseOfTorch(String name, double bound)
      throws IOException {
    Network network = Zoo.named(name).classes(10).build();
    SafetensorsFile run = read(name, "run");
    int[] labels = Arrays.stream(run.longs("labels")).mapToInt(Math::toIntExact).toArray();
    int images = labels.length;
    List<Parameter> all = network.parameters();
    List<Parameter> trained = all.stream().filter(p -> !p.statistic()).toList();
    for (Kernels kernels : Implementations.all()) {
      float[] weights = TorchWeights.of(network);
      Training training =
          new Training(
              network,
              kernels,
              new SoftmaxCrossEntropy(0),
              new Sgd(setting(run, "momentum"), setting(run, "weight_decay")),
              setting(run, "learning_rate"),
              run.floats("input").values(),
              labels,
              weights);
      float[] losses = new float[3];
      losses[0] = training.differentiate();
      close(run, "logits", training.replica().logits().toNchw(images), bound);
      close(run, "loss", new float[] {losses[0]}, bound);
      close(run, "input_gradient", training.replica().inputGradient().toNchw(images), bound);
      closeAll(read(name, "gradients"), trained, training.gradients(), bound);
      training.update();
      losses[1] = training.step();
      losses[2] = training.step();
      close(run, "losses", losses, bound);
      closeAll(read(name, "updated"), all, weights, bound);
    }
  }

  private static void closeAll(
      SafetensorsFile expected, List<Parameter> parameters, float[] vector, double bound)
      throws IOException {
    assertEquals(parameters.size(), expected.names().size());
    for (Parameter parameter : parameters) {
      float[] values = parameter.unpack(vector);
      String name = parameter.name();
      for (String tensor : expected.names()) {
        if (tensor.startsWith(name + SAMPLED)) {
          name = tensor;
          values = sample(values, interval(tensor));
        }
      }
      close(expected, name, values, bound);
    }
  }

  private static int interval(String tensor) {
    String ending = tensor.substring(tensor.indexOf(SAMPLED) + SAMPLED.length());
    return Integer.parseInt(ending.replace("th", ""));
  }

  private static float[] sample(float[] values, int interval) {
    float[] sample = new float[(values.length + interval - 1) / interval];
    for (int i = 0; i < sample.length; i++) {
      sample[i] = values[i * interval];
    }
    return sample;
  }

  private static void close(SafetensorsFile expected, String name, float[] actual, double bound)
      throws IOException {
    Compare.close(name, Floats.toDouble(expected.floats(name).values()), actual, bound);
  }

  private static float setting(SafetensorsFile file, String name) {
    return Float.parseFloat(file.metadata().get(name));
  }

  private static SafetensorsFile read(String network, String file) throws IOException {
    String name = network + "/" + file + ".safetensors";
    try (InputStream in = TorchAgreementTest.class.getResourceAsStream(name)) {
      return Safetensors.read(in, name);
    }
  }
}
