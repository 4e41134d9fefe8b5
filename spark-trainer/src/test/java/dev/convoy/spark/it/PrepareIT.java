package dev.convoy.spark.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From image files to shards to a trained network, on executors. */
class PrepareIT {
  private static final int TRAINING = 60;
  private static final int VALIDATION = 10;

  @TempDir Path folder;

  private Launcher prepare(String input, String output) {
    return Launcher.convoy(folder, "prepare", "folder", "--input", input, "--output", output)
        .set("cluster.memory", "512m");
  }

  /** Trains on photographs of many sizes, with every kind of random draw. */
  private Launcher training(String name, String shards) {
    return Launcher.train(folder.resolve(name), Launcher.MODERN)
        .set("network.name", "cifar-resnet20")
        .set("network.classes", 2)
        .set("data.format", "shards")
        .set("data.train", shards)
        .set("data.class-names", "[]")
        .set("data.normalize.mean", "[0.5, 0.5, 0.5]")
        .set("data.normalize.std", "[0.25, 0.25, 0.25]")
        .set(
            "data.augment.train",
            "[random-resized-crop, mirror, \"colour-jitter 0.4 0.4 0.4 0.1\", \"lighting 0.1\","
                + " \"random-erasing 0.5\"]")
        .set("data.augment.validation", "[\"short-side 36\", centre-crop]")
        .set("train.steps", 12)
        .set("train.batch-size", 16)
        .set("train.virtual-nodes", 4)
        .set("evaluate.every", "\"1 epoch\"");
  }

  @Test
  void photographsOnHdfsGiveOneHashWhoeverTrainsAlsoWhenADataNodeIsLost() throws Exception {
    Path photographs = Photographs.of(folder.resolve("photographs"), TRAINING, VALIDATION);
    Files.writeString(photographs.resolve("train/rings/broken.jpg"), "no image");
    try (Hdfs hdfs = Hdfs.start(folder.resolve("disk"), 3);
        FileSystem fs = FileSystem.newInstance(hdfs.configuration())) {
      org.apache.hadoop.fs.Path input = new org.apache.hadoop.fs.Path("/photographs");
      fs.copyFromLocalFile(new org.apache.hadoop.fs.Path(photographs.toUri()), input);
      String shards = hdfs.uri() + "/shards";
      prepare(hdfs.uri() + input, shards)
          .with("--on-corrupt", "skip", "--shards", "5")
          .run()
          .requireStatus(0)
          .requireLine("^train +120 images \\(any size, 3 channels\\) in 5 shards, fingerprint .*")
          .requireLine("^ +1 corrupt images were left out; skipped.txt names them$");
      String hash = training("a", shards).set("data.workers", 3).executors(2, 1).run().digest();
      Running bereft = training("b", shards).set("data.prefetch", 1).executors(1, 2).start();
      bereft.awaitLine("^epoch 1");
      hdfs.stopDataNode();
      assertEquals(hash, bereft.await().digest());
    }
  }

  @Test
  void aPreparationThatIsKilledIsContinued() throws Exception {
    Path photographs = Photographs.of(folder.resolve("photographs"), 450, 10);
    String output = folder.resolve("shards").toString();
    Running running = prepare(photographs.toString(), output).with("--shards", "20").start();
    Path work = folder.resolve(".shards.preparing/.work/train");
    long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
    while (summaries(work) < 1) {
      assertTrue(System.nanoTime() < deadline, "no shard within two minutes");
      Thread.sleep(20);
    }
    running.killDriver();
    assertTrue(summaries(work) < 20, "it was done already");
    running.await();
    prepare(photographs.toString(), output)
        .with("--shards", "20")
        .run()
        .requireStatus(0)
        .requireLine("^going on with what an interrupted preparation has left$")
        .requireLine("^train +900 images .* in 20 shards, fingerprint .*");
    assertTrue(Files.exists(folder.resolve("shards/manifest.json")));
    assertTrue(!Files.exists(folder.resolve(".shards.preparing")));
  }

  private static long summaries(Path work) {
    if (!Files.isDirectory(work)) {
      return 0;
    }
    try (Stream<Path> files = Files.list(work)) {
      return files.filter(file -> file.toString().endsWith(".json")).count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
