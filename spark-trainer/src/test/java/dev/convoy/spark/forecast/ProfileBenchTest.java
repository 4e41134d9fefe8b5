package dev.convoy.spark.forecast;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.spark.config.ConvoyConfig;
import dev.convoy.spark.train.NetworkPlan;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A measurement, as short as can be. */
class ProfileBenchTest {
  @TempDir Path folder;

  @Test
  void aProfileHasEveryLayerAndComesBackFromItsFile() throws Exception {
    NetworkPlan plan =
        NetworkPlan.of(
            ConvoyConfig.load(
                "../conf/lenet5-fashion-mnist.conf",
                List.of("data.train=unused", "cluster.cores-per-executor=1")));
    Profile profile = new ProfileBench(plan, 0, 0, 1).run();

    for (StepTimes times : List.of(profile.few(), profile.more())) {
      assertEquals(5, times.forward().size());
      assertEquals(5, times.backward().size());
      assertTrue(times.forward().get(4).at() <= plan.network().vectorLength(), times.toString());
      assertEquals(0, times.backward().get(4).at());
      times.forward().forEach(layer -> assertTrue(layer.seconds() > 0, times.toString()));
    }
    assertEquals(1, profile.few().nodes());
    assertEquals(8, profile.more().nodes());
    assertTrue(profile.exchange().message() > 0, profile.toString());
    assertTrue(profile.exchange().reduceScatter() > 0, profile.toString());

    ProfileFile file =
        new ProfileFile(plan, folder.resolve("a/b.json").toString(), "convoy", folder);
    file.write(profile);
    assertEquals(profile, file.read());
  }
}
