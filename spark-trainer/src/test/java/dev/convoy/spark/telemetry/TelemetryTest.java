package dev.convoy.spark.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;

/** In a real Spark application whose executor is in this process. */
final class TelemetryTest {
  @Test
  void whatATaskSendsReachesTheListenersInOrderBeforeFlushReturns() throws IOException {
    Recorder recorder = new Recorder();
    try (RunListeners listeners = new RunListeners(List.of(recorder), recorder.failures::add);
        JavaSparkContext spark = new JavaSparkContext(conf())) {
      Telemetry.listen(2, listeners);
      spark
          .parallelize(List.of(0), 1)
          .foreachPartition(
              rank -> {
                for (int step = 1; step <= 100; step++) {
                  Telemetry.send(1, Samples.train(1000 + step));
                  Telemetry.send(2, Samples.train(step));
                }
                Telemetry.flush(2);
              });
      // The job is over, and the messages of attempt 1, which is not the current one, are not here.
      assertEquals(LongStream.rangeClosed(1, 100).boxed().toList(), recorder.steps);
      assertEquals(List.of(), recorder.failures);
    }
  }

  @Test
  void aTaskWithoutThePluginSaysWhichSettingIsMissing() {
    IllegalStateException e =
        assertThrows(IllegalStateException.class, () -> Telemetry.send(1, Samples.train(1)));
    assertTrue(
        e.getMessage().contains("spark.plugins must name dev.convoy.spark.telemetry."),
        e.getMessage());
  }

  private static SparkConf conf() {
    return new SparkConf(false)
        .setMaster("local[1]")
        .setAppName("telemetry")
        .set("spark.ui.enabled", "false")
        .set("spark.driver.bindAddress", "127.0.0.1")
        .set("spark.driver.host", "127.0.0.1")
        .set("spark.plugins", TelemetryPlugin.class.getName())
        .set("spark.serializer", "org.apache.spark.serializer.KryoSerializer")
        .set("spark.kryo.registrator", "dev.convoy.spark.kryo.ConvoyRegistrator")
        .set("spark.kryo.registrationRequired", "true");
  }

  private static final class Recorder implements RunListener {
    private final List<Long> steps = new ArrayList<>();
    private final List<String> failures = new ArrayList<>();

    @Override
    public void onTrain(TrainMetrics metrics) {
      steps.add(metrics.step());
    }
  }
}
