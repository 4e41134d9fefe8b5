package dev.convoy.spark.telemetry;

import java.util.Map;
import org.apache.spark.api.plugin.DriverPlugin;
import org.apache.spark.api.plugin.ExecutorPlugin;
import org.apache.spark.api.plugin.PluginContext;
import org.apache.spark.api.plugin.SparkPlugin;

/**
 * Brings {@link Telemetry} to the driver and to every executor; {@code spark.plugins} must name it.
 *
 * <p>Spark's own channel is used because it exists on every cluster, is authenticated and encrypted
 * as the cluster is, and needs no open port. Accumulators would arrive only when the task ends.
 */
public final class TelemetryPlugin implements SparkPlugin {
  @Override
  public DriverPlugin driverPlugin() {
    return new Driver();
  }

  @Override
  public ExecutorPlugin executorPlugin() {
    return new Executor();
  }

  private static final class Driver implements DriverPlugin {
    private SparkBytes serializer;

    @Override
    public Object receive(Object message) {
      if (serializer
          == null) { // Spark calls one at a time, and not before its environment is there
        serializer = new SparkBytes();
      }
      return Telemetry.receive((Envelope) serializer.read((byte[]) message));
    }
  }

  private static final class Executor implements ExecutorPlugin {
    @Override
    public void init(PluginContext context, Map<String, String> extraConf) {
      Telemetry.connect(context);
    }

    @Override
    public void shutdown() {
      Telemetry.disconnect();
    }
  }
}
