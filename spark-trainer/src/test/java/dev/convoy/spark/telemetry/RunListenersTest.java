package dev.convoy.spark.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RunListenersTest {
  private final List<String> heard = new ArrayList<>();

  @Test
  void everyListenerHearsEveryKindOfMessageInOrder() {
    try (RunListeners listeners =
        new RunListeners(List.of(new Recorder("a"), new Recorder("b")), heard::add)) {
      listeners.accept(Samples.train(1));
      listeners.accept(Samples.validation(2));
      listeners.accept(new RunEvent("half way"));
    }
    assertEquals(
        List.of(
            "a train 1",
            "b train 1",
            "a validation 2",
            "b validation 2",
            "a half way",
            "b half way",
            "a closed",
            "b closed"),
        heard);
  }

  @Test
  void aListenerThatFailsIsLeftOutAndTheOthersGoOn() {
    try (RunListeners listeners =
        new RunListeners(List.of(new FullDisk(), new Recorder("b")), heard::add)) {
      listeners.accept(Samples.train(1));
      listeners.accept(Samples.train(2));
    }
    assertEquals(
        List.of(
            "FullDisk stops, training goes on without it: java.io.IOException: disk full",
            "b train 1",
            "b train 2",
            "b closed"),
        heard);
  }

  @Test
  void nothingIsHeardAfterTheClose() {
    RunListeners listeners = new RunListeners(List.of(new Recorder("a")), heard::add);
    listeners.close();
    listeners.accept(Samples.train(1));
    assertEquals(List.of("a closed"), heard);
  }

  private static final class FullDisk implements RunListener {
    @Override
    public void onTrain(TrainMetrics metrics) throws IOException {
      throw new IOException("disk full");
    }
  }

  private final class Recorder implements RunListener {
    private final String name;

    Recorder(String name) {
      this.name = name;
    }

    @Override
    public void onTrain(TrainMetrics metrics) {
      heard.add(name + " train " + metrics.step());
    }

    @Override
    public void onValidation(ValidationMetrics metrics) {
      heard.add(name + " validation " + metrics.step());
    }

    @Override
    public void onEvent(RunEvent event) {
      heard.add(name + " " + event.text());
    }

    @Override
    public void close() {
      heard.add(name + " closed");
    }
  }
}
