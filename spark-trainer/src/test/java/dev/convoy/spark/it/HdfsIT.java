package dev.convoy.spark.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HdfsIT {
  @TempDir java.nio.file.Path folder;

  @Test
  void dataAndOutputOnHdfsGiveTheHashOfLocalFiles() throws Exception {
    String local = ReferenceRun.digest();
    try (Hdfs hdfs = Hdfs.start(folder.resolve("disk"));
        FileSystem fs = FileSystem.newInstance(hdfs.configuration())) {
      Path data = new Path("/data/fashion-mnist");
      fs.mkdirs(data.getParent());
      fs.copyFromLocalFile(new Path(Launcher.SAMPLE.toUri()), data);
      Launcher remote =
          ReferenceRun.training(folder.resolve("remote"))
              .executors(1, 1)
              .set("data.train", hdfs.uri() + data)
              .output(hdfs.uri() + "/runs/1");
      assertEquals(local, remote.run().digest());
      for (String file :
          new String[] {
            "run.json", "metrics.jsonl", "weights.safetensors", "checkpoints/step-000000040"
          }) {
        assertTrue(fs.exists(new Path("/runs/1/" + file)), file);
      }
      String output = hdfs.uri() + "/runs/1";
      assertEquals(local, Launcher.convoy(folder, "digest", output).run().digest());
      assertEquals(local, remote.with("--resume").run().digest());
    }
  }
}
