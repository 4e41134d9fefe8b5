package dev.convoy.spark.export;

import dev.convoy.nn.Network;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;

/** A way to write a trained network for other programs. */
public interface ExportFormat {
  /** Returns the name in {@code --format}. */
  String name();

  /** What it writes, in a few words for {@code --help}. */
  String summary();

  /**
   * Writes a network for inference.
   *
   * @param weights its flat vector
   * @param metadata of the weights, for people
   * @throws IllegalArgumentException if the format cannot express one of its layers
   */
  void write(Network network, float[] weights, Map<String, String> metadata, OutputStream out)
      throws IOException;
}
