package dev.convoy.spark.app.launch;

import dev.convoy.spark.cluster.ClusterException;
import dev.convoy.spark.config.UserError;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whether a cluster manager can be asked for executors at all. Spark itself would try for minutes,
 * or end with a stack trace.
 */
public final class ClusterAccess {
  private static final Pattern STANDALONE = Pattern.compile("spark://(\\S+)");
  private static final Pattern HOST_AND_PORT = Pattern.compile("(\\[[^]]+]|[^:]+):(\\d{1,5})");
  private static final int TIMEOUT_MILLIS = 10_000;

  private final Map<String, String> environment;
  private final SparkHome home;

  public ClusterAccess(Map<String, String> environment, SparkHome home) {
    this.environment = environment;
    this.home = home;
  }

  /**
   * Refuses what cannot work.
   *
   * @throws ClusterException if no master answers
   */
  public void check(Master.Remote master) {
    String url = master.url();
    if (url.equals("yarn")) {
      requireClient("yarn", url);
      if (isUnset("HADOOP_CONF_DIR") && isUnset("YARN_CONF_DIR")) {
        throw new UserError(
            "--master yarn needs the folder of the cluster's yarn-site.xml; set HADOOP_CONF_DIR or"
                + " YARN_CONF_DIR to it");
      }
    } else if (url.startsWith("k8s://")) {
      requireClient("kubernetes", url);
    } else {
      requireAnswer(url);
    }
  }

  private boolean isUnset(String name) {
    return environment.getOrDefault(name, "").isBlank();
  }

  private void requireClient(String module, String url) {
    if (!home.hasJar("spark-" + module + "_")) {
      throw new UserError(
          "--master "
              + url
              + " needs Spark's module spark-"
              + module
              + ", which is not in "
              + home.jars()
              + "; set SPARK_HOME to an installation of Spark 4 that has it");
    }
  }

  /** Requires that one of a standalone cluster's masters can be connected to. */
  private static void requireAnswer(String url) {
    Matcher standalone = STANDALONE.matcher(url);
    List<String> silent = new ArrayList<>();
    for (String address :
        standalone.matches() ? standalone.group(1).split(",", -1) : new String[] {""}) {
      Matcher parts = HOST_AND_PORT.matcher(address);
      if (!parts.matches() || Integer.parseInt(parts.group(2)) > 65535) {
        throw new UserError(
            "--master "
                + url
                + " is invalid: expected spark://HOST:PORT, such as spark://host:7077");
      }
      try (Socket socket = new Socket(Proxy.NO_PROXY)) {
        socket.connect(
            new InetSocketAddress(parts.group(1), Integer.parseInt(parts.group(2))),
            TIMEOUT_MILLIS);
        return;
      } catch (IOException e) {
        silent.add(address + " (" + why(e) + ")");
      }
    }
    throw new ClusterException("no Spark master answers at " + String.join(", ", silent));
  }

  private static String why(IOException e) {
    return e instanceof UnknownHostException ? "unknown host" : e.getMessage();
  }
}
