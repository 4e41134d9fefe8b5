package dev.convoy.zoo;

import dev.convoy.nn.Network;
import dev.convoy.nn.Parameter;
import java.nio.charset.StandardCharsets;

/** The weights that every dump begins with: a function of each tensor's name, see README.md. */
final class TorchWeights {
  private TorchWeights() {}

  static float[] of(Network network) {
    float[] weights = new float[network.vectorLength()];
    for (Parameter parameter : network.parameters()) {
      parameter.pack(values(parameter), weights);
    }
    return weights;
  }

  private static float[] values(Parameter parameter) {
    String name = parameter.name();
    int count = parameter.count();
    boolean normalization = name.matches("(.*\\.)?(bn\\d*|downsample\\.1)\\.[a-z_]+");
    if (name.endsWith(".running_mean")) {
      return new float[count];
    }
    if (name.endsWith(".running_var")) {
      return uniform(name, count, 1, 0);
    }
    if (name.endsWith(".bias")) {
      return uniform(name, count, 0, normalization ? 0.1 : 0.05);
    }
    int inputs = count / parameter.shape()[0];
    return normalization
        ? uniform(name, count, 1, 0.25)
        : uniform(name, count, 0, Math.sqrt(6.0 / inputs));
  }

  private static float[] uniform(String name, int count, double centre, double spread) {
    long state = 0xcbf29ce484222325L;
    for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
      state = (state ^ (b & 0xff)) * 0x100000001b3L;
    }
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      state = state * 6364136223846793005L + 1442695040888963407L;
      values[i] = (float) (centre + spread * (2 * ((state >>> 40) * 0x1p-24) - 1));
    }
    return values;
  }
}
