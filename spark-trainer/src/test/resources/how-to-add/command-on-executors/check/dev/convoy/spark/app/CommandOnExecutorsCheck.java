package dev.convoy.spark.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class CommandOnExecutorsCheck {
  private final StringWriter out = new StringWriter();
  private final CommandLine convoy =
      Convoy.commandLine(Commands.all()).setOut(new PrintWriter(out));

  private static String config(Path folder) throws Exception {
    String text = "network.name = lenet5\ndata.train = /data\ncluster.memory = 512m\n";
    return Files.writeString(folder.resolve("small.conf"), text).toString();
  }

  @Test
  void theLauncherSubmitsIt(@TempDir Path folder) throws Exception {
    assertTrue(Files.readString(Path.of("../scripts/convoy")).contains("| cores) submit"));
    List<String> words =
        SubmitOptions.words(
            convoy.parseArgs("cores", config(folder)), Map.of("SPARK_HOME", ""), notice -> {});
    assertTrue(words.contains("local-cluster[2,1,512]"), words.toString());
  }

  @Test
  void sparkRunsIt(@TempDir Path folder) throws Exception {
    System.setProperty("spark.master", "local[3]");
    System.setProperty("spark.ui.enabled", "false");
    System.setProperty("spark.driver.host", "127.0.0.1");
    System.setProperty("spark.driver.bindAddress", "127.0.0.1");
    assertEquals(0, convoy.execute("cores", config(folder)));
    assertEquals("cores: 3", out.toString().strip());
  }
}
