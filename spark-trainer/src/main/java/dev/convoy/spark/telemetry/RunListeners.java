package dev.convoy.spark.telemetry;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * All listeners of a run. Training must not end because the disk for metrics is full: a listener
 * that fails is left out from then on, and the reason is told once.
 */
public final class RunListeners implements Closeable {
  private final List<RunListener> listeners;
  private final List<RunListener> added = new ArrayList<>();
  private final Consumer<String> warnings;

  /**
   * Creates a group that calls {@code listeners} in this order; {@code warnings} gets a sentence
   * for each that fails.
   */
  public RunListeners(List<RunListener> listeners, Consumer<String> warnings) {
    this.listeners = new ArrayList<>(listeners);
    this.warnings = warnings;
  }

  /** Adds listeners, for the messages that follow; a listener itself may call it. */
  public synchronized void addAll(List<RunListener> more) {
    added.addAll(more);
  }

  /** Hands one message to every listener. */
  public synchronized void accept(TelemetryMessage message) {
    forEach(message::tell);
    listeners.addAll(added);
    added.clear();
  }

  /** Closes every listener; nothing that arrives later reaches one. */
  @Override
  public synchronized void close() {
    forEach(RunListener::close);
    listeners.clear();
  }

  private void forEach(Call call) {
    listeners.removeIf(
        listener -> {
          try {
            call.on(listener);
            return false;
          } catch (IOException | RuntimeException e) {
            warnings.accept(
                listener.getClass().getSimpleName() + " stops, training goes on without it: " + e);
            return true;
          }
        });
  }

  private interface Call {
    void on(RunListener listener) throws IOException;
  }
}
