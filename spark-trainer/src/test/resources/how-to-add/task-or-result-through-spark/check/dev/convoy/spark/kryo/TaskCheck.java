package dev.convoy.spark.kryo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.convoy.spark.cluster.JavaVersion;
import dev.convoy.spark.cluster.SparkApplication;
import dev.convoy.spark.config.ConvoyConfig;
import java.util.List;
import org.junit.jupiter.api.Test;

class TaskCheck {
  @Test
  void sparkRunsItOnAnExecutor() throws Exception {
    System.setProperty("spark.master", "local[2]");
    System.setProperty("spark.ui.enabled", "false");
    System.setProperty("spark.driver.host", "127.0.0.1");
    System.setProperty("spark.driver.bindAddress", "127.0.0.1");
    System.setProperty("spark.serializer", "org.apache.spark.serializer.KryoSerializer");
    System.setProperty("spark.kryo.registrator", ConvoyRegistrator.class.getName());
    System.setProperty("spark.kryo.registrationRequired", "true");
    var cluster =
        ConvoyConfig.load(ConvoyConfig.BUILTIN, List.of("network.name=lenet5", "data.train=/d"))
            .cluster();
    String version = Runtime.version().toString();
    try (SparkApplication application = SparkApplication.start("task", cluster, System.out::println)) {
      assertEquals(
          List.of(version, version),
          application.barrier(List.of(new JavaVersion(), new JavaVersion())));
    }
  }
}
