package dev.convoy.spark.app.launch;

import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;

/** Where Spark's own log goes: to a file, so that the console has only Convoy's lines. */
public final class Logging {
  /** The launcher says in this property by which path it has called the application jar. */
  private static final String JAR = "convoy.jar";

  /** The launcher says in this variable where Spark's log goes. */
  private static final String LOG_FILE = "CONVOY_LOG_FILE";

  private Logging() {}

  /**
   * Returns the Java option that names a log4j2 file of this package's resources by its full
   * address.
   */
  static String option(String resource) {
    if (System.getProperty(JAR) != null) {
      String folder = Logging.class.getPackageName().replace('.', '/');
      return "-Dlog4j2.configurationFile=jar:file:"
          + applicationJar()
          + "!/"
          + folder
          + "/"
          + resource;
    }
    URL address = Logging.class.getResource(resource);
    if (address == null) {
      throw new IllegalStateException("no " + resource + " in the application jar");
    }
    return "-Dlog4j2.configurationFile=" + address;
  }

  /**
   * Returns the application jar (or the folder of classes) that this very class was loaded from:
   * the launcher's link to it, which is in a path that Spark takes, where the class loader would
   * say what it leads to.
   */
  public static Path applicationJar() {
    if (System.getProperty(JAR) != null) {
      return Path.of(System.getProperty(JAR));
    }
    try {
      return Path.of(Logging.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** Returns the end of a sentence that names the log, or nothing if the launcher names none. */
  public static String whereTheTraceIs() {
    String file = System.getenv(LOG_FILE);
    return file == null || file.isEmpty() ? "" : " (details in " + file + ")";
  }
}
