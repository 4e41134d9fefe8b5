package dev.convoy.nn;

import dev.convoy.weights.NamedTensor;
import dev.convoy.weights.SafetensorsException;
import dev.convoy.weights.SafetensorsFile;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** A network's weights as named tensors in torch's element order, and back. */
public final class StateDict {
  private StateDict() {}

  /** The tensors of a flat vector, in the network's order. */
  public static List<NamedTensor> of(Network network, float[] vector) {
    return network.parameters().stream()
        .map(p -> new NamedTensor(p.name(), p.shape(), p.unpack(vector)))
        .toList();
  }

  /**
   * The flat vector of a file's tensors.
   *
   * @param where names the file in messages
   * @throws SafetensorsException if tensors are missing, surplus or misshapen; it names them
   */
  public static float[] load(Network network, SafetensorsFile file, String where)
      throws SafetensorsException {
    Set<String> wanted =
        network.parameters().stream().map(Parameter::name).collect(Collectors.toSet());
    refuse(where, network, "lacks", difference(wanted, file.names()));
    refuse(where, network, "has, unknown to the network,", difference(file.names(), wanted));
    float[] vector = new float[network.vectorLength()];
    for (Parameter parameter : network.parameters()) {
      NamedTensor tensor = file.floats(parameter.name());
      if (!Arrays.equals(tensor.shape(), parameter.shape())) {
        throw new SafetensorsException(
            "%s: %s has the shape %s, but %s needs %s"
                .formatted(
                    where,
                    parameter.name(),
                    Arrays.toString(tensor.shape()),
                    network.name(),
                    Arrays.toString(parameter.shape())));
      }
      parameter.pack(tensor.values(), vector);
    }
    return vector;
  }

  private static Set<String> difference(Set<String> of, Set<String> without) {
    Set<String> rest = new TreeSet<>(of);
    rest.removeAll(without);
    return rest;
  }

  private static void refuse(String where, Network network, String how, Set<String> names)
      throws SafetensorsException {
    if (!names.isEmpty()) {
      throw new SafetensorsException(
          "%s does not fit %s: it %s %s"
              .formatted(where, network.name(), how, String.join(", ", names)));
    }
  }
}
