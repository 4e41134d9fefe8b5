package dev.convoy.spark.storage;

import dev.convoy.nn.Network;
import dev.convoy.nn.StateDict;
import dev.convoy.spark.config.UserError;
import dev.convoy.weights.NamedTensor;
import dev.convoy.weights.Safetensors;
import dev.convoy.weights.SafetensorsException;
import dev.convoy.weights.SafetensorsFile;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collection;
import java.util.List;
import java.util.Map;
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

  /**
   * Reads weights.
   *
   * @param where a path or URI of the file, or of the folder that has {@link #NAME}
   * @throws UserError if there is none
   * @throws SafetensorsException if it is corrupt
   */
  public static WeightsFile read(String where, Configuration hadoop) throws IOException {
    try {
      Path given = new Path(where);
      FileSystem files = given.getFileSystem(hadoop);
      if (!files.exists(given)) {
        throw new UserError("no such file or folder: " + given);
      }
      boolean folder = files.getFileStatus(given).isDirectory();
      Path path = folder ? new Path(given, NAME) : given;
      if (!files.exists(path)) {
        throw new UserError("the folder " + given + " has no " + NAME);
      }
      try (InputStream in = new BufferedInputStream(files.open(path))) {
        return new WeightsFile(path, Safetensors.read(in, path.toString()));
      }
    } catch (IllegalArgumentException e) {
      throw new UserError("'%s' is not a path or URI: %s".formatted(where, e.getMessage()), e);
    }
  }

  /**
   * The flat vector of a network.
   *
   * @throws UserError naming tensors that are missing, surplus or misshapen
   */
  public float[] vector(Network network) throws SafetensorsException {
    return vector(StateDict::load, network);
  }

  /**
   * The same of weights before the first step or of gradients, which may lack running statistics:
   * those have their first values.
   *
   * @throws UserError naming tensors that are missing, surplus or misshapen
   */
  public float[] trainedVector(Network network) throws SafetensorsException {
    return vector(StateDict::loadTrained, network);
  }

  private float[] vector(Loading loading, Network network) throws SafetensorsException {
    List<NamedTensor> tensors = content.tensors();
    try {
      return loading.vector(network, tensors, path.toString());
    } catch (IllegalArgumentException e) {
      throw new UserError(e.getMessage(), e);
    }
  }

  private interface Loading {
    float[] vector(Network network, Collection<NamedTensor> tensors, String where);
  }

  /** The free text of the file. */
  public Map<String, String> metadata() {
    return content.metadata();
  }
}
