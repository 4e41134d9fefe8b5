package dev.convoy.spark.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedInputStream;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.scheduler.ReplayListenerBus;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerApplicationEnd;
import org.apache.spark.scheduler.SparkListenerApplicationStart;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs on a standalone cluster whose driver is here, or one of the cluster's processes. */
@Tag("long")
class StandalonePlacesIT {
  @TempDir Path folder;

  private Launcher training(StandaloneCluster cluster) {
    return cluster.master(ReferenceRun.training(folder).executors(2, 1));
  }

  @Test
  void aRunWhoseDriverIsAProcessOfTheClusterHasTheOneHash() throws Exception {
    try (StandaloneCluster cluster = StandaloneCluster.start(folder)) {
      cluster.addWorker(3, 4096);
      training(cluster).with("--deploy-mode", "cluster").run().requireStatus(0);
      Launcher digest = Launcher.convoy(folder, "digest", folder.resolve("run").toString());
      assertEquals(ReferenceRun.digest(), digest.run().digest());
      Ended again = training(cluster).with("--deploy-mode", "cluster").run().requireStatus(1);
      assertTrue(again.err().contains("the driver driver-"), again::toString);
    }
  }

  /** Spark's history server shows what its own reader of event logs takes from one. */
  @Test
  void theEventLogOfARunIsReadBySparksOwnReader() throws Exception {
    Path events = Files.createDirectories(folder.resolve("events"));
    try (StandaloneCluster cluster = StandaloneCluster.start(folder)) {
      cluster.addWorker(2, 4096);
      Ended ended =
          training(cluster)
              .with("--conf", "spark.eventLog.enabled=true")
              .with("--conf", "spark.eventLog.rolling.enabled=false")
              .with("--conf", "spark.eventLog.compress=false")
              .with("--conf", "spark.eventLog.dir=" + events.toUri())
              .run();
      assertEquals(ReferenceRun.digest(), ended.digest());
    }
    assertEquals(List.of("convoy train lenet5-fashion-mnist", "end"), replayed(events));
  }

  private static List<String> replayed(Path events) throws Exception {
    List<Path> logs;
    try (Stream<Path> files = Files.list(events)) {
      logs = files.filter(file -> !file.getFileName().toString().startsWith(".")).toList();
    }
    assertEquals(1, logs.size(), logs::toString);
    List<String> seen = new ArrayList<>();
    ReplayListenerBus bus = new ReplayListenerBus();
    bus.addListener(
        new SparkListener() {
          @Override
          public void onApplicationStart(SparkListenerApplicationStart start) {
            seen.add(start.appName());
          }

          @Override
          public void onApplicationEnd(SparkListenerApplicationEnd end) {
            seen.add("end");
          }
        });
    try (InputStream log = new BufferedInputStream(Files.newInputStream(logs.get(0)))) {
      assertTrue(
          bus.replay(log, logs.get(0).toString(), false, ReplayListenerBus.SELECT_ALL_FILTER()));
    }
    return seen;
  }
}
