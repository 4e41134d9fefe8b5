package dev.convoy.spark.verify;

import dev.convoy.nn.Network;
import dev.convoy.spark.config.UserError;
import dev.convoy.spark.storage.WeightsFile;
import dev.convoy.tensor.Shape;
import dev.convoy.weights.NamedTensor;
import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import org.apache.hadoop.conf.Configuration;

/**
 * What another engine has computed, in a folder of safetensors files: {@code weights} before the
 * first step; {@code run} with input (NCHW), labels, and what came out; {@code gradients} of the
 * first step; {@code updated} weights after the last. The metadata tell the recipe.
 */
public final class Dump {
  private final WeightsFile weights;
  private final WeightsFile run;
  private final WeightsFile gradients;
  private final WeightsFile updated;

  private Dump(String folder, Configuration hadoop) throws IOException {
    weights = file(folder, "weights", hadoop);
    run = file(folder, "run", hadoop);
    gradients = file(folder, "gradients", hadoop);
    updated = file(folder, "updated", hadoop);
  }

  /**
   * Reads a dump.
   *
   * @throws UserError if a file is missing
   */
  public static Dump read(String folder, Configuration hadoop) throws IOException {
    return new Dump(folder, hadoop);
  }

  private static WeightsFile file(String folder, String name, Configuration hadoop)
      throws IOException {
    return WeightsFile.read(folder + "/" + name + ".safetensors", hadoop);
  }

  /**
   * Returns the weights before the first step, as a flat vector; running statistics begin as ours
   * do.
   */
  float[] weights(Network network) throws IOException {
    return weights.trainedVector(network);
  }

  /** Returns the gradients of the first step, as a flat vector; running statistics have none. */
  float[] gradients(Network network) throws IOException {
    return gradients.trainedVector(network);
  }

  /** Returns the weights after the last step, as a flat vector. */
  float[] updated(Network network) throws IOException {
    return updated.vector(network);
  }

  /** Returns whether the run has a tensor. */
  boolean has(String name) {
    return run.content().names().contains(name);
  }

  /** Returns a tensor of the run. */
  NamedTensor run(String name) throws IOException {
    return run.content().floats(name);
  }

  /** Returns a tensor of the run that must have {@code count} values. */
  float[] run(String name, int count) throws IOException {
    NamedTensor tensor = run(name);
    if (tensor.values().length != count) {
      throw new UserError(
          String.format(
              Locale.ROOT,
              "%s has a tensor %s of shape %s, but %d values are needed",
              run.path(),
              name,
              Arrays.toString(tensor.shape()),
              count));
    }
    return tensor.values();
  }

  /** Returns how many images the batch has. */
  int images() throws IOException {
    return labels().length;
  }

  /** Returns how many classes the logits have. */
  public int classes() throws IOException {
    int[] shape = run("logits").shape();
    if (shape.length != 2 || shape[1] < 1) {
      throw new UserError(
          "%s has logits of the shape %s; it must be (N,classes)"
              .formatted(run.path(), Arrays.toString(shape)));
    }
    return shape[1];
  }

  /** Returns the shape of an image. */
  public Shape input() throws IOException {
    int[] shape = run("input").shape();
    if (shape.length != 4) {
      throw new UserError(
          "%s has an input of the shape %s; it must be (N,C,H,W)"
              .formatted(run.path(), Arrays.toString(shape)));
    }
    return new Shape(shape[2], shape[3], shape[1]);
  }

  int[] labels() throws IOException {
    int classes = classes();
    long[] labels = run.content().longs("labels");
    if (labels.length == 0 || Arrays.stream(labels).anyMatch(l -> l < 0 || l >= classes)) {
      throw new UserError(
          String.format(
              Locale.ROOT, "%s has labels that are not all from 0 to %d", run.path(), classes - 1));
    }
    return Arrays.stream(labels).mapToInt(Math::toIntExact).toArray();
  }

  /** Returns a number of the recipe. */
  float number(String key) {
    String text = run.metadata().get(key);
    try {
      return Float.parseFloat(text == null ? "" : text.strip());
    } catch (NumberFormatException e) {
      throw new UserError(
          "%s must give %s as a number in its metadata, it gives %s"
              .formatted(run.path(), key, text),
          e);
    }
  }
}
