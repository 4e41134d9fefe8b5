package dev.convoy.spark.kryo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.convoy.spark.telemetry.HeapUsed;
import dev.convoy.spark.telemetry.RunListener;
import dev.convoy.spark.telemetry.RunListeners;
import dev.convoy.spark.telemetry.TelemetryMessage;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TelemetryMessageCheck {
  @Test
  void itTravelsAndReachesListeners() {
    List<HeapUsed> received = new ArrayList<>();
    RunListener listener =
        new RunListener() {
          @Override
          public void onHeapUsed(HeapUsed used) {
            received.add(used);
          }
        };
    HeapUsed sent = new HeapUsed(2, 100);
    try (RunListeners listeners = new RunListeners(List.of(listener), warning -> {})) {
      listeners.accept((TelemetryMessage) Travel.through(sent));
    }
    assertEquals(List.of(sent), received);
  }
}
