package dev.convoy.spark.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code scripts/slurm/convoy.sbatch} on a Slurm of this machine. */
@Tag("long")
class SlurmIT {
  @TempDir Path folder;

  @Test
  void aRunOnTheTwoNodesOfAnAllocationHasTheOneHash() throws Exception {
    assumeTrue(SlurmCluster.missing() == null, SlurmCluster.missing());
    String said;
    try (SlurmCluster slurm = SlurmCluster.start(folder)) {
      said =
          slurm.run(
              "train",
              Launcher.MODERN.toString(),
              "--set=train.steps=40",
              "--set=train.batch-size=64",
              "--set=train.virtual-nodes=8",
              "--set=cluster.cores-per-executor=1",
              "--output",
              folder.resolve("run").toString());
    }
    assertTrue(said.contains("2 executors of 1 core"), said);
    List<String> lines = said.lines().toList();
    assertEquals(ReferenceRun.digest(), lines.get(lines.size() - 1), said);
  }
}
