package dev.convoy.spark.app;

import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;

/** Where Spark's own log goes: to a file, so that the console has only Convoy's lines. */
final class Logging {
  private Logging() {}

  /** The Java option that names a log4j2 file of this package's resources by its full address. */
  static String option(String resource) {
    URL address = Logging.class.getResource(resource);
    if (address == null) {
      throw new IllegalStateException("no " + resource + " in the application jar");
    }
    return "-Dlog4j2.configurationFile=" + address;
  }

  /** The application jar (or the folder of classes) that this very class was loaded from. */
  static Path applicationJar() {
    try {
      return Path.of(Logging.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
