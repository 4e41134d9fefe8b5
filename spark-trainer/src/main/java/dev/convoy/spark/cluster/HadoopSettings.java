package dev.convoy.spark.cluster;

import dev.convoy.data.store.StoreDefaults;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;

/**
 * The settings for Hadoop's file systems that {@code spark.hadoop.*} makes. They travel to the
 * executors, and may hold credentials of a store, so they are never printed.
 *
 * @param values by their keys, without the prefix
 */
public record HadoopSettings(Map<String, String> values) {
  private static final String PREFIX = "spark.hadoop.";
  private static final String TEMPORARY = "hadoop.tmp.dir";

  public HadoopSettings {
    values = Map.copyOf(values);
  }

  /** Returns the settings of this application. */
  public static HadoopSettings ofThisApplication() {
    Map<String, String> settings = new HashMap<>();
    for (var setting : new SparkConf().getAllWithPrefix(PREFIX)) {
      settings.put(setting._1(), setting._2());
    }
    return new HadoopSettings(settings);
  }

  /** Creates Hadoop's configuration, the settings over what this machine's files say. */
  public Configuration configuration() {
    Configuration hadoop = new Configuration();
    if (List.of(hadoop.getPropertySources(TEMPORARY)).equals(List.of("core-default.xml"))) {
      // The default is in /tmp, even where java.io.tmpdir is another folder.
      hadoop.set(TEMPORARY, "${java.io.tmpdir}/hadoop");
    }
    values.forEach(hadoop::set);
    StoreDefaults.apply(hadoop);
    return hadoop;
  }

  @Override
  public String toString() {
    return "HadoopSettings[" + values.size() + " values]";
  }
}
