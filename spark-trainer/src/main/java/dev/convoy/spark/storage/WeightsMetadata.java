package dev.convoy.spark.storage;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.convoy.data.ImageShape;
import dev.convoy.spark.config.UserError;
import dev.convoy.tensor.Shape;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a program needs to use trained weights, in the metadata of their safetensors file. Each
 * value is text there; lists and numbers are JSON.
 *
 * <pre>
 * "format": "pt"                          as every PyTorch library writes it
 * "network": "lenet5-modern"              "outputs": "10"
 * "input": [32, 32, 1]
 * "classes": ["T-shirt/top", …]           "image": [28, 28, 1]
 * "mean": [0.286]                         "std": [0.353]
 * "augment": ["short-side 256", "centre-crop"]
 * "loss": "softmax-cross-entropy"         "loss_j": "20.0"
 * </pre>
 *
 * @param network its name
 * @param input shape of an image as it takes it
 * @param outputs its number of classes, at least as many as there are names
 * @param classes names in the order of the labels
 * @param image what is known of stored images; {@code [0, 0, 3]} where they differ in size
 * @param augment what is done to validation images
 * @param mean of each channel, pixels between 0 and 1
 * @param std standard deviation of each channel
 * @param loss the name of the loss it was trained with
 * @param lossConstant j of the loss {@code rbf}
 */
public record WeightsMetadata(
    String network,
    Shape input,
    int outputs,
    List<String> classes,
    ImageShape image,
    List<String> augment,
    List<Float> mean,
    List<Float> std,
    String loss,
    double lossConstant) {
  private static final String CLASSES = "classes";
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Returns the metadata of the file. */
  public Map<String, String> toMap() {
    Map<String, String> map = new TreeMap<>();
    map.put("format", "pt");
    map.put("network", network);
    map.put("input", json(input));
    map.put("outputs", Integer.toString(outputs));
    map.put(CLASSES, json(classes));
    map.put("image", json(List.of(image.height(), image.width(), image.channels())));
    map.put("augment", json(augment));
    map.put("mean", json(mean));
    map.put("std", json(std));
    map.put("loss", loss);
    map.put("loss_j", Double.toString(lossConstant));
    return map;
  }

  private static String json(Shape shape) {
    return json(List.of(shape.height(), shape.width(), shape.channels()));
  }

  private static String json(List<?> list) {
    try {
      return JSON.writeValueAsString(list);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /**
   * Reads the metadata of a file.
   *
   * @param where the file in messages
   * @throws UserError if it is not what {@code convoy train} writes
   */
  public static WeightsMetadata of(Map<String, String> map, String where) {
    Fields fields = new Fields(map, where);
    try {
      return new WeightsMetadata(
          fields.text("network"),
          fields.shape("input"),
          Integer.parseInt(fields.text("outputs")),
          fields.list(CLASSES, new TypeReference<>() {}),
          fields.imageShape("image"),
          fields.list("augment", new TypeReference<>() {}),
          fields.list("mean", new TypeReference<>() {}),
          fields.list("std", new TypeReference<>() {}),
          fields.text("loss"),
          Double.parseDouble(fields.text("loss_j")));
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      throw new UserError("%s has metadata that make no sense: %s".formatted(where, map), e);
    }
  }

  /**
   * Returns the names of the classes alone, of any file.
   *
   * @return nothing if the file does not name them
   */
  public static Optional<List<String>> classesIn(Map<String, String> map, String where) {
    return map.containsKey(CLASSES)
        ? Optional.of(new Fields(map, where).list(CLASSES, new TypeReference<>() {}))
        : Optional.empty();
  }

  /**
   * Returns the metadata of a checkpoint's weights, which are used with its configuration beside
   * them.
   */
  public static Map<String, String> ofCheckpoint(List<String> classes) {
    return Map.of("format", "pt", CLASSES, json(classes));
  }

  private record Fields(Map<String, String> map, String where) {
    String text(String key) {
      String value = map.get(key);
      if (value == null) {
        throw new UserError(
            "%s does not say its '%s' in its metadata, as weights that convoy train wrote do"
                .formatted(where, key));
      }
      return value;
    }

    Shape shape(String key) {
      List<Integer> sides = list(key, new TypeReference<>() {});
      return new Shape(sides.get(0), sides.get(1), sides.get(2));
    }

    ImageShape imageShape(String key) {
      List<Integer> sides = list(key, new TypeReference<>() {});
      return new ImageShape(sides.get(0), sides.get(1), sides.get(2));
    }

    <T> List<T> list(String key, TypeReference<List<T>> type) {
      String text = text(key);
      try {
        return JSON.readValue(text, type);
      } catch (JsonProcessingException e) {
        throw new UserError(
            "%s has metadata '%s' = %s, which is no list".formatted(where, key, text), e);
      }
    }
  }
}
