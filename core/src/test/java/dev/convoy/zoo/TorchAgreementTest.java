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
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Three training steps of lenet5-modern as PyTorch takes them; see README.md beside the data. */
class TorchAgreementTest {
  private static final double BOUND = 1e-5;
  private static final int SAMPLING = 7;
  private static final Network NETWORK = Zoo.network("lenet5-modern", 10);

  @Test
  void logitsLossesGradientsAndUpdatedWeightsAreThoseOfTorch() throws IOException {
    SafetensorsFile run = read("run.safetensors");
    SafetensorsFile gradients = read("gradients.safetensors");
    SafetensorsFile updated = read("updated.safetensors");
    int[] labels = Arrays.stream(run.longs("labels")).mapToInt(Math::toIntExact).toArray();
    for (Kernels kernels : Implementations.all()) {
      float[] weights = weights();
      Training training =
          new Training(
              NETWORK,
              kernels,
              new SoftmaxCrossEntropy(),
              new Sgd(setting(run, "momentum"), setting(run, "weight_decay")),
              setting(run, "learning_rate"),
              run.floats("input").values(),
              labels,
              weights);
      float[] losses = new float[3];
      losses[0] = training.differentiate();
      close(run, "logits", training.replica().logits().toNchw(4));
      close(run, "loss", new float[] {losses[0]});
      close(run, "input_gradient", training.replica().inputGradient().toNchw(4));
      closeAll(gradients, training.gradients());
      training.update();
      losses[1] = training.step();
      losses[2] = training.step();
      close(run, "losses", losses);
      closeAll(updated, weights);
    }
  }

  private static void closeAll(SafetensorsFile expected, float[] vector) throws IOException {
    assertEquals(NETWORK.parameters().size(), expected.names().size());
    for (Parameter parameter : NETWORK.parameters()) {
      float[] values = parameter.unpack(vector);
      if (parameter.name().equals("fc1.weight")) {
        close(expected, "fc1.weight.every-7th", sample(values));
      } else {
        close(expected, parameter.name(), values);
      }
    }
  }

  private static float[] sample(float[] values) {
    float[] sample = new float[(values.length + SAMPLING - 1) / SAMPLING];
    for (int i = 0; i < sample.length; i++) {
      sample[i] = values[i * SAMPLING];
    }
    return sample;
  }

  private static void close(SafetensorsFile expected, String name, float[] actual)
      throws IOException {
    Compare.close(name, Floats.toDouble(expected.floats(name).values()), actual, BOUND);
  }

  private static float setting(SafetensorsFile file, String name) {
    return Float.parseFloat(file.metadata().get(name));
  }

  private static SafetensorsFile read(String name) throws IOException {
    try (InputStream in = TorchAgreementTest.class.getResourceAsStream("lenet5-modern/" + name)) {
      return Safetensors.read(in, name);
    }
  }

  private static float[] weights() {
    float[] weights = new float[NETWORK.vectorLength()];
    for (Parameter parameter : NETWORK.parameters()) {
      int[] shape = parameter.shape();
      int inputs = parameter.count() / shape[0];
      double spread = shape.length == 1 ? 0.05 : Math.sqrt(6.0 / inputs);
      long state = 0xcbf29ce484222325L;
      for (byte b : parameter.name().getBytes(StandardCharsets.UTF_8)) {
        state = (state ^ (b & 0xff)) * 0x100000001b3L;
      }
      float[] values = new float[parameter.count()];
      for (int i = 0; i < values.length; i++) {
        state = state * 6364136223846793005L + 1442695040888963407L;
        values[i] = (float) (spread * (2 * ((state >>> 40) * 0x1p-24) - 1));
      }
      parameter.pack(values, weights);
    }
    return weights;
  }
}
