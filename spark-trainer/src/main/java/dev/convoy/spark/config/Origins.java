package dev.convoy.spark.config;

import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigValue;
import java.nio.file.Path;

/**
 * Says where a value of the configuration was written: {@code conf/run.conf:12} or {@code --set}.
 */
final class Origins {
  private Origins() {}

  static String of(ConfigValue value) {
    return of(value.origin());
  }

  static String of(ConfigOrigin origin) {
    String file = origin.filename();
    if (file == null) {
      return origin.resource() != null ? origin.resource() : withoutLine(origin.description());
    }
    return origin.lineNumber() > 0 ? shorten(file) + ":" + origin.lineNumber() : shorten(file);
  }

  /** A file below the current directory is named relative to it, as people type it. */
  private static String shorten(String file) {
    Path here = Path.of("").toAbsolutePath();
    Path path = Path.of(file).toAbsolutePath().normalize();
    return path.startsWith(here) ? here.relativize(path).toString() : path.toString();
  }

  private static String withoutLine(String description) {
    return description.replaceFirst(": \\d+(-\\d+)?$", "");
  }
}
