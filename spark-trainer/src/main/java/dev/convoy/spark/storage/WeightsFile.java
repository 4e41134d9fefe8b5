package dev.convoy.spark.storage;

import dev.convoy.data.ClassOrder;
import dev.convoy.data.StoragePath;
import dev.convoy.data.store.Stores;
import dev.convoy.nn.Network;
import dev.convoy.nn.StateDict;
import dev.convoy.spark.config.UserError;
import dev.convoy.weights.NamedTensor;
import dev.convoy.weights.Safetensors;
import dev.convoy.weights.SafetensorsException;
import dev.convoy.weights.SafetensorsFile;
import dev.convoy.weights.TensorPrefix;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * A safetensors file that a user names, read whole.
 *
 * @param path where it is
 * @param content what it holds
 */
public record WeightsFile(Path path, SafetensorsFile content) {
  /** The file's name in the folder of a run or of a checkpoint. */
  public static final String NAME = "weights.safetensors";

  private static final String ENDING = ".safetensors";
  private static final int MOST_OTHERS = 5;

  /**
   * Reads weights.
   *
   * @param where a path or URI of the file, or of the folder that has {@link #NAME}
   * @throws UserError if there is none
   * @throws SafetensorsException if it is corrupt
   */
  public static WeightsFile read(String where, Configuration hadoop) throws IOException {
    return Stores.ask(hadoop, where, (files, path) -> read(files, StoragePath.of(where), path));
  }

  /** Reads a file; messages name local files as the user did, others by their whole URI. */
  private static WeightsFile read(FileSystem files, Path asGiven, Path qualified)
      throws IOException {
    Path given = "file".equals(files.getUri().getScheme()) ? asGiven : qualified;
    if (!files.exists(given)) {
      throw new UserError("no such file or folder: " + given);
    }
    boolean folder = files.getFileStatus(given).isDirectory();
    Path path = folder ? StoragePath.child(given, NAME) : given;
    if (!files.exists(path)) {
      throw new UserError("the folder %s has no %s%s".formatted(given, NAME, others(files, given)));
    }
    try (InputStream in = new BufferedInputStream(files.open(path))) {
      return new WeightsFile(path, Safetensors.read(in, path.toString()));
    }
  }

  private static String others(FileSystem files, Path folder) throws IOException {
    String others =
        Arrays.stream(files.listStatus(folder))
            .map(file -> file.getPath().getName())
            .filter(name -> name.endsWith(ENDING))
            .sorted()
            .limit(MOST_OTHERS)
            .collect(Collectors.joining(", "));
    return others.isEmpty() ? "" : "; name a file that it has: " + others;
  }

  /**
   * Returns the tensors as networks name them: without what other programs have put before all
   * names.
   *
   * @throws SafetensorsException if one is not of floating point
   */
  public List<NamedTensor> tensors() throws SafetensorsException {
    int prefix = prefix().length();
    return content.tensors().stream()
        .map(
            tensor ->
                new NamedTensor(tensor.name().substring(prefix), tensor.shape(), tensor.values()))
        .toList();
  }

  /**
   * Returns the tensors, to be computed with.
   *
   * @throws UserError if one of them has values that are infinite or no numbers
   */
  public List<NamedTensor> finiteTensors() throws SafetensorsException {
    List<NamedTensor> tensors = tensors();
    Optional<String> broken = notFinite(tensors);
    if (broken.isPresent()) {
      throw new UserError(path + " is of no use: " + broken.get());
    }
    return tensors;
  }

  /** Returns what a person should know of the file, a sentence each. */
  public List<String> notices() throws SafetensorsException {
    List<String> notices = new ArrayList<>();
    if (!prefix().isEmpty()) {
      notices.add("%s: the names of its tensors lose their %s".formatted(path, prefix()));
    }
    content.conversions().forEach(text -> notices.add(path + ": " + text));
    notFinite(tensors()).ifPresent(text -> notices.add(path + ": " + text));
    return notices;
  }

  private String prefix() {
    return TensorPrefix.of(content.names());
  }

  private static Optional<String> notFinite(List<NamedTensor> tensors) {
    for (NamedTensor tensor : tensors) {
      for (float value : tensor.values()) {
        if (!Float.isFinite(value)) {
          return Optional.of(
              "the tensor %s has values that are infinite or no numbers".formatted(tensor.name()));
        }
      }
    }
    return Optional.empty();
  }

  /**
   * Returns the flat vector of a network.
   *
   * @throws UserError naming tensors that are missing, surplus, misshapen or not finite
   */
  public float[] vector(Network network) throws SafetensorsException {
    return vector(StateDict::load, network, finiteTensors());
  }

  /**
   * Returns the flat vector of weights before the first step or of gradients, which may lack
   * running statistics: those have their first values.
   *
   * @throws UserError naming tensors that are missing, surplus or misshapen
   */
  public float[] trainedVector(Network network) throws SafetensorsException {
    return vector(StateDict::loadTrained, network, tensors());
  }

  private float[] vector(Loading loading, Network network, List<NamedTensor> tensors) {
    try {
      return loading.vector(network, tensors, path.toString());
    } catch (IllegalArgumentException e) {
      throw new UserError(e.getMessage(), e);
    }
  }

  private interface Loading {
    float[] vector(Network network, Collection<NamedTensor> tensors, String where);
  }

  /**
   * Returns the first difference between a dataset's classes and those that the weights were
   * trained on; nothing if there is none, or the file does not name its classes.
   *
   * @param where the dataset, for messages
   */
  public Optional<String> otherClasses(String where, List<String> classes) {
    return WeightsMetadata.classesIn(metadata(), path.toString())
        .flatMap(known -> ClassOrder.difference(where, classes, path.toString(), known));
  }

  /** Returns the free text of the file. */
  public Map<String, String> metadata() {
    return content.metadata();
  }
}
