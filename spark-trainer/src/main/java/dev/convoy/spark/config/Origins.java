package dev.convoy.spark.config;

import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigValue;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Says where a value of the configuration was written: {@code conf/run.conf:12} or {@code --set}.
 */
final class Origins {
  /** Describes what the command line gives. */
  static final String SET = "--set";

  /** Describes the defaults. */
  static final String REFERENCE = "reference.conf";

  /**
   * Describes what another process has resolved, where defaults look like values that were given.
   */
  static final String RENDERED = "the configuration as submitted";

  private static final Pattern LINES = Pattern.compile("(.*): (\\d+)(-\\d+)?", Pattern.DOTALL);

  private Origins() {}

  static String of(ConfigValue value) {
    return of(value.origin());
  }

  /**
   * Returns where a value comes from; files are described by their names, see {@link ConfigFiles}.
   */
  static String of(ConfigOrigin origin) {
    Matcher lines = LINES.matcher(origin.description());
    if (!lines.matches()) {
      return origin.description();
    }
    String name = lines.group(1);
    return name.equals(SET) ? name : name + ":" + lines.group(2);
  }

  /** Returns whether nobody has written the value, so that it is the default. */
  static boolean isDefault(ConfigValue value) {
    return of(value).startsWith(REFERENCE + ":");
  }

  /**
   * Returns a file's path, relative to the current directory if it lies below, as people type it.
   */
  static String shorten(String file) {
    Path here = Path.of("").toAbsolutePath();
    Path path = Path.of(file).toAbsolutePath().normalize();
    return path.startsWith(here) ? here.relativize(path).toString() : path.toString();
  }
}
