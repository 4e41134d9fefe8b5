package dev.convoy.spark.app.launch;

import java.lang.instrument.Instrumentation;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.hadoop.security.UserGroupInformation;

/**
 * A user whose number has no name on this system, as in many containers. Hadoop's login asks the
 * system for the name and fails without one, whatever HADOOP_USER_NAME says; so such a user is
 * logged in by that variable before Hadoop asks. Executors do it as a Java agent, for their main
 * class is Spark's.
 */
public final class UnnamedUser {
  /** The launcher sets it for such a user, if it is not set. */
  private static final String NAME = "HADOOP_USER_NAME";

  private UnnamedUser() {}

  /** Logs in before the main class runs, as {@code -javaagent} asks for. */
  public static void premain(String arguments, Instrumentation instrumentation) {
    logIn();
  }

  /** Gives the user a name and a home if the system has none for them; else does nothing. */
  public static void logIn() {
    if (!isHere()) {
      return;
    }
    if (!Path.of(System.getProperty("user.home")).isAbsolute()) {
      // It is "?", which Spark's search for packages takes for a folder.
      System.setProperty("user.home", System.getProperty("java.io.tmpdir"));
    }
    if (!UserGroupInformation.isSecurityEnabled()) {
      UserGroupInformation.setLoginUser(UserGroupInformation.createRemoteUser(name()));
    }
  }

  /** Returns whether this process's user has no name. */
  static boolean isHere() {
    return "?".equals(System.getProperty("user.name"));
  }

  /** Returns the user's name. */
  static String name() {
    return Optional.ofNullable(System.getenv(NAME))
        .filter(name -> !name.isBlank())
        .orElse("convoy");
  }

  /** Returns the option of a JVM whose main class is not Convoy's. */
  static String javaOption() {
    return "-javaagent:" + Logging.applicationJar();
  }
}
