package dev.convoy.spark.export;

import dev.convoy.registry.Registry;
import java.util.List;

/** The list of formats: a new one is one file and one line here. */
public final class ExportFormats {
  private static final List<ExportFormat> ALL = List.of(new Onnx());

  private static final Registry<ExportFormat> REGISTRY =
      new Registry<>(
          "the format %s is unknown", IllegalArgumentException::new, ExportFormat::name, ALL);

  private ExportFormats() {}

  /** Returns all formats. */
  public static List<ExportFormat> all() {
    return ALL;
  }

  /** Returns the names in {@code --format}. */
  public static List<String> names() {
    return REGISTRY.names();
  }

  /**
   * Returns the format of that name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static ExportFormat named(String name) {
    return REGISTRY.named(name);
  }
}
