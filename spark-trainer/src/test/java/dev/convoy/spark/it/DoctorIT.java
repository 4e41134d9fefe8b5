package dev.convoy.spark.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code convoy doctor} on executors in processes of their own. */
class DoctorIT {
  @TempDir Path folder;

  private Launcher doctor() {
    return Launcher.convoy(
            folder,
            "doctor",
            Launcher.MODERN.toString(),
            "--output",
            folder.resolve("run").toString())
        .set("data.train", Launcher.SAMPLE)
        .set("cluster.memory", "512m");
  }

  private static List<String> verdicts(Ended ended) {
    return ended.out().stream()
        .filter(line -> line.matches("(ok|warns|fails) .*"))
        .map(line -> String.join(" ", line.split(" +", 3)).replaceFirst("^(\\S+ \\S+) .*", "$1"))
        .distinct()
        .toList();
  }

  @Test
  void whereNothingStandsAgainstARunItSaysSoAndLeavesNothing() throws Exception {
    Ended ended = doctor().executors(3, 1).run().requireStatus(0);
    assertEquals(
        List.of(
            "ok data",
            "ok room",
            "ok spark",
            "ok executors",
            "ok connections",
            "ok memory",
            "ok kernels",
            "ok output"),
        verdicts(ended));
    ended.requireLine("^ok +connections +each of 3 executors reaches each other$");
    ended.requireLine("^nothing stands against this run$");
    assertFalse(Files.exists(folder.resolve("run")));
  }

  @Test
  void whatFailsIsOneLineThatSaysWhereAndHowToMendIt() throws Exception {
    Ended ended =
        doctor()
            .executors(2, 1)
            .set("network", "{ name = resnet18, input = 28x28x1, classes = 10 }")
            .set("train.batch-size", 1024)
            .run()
            .requireStatus(1);
    ended.requireLine(
        "^fails +memory +\\S+: a step needs [0-9,]+ MiB, but the heap has [0-9,]+; raise");
    ended.requireLine("^1 finding stands against this run$");
  }
}
