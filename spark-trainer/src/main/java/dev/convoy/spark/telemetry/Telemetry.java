package dev.convoy.spark.telemetry;

import java.io.IOException;
import org.apache.spark.api.plugin.PluginContext;

/**
 * The channel from the training task of rank 0 to the listeners in the driver.
 *
 * <p>It is static because Spark makes one plugin for each executor process and gives a task no
 * reference to it: a field of the class that both share is the only place where they can meet. In
 * {@code local} mode driver and executor are one process, so the two directions have separate
 * fields.
 *
 * <p>Every message bears the number of its attempt. A message of an attempt that has failed can
 * still be under way when the next one starts from the newest checkpoint; the driver drops it, and
 * no step is written twice.
 */
public final class Telemetry {
  private static volatile Executor executor;
  private static volatile Attempt listening;

  private Telemetry() {}

  /**
   * Sends a message from an executor to the driver, and returns at once: Spark queues it for its
   * network thread, so that a slow driver never delays a step. The first call of an executor is
   * longer by the round trip that finds the driver's end.
   *
   * @throws IllegalStateException if this executor has no {@link TelemetryPlugin}
   */
  public static void send(int attempt, TelemetryMessage message) {
    try {
      executor().send(new Envelope(attempt, message));
    } catch (IOException e) {
      throw new IllegalStateException("the driver cannot be reached for metrics", e);
    }
  }

  /**
   * Returns when the driver's listeners have had everything that this executor has sent. Rank 0
   * calls it once, at the end of its task, for the driver closes its files when the job is over.
   *
   * @throws IOException if the driver does not answer within Spark's {@code spark.rpc.askTimeout}
   */
  public static void flush(int attempt) throws IOException {
    try {
      executor().ask(new Envelope(attempt, null));
    } catch (IOException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IOException("the driver has not confirmed the metrics", e);
    }
  }

  /**
   * Hands the messages of {@code attempt} to {@code listeners} from now on, in the driver; those
   * who listened before get none. It ends when the listeners are closed.
   */
  public static void listen(int attempt, RunListeners listeners) {
    listening = new Attempt(attempt, listeners);
  }

  /** Connects this executor to the driver, when its plugin starts. */
  static void connect(PluginContext context) {
    executor = new Executor(context, new SparkBytes());
  }

  /** Ends the connection of this executor, when its plugin ends. */
  static void disconnect() {
    executor = null;
  }

  /** Returns the driver's end; the answer is null for a message and true for a flush. */
  static Object receive(Envelope envelope) {
    if (envelope.message() == null) {
      return true;
    }
    Attempt current = listening;
    if (current != null && current.number() == envelope.attempt()) {
      current.listeners().accept(envelope.message());
    }
    return null;
  }

  private static Executor executor() {
    Executor connected = executor;
    if (connected == null) {
      throw new IllegalStateException(
          "this executor has no telemetry: spark.plugins must name "
              + TelemetryPlugin.class.getName());
    }
    return connected;
  }

  private record Attempt(int number, RunListeners listeners) {}

  /** The executor's end. Spark writes objects by Java serialization here, so it is given bytes. */
  private record Executor(PluginContext context, SparkBytes serializer) {
    void send(Envelope envelope) throws IOException {
      context.send(serializer.write(envelope));
    }

    void ask(Envelope envelope) throws Exception {
      context.ask(serializer.write(envelope));
    }
  }
}
