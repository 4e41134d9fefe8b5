package dev.convoy.train;

import dev.convoy.nn.Network;
import dev.convoy.nn.StateDict;
import dev.convoy.weights.NamedTensor;
import dev.convoy.weights.Safetensors;
import dev.convoy.weights.WeightsDigest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The weights of a network, running statistics included, with torchvision's tensor names and
 * element order (OIHW).
 */
public final class Weights {
  private final Network network;
  private final float[] vector;

  /**
   * @param vector the network's flat vector, which is copied
   * @throws IllegalArgumentException if it is not as long as the network's
   */
  public Weights(Network network, float[] vector) {
    if (vector.length != network.vectorLength()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%s has a vector of %d floats, not %d",
              network.name(),
              network.vectorLength(),
              vector.length));
    }
    this.network = network;
    this.vector = vector.clone();
  }

  /** Returns initial weights, a pure function of the seed. */
  public static Weights initial(Network network, long seed) {
    return new Weights(network, network.initialWeights(seed));
  }

  /**
   * Reads the weights of a network from a safetensors file.
   *
   * @throws IOException if the file cannot be read or is damaged
   * @throws IllegalArgumentException if its tensors are not this network's, naming them
   */
  public static Weights load(Network network, Path file) throws IOException {
    List<NamedTensor> tensors = Safetensors.read(file).tensors();
    return new Weights(network, StateDict.load(network, tensors, file.toString()));
  }

  /** Writes them to a safetensors file, which appears whole or not at all. */
  public void save(Path file) throws IOException {
    Safetensors.write(file, Map.of(), tensors());
  }

  /** Returns the tensors, in the network's order. */
  public List<NamedTensor> tensors() {
    return StateDict.of(network, vector);
  }

  /**
   * Returns the hash that {@code convoy train} prints: of the tensors in the order of their names.
   */
  public String sha256() {
    return WeightsDigest.sha256(tensors());
  }

  /** Returns a copy of the network's flat vector. */
  public float[] vector() {
    return vector.clone();
  }
}
