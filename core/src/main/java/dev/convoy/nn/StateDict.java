package dev.convoy.nn;

import dev.convoy.weights.NamedTensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A network's weights as named tensors in torch's element order, and back. */
public final class StateDict {
  /** Names of tensors in a sentence, at most. */
  private static final int MOST_NAMES = 8;

  private StateDict() {}

  /** Returns the tensors of a flat vector, in the network's order. */
  public static List<NamedTensor> of(Network network, float[] vector) {
    return network.parameters().stream()
        .map(p -> new NamedTensor(p.name(), p.shape(), p.unpack(vector)))
        .toList();
  }

  /** Returns the name of the first tensor of a flat vector that has an infinite value or NaN. */
  public static Optional<String> firstNotFinite(Network network, float[] vector) {
    return network.parameters().stream()
        .filter(p -> !isFinite(vector, p.at(), p.at() + p.length()))
        .map(Parameter::name)
        .findFirst();
  }

  private static boolean isFinite(float[] vector, int from, int to) {
    for (int i = from; i < to; i++) {
      if (!Float.isFinite(vector[i])) {
        return false;
      }
    }
    return true;
  }

  /**
   * Returns the flat vector of named tensors.
   *
   * @param where names their origin in messages
   * @throws IllegalArgumentException if tensors are missing, superfluous or of another shape; it
   *     names them
   */
  public static float[] load(Network network, Collection<NamedTensor> tensors, String where) {
    return load(network, byName(tensors), where);
  }

  /**
   * Returns the flat vector of named tensors that were written before the first step or are
   * gradients: missing running statistics get their initial values.
   *
   * @param where names their origin in messages
   * @throws IllegalArgumentException as {@link #load} does, for all other tensors
   */
  public static float[] loadTrained(
      Network network, Collection<NamedTensor> tensors, String where) {
    Map<String, NamedTensor> byName = byName(tensors);
    for (Parameter parameter : network.parameters()) {
      if (parameter.statistic()) {
        byName.computeIfAbsent(
            parameter.name(),
            name -> new NamedTensor(name, parameter.shape(), parameter.firstValues(0)));
      }
    }
    return load(network, byName, where);
  }

  /**
   * The weights that training begins with.
   *
   * @param vector the flat vector
   * @param anew names of the tensors that are initialized at random
   */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  public record Start(float[] vector, List<String> anew) {}

  /**
   * Returns the flat vector of named tensors that are to be fine-tuned: if the number of classes or
   * the classes themselves have changed, the layers that compute logits are initialized anew.
   *
   * @param seed of the layers that are initialized anew
   * @param otherClasses whether the tensors belong to other classes, even if to as many
   * @param where names their origin in messages
   * @throws IllegalArgumentException as {@link #load} does, for all other tensors
   */
  public static Start loadForTuning(
      Network network,
      long seed,
      Collection<NamedTensor> tensors,
      boolean otherClasses,
      String where) {
    Map<String, NamedTensor> byName = byName(tensors);
    List<String> anew = new ArrayList<>();
    for (int head : network.heads()) {
      List<Parameter> parameters = network.nodes().get(head - 1).parameters();
      if (otherClasses
          || parameters.stream().anyMatch(p -> hasOtherClasses(p, byName.get(p.name())))) {
        for (Parameter parameter : parameters) {
          float[] first = parameter.firstValues(seed);
          byName.put(parameter.name(), new NamedTensor(parameter.name(), parameter.shape(), first));
          anew.add(parameter.name());
        }
      }
    }
    return new Start(load(network, byName, where), anew);
  }

  /** Returns whether a tensor of a head fits except for its first dimension, the classes. */
  private static boolean hasOtherClasses(Parameter parameter, NamedTensor tensor) {
    if (tensor == null || tensor.shape().length != parameter.shape().length) {
      return false;
    }
    int[] shape = tensor.shape().clone();
    int[] wanted = parameter.shape();
    boolean others = shape[0] != wanted[0];
    shape[0] = wanted[0];
    return others && Arrays.equals(shape, wanted);
  }

  private static Map<String, NamedTensor> byName(Collection<NamedTensor> tensors) {
    return tensors.stream()
        .collect(
            Collectors.toMap(
                NamedTensor::name, Function.identity(), StateDict::onlyOnce, HashMap::new));
  }

  private static NamedTensor onlyOnce(NamedTensor tensor, NamedTensor again) {
    throw new IllegalArgumentException("there are two tensors of the name " + tensor.name());
  }

  private static float[] load(Network network, Map<String, NamedTensor> byName, String where) {
    Set<String> wanted =
        network.parameters().stream().map(Parameter::name).collect(Collectors.toSet());
    String misfit = "%s does not fit %s".formatted(where, network.name());
    Set<String> missing = difference(wanted, byName.keySet());
    Set<String> surplus = difference(byName.keySet(), wanted);
    if (!missing.isEmpty()) {
      throw new IllegalArgumentException(
          misfit
              + ": it lacks "
              + some(missing)
              + (surplus.isEmpty() ? "" : "; in their place it has " + some(surplus)));
    }
    if (!surplus.isEmpty()) {
      throw new IllegalArgumentException(misfit + ", which has no place for " + some(surplus));
    }
    float[] vector = new float[network.vectorLength()];
    for (Parameter parameter : network.parameters()) {
      NamedTensor tensor = byName.get(parameter.name());
      if (!Arrays.equals(tensor.shape(), parameter.shape())) {
        throw new IllegalArgumentException(
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

  /** Returns the first of many names, and how many more there are. */
  private static String some(Set<String> names) {
    String first = names.stream().limit(MOST_NAMES).collect(Collectors.joining(", "));
    int more = names.size() - MOST_NAMES;
    return more <= 0 ? first : first + " and " + more + " more";
  }
}
