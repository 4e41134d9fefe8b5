package dev.convoy.data.prepare;

import java.io.Serializable;
import org.apache.hadoop.conf.Configuration;

/** Hadoop's configuration as any process makes it; the configuration itself does not travel. */
@FunctionalInterface
public interface HadoopConfigurationFactory extends Serializable {
  /** Makes it. */
  Configuration configuration();
}
