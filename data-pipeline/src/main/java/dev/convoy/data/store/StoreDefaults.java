package dev.convoy.data.store;

import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hdfs.HdfsConfiguration;

/**
 * How long Convoy waits for a store that does not answer, unless the user's own {@code *-site.xml}
 * or {@code spark.hadoop.*} says otherwise. With Hadoop's own defaults a host that drops every
 * packet is tried for 15 minutes, and S3's endpoint for half an hour; with these a sentence comes
 * within two minutes, and a store that is away for half a minute is still waited for.
 *
 * <pre>
 * name node, no answer to a connection      5 x 10 s, then 1 s x 4            54 s
 * name node, connected but silent           60 s                              60 s
 * two name nodes, both without an answer    7 x 10 s, and 30 s between them  100 s
 * data node                                 20 s for each of up to 4 tries    95 s
 * S3, no answer or a silent one             4 x 20 s, and 4 s between them    84 s
 * </pre>
 */
public final class StoreDefaults {
  private static final Map<String, String> DEFAULTS =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("ipc.client.connect.timeout", "10000"),
              Map.entry("ipc.client.connect.max.retries.on.timeouts", "4"),
              Map.entry("ipc.client.rpc-timeout.ms", "60000"),
              Map.entry("dfs.client.failover.max.attempts", "6"),
              Map.entry("dfs.client.socket-timeout", "20000"),
              // Attempts of the SDK itself, within each of the retries below.
              Map.entry("fs.s3a.attempts.maximum", "1"),
              Map.entry("fs.s3a.retry.limit", "3"),
              Map.entry("fs.s3a.connection.establish.timeout", "20s"),
              Map.entry("fs.s3a.connection.timeout", "20s"),
              Map.entry("fs.s3a.connection.request.timeout", "20s")));

  private static final String SOURCE = "Convoy's defaults";

  static {
    // Adds hdfs-site.xml to what each configuration reads, so that it is seen below.
    HdfsConfiguration.init();
  }

  private StoreDefaults() {}

  /** Sets the defaults that the user has not set otherwise. */
  public static void apply(Configuration hadoop) {
    DEFAULTS.forEach(
        (key, value) -> {
          if (!isUsersOwn(hadoop, key)) {
            hadoop.set(key, value, SOURCE);
          }
        });
  }

  /**
   * Returns whether a value comes from anywhere but Hadoop's own {@code core-default.xml} and the
   * like.
   */
  private static boolean isUsersOwn(Configuration hadoop, String key) {
    String[] sources = hadoop.getPropertySources(key);
    if (sources == null || sources.length == 0) {
      return false;
    }
    String last = sources[sources.length - 1];
    return !last.endsWith("-default.xml") && !last.equals(SOURCE);
  }
}
