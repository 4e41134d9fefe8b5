package dev.convoy.spark.export;

import java.util.List;

/** The list of formats: a new one is one file and one line here. */
public final class ExportFormats {
  private static final List<ExportFormat> ALL = List.of(new Onnx());

  private ExportFormats() {}

  /** Names in {@code --format}. */
  public static List<String> names() {
    return ALL.stream().map(ExportFormat::name).toList();
  }

  /**
   * The format of that name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static ExportFormat named(String name) {
    return ALL.stream()
        .filter(format -> format.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "the format %s is unknown; allowed are %s"
                        .formatted(name, String.join(", ", names()))));
  }
}
