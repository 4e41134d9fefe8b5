package dev.convoy.spark.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.spark.app.job.EvaluateCommand;
import dev.convoy.spark.app.job.TrainCommand;
import dev.convoy.spark.app.local.DigestCommand;
import dev.convoy.spark.config.UserError;
import dev.convoy.spark.train.ExitStatus;
import dev.convoy.spark.train.Training;
import dev.convoy.weights.NamedTensor;
import dev.convoy.weights.Safetensors;
import dev.convoy.weights.WeightsDigest;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What commands do with their arguments, and how they end. */
class CommandLineTest {
  @TempDir Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final List<Training.Request> requests = new ArrayList<>();
  private String config;

  @BeforeEach
  void writeConfiguration() throws IOException {
    String text = "network.name = lenet5\ndata.train = /data\n";
    config = Files.writeString(folder.resolve("small.conf"), text).toString();
  }

  private int convoy(Training training, String... args) {
    CommandLine convoy =
        Convoy.commandLine(
            List.of(
                new TrainCommand(training),
                new EvaluateCommand((c, weights) -> out.write("evaluates " + weights)),
                new DigestCommand()));
    return convoy.setOut(new PrintWriter(out)).setErr(new PrintWriter(err)).execute(args);
  }

  private ExitStatus remember(Training.Request request) {
    requests.add(request);
    return ExitStatus.DONE;
  }

  private int convoy(String... args) {
    return convoy(this::remember, args);
  }

  @Test
  void trainHandsOnTheConfigurationWithItsOverridesAndTheFolderOfTheRun() {
    assertEquals(0, convoy("train", config, "--set", "train.seed=5", "--set", "train.seed=6"));
    assertEquals(6, requests.get(0).config().train().seed());
    assertEquals("runs/small", requests.get(0).output());
    assertEquals(Training.Start.NEW, requests.get(0).start());
    assertFalse(requests.get(0).dryRun());
    convoy("train", config, "--output", "hdfs://name/runs/1", "--resume");
    assertEquals("hdfs://name/runs/1", requests.get(1).output());
    assertEquals(Training.Start.RESUME, requests.get(1).start());
    convoy("train", config, "--overwrite");
    assertEquals(Training.Start.OVERWRITE, requests.get(2).start());
  }

  @Test
  void aDryRunPrintsTheConfigurationAndTheSettings() {
    assertEquals(0, convoy("train", config, "--dry-run", "--conf", "spark.a=b"));
    assertTrue(requests.get(0).dryRun());
    assertTrue(out.toString().startsWith("{\"checkpoint\":"), out.toString());
    assertTrue(out.toString().contains("--master local-cluster[2,1,1024]\n"), out.toString());
    assertTrue(out.toString().contains("--conf spark.a=b\n"), out.toString());
  }

  @Test
  void evaluateHandsOnTheWeights() {
    assertEquals(0, convoy("evaluate", config, "--weights", "w.safetensors"));
    assertEquals("evaluates w.safetensors", out.toString());
    assertEquals(2, convoy("evaluate", config));
    assertTrue(err.toString().startsWith("convoy: Missing required option: '--weights=FILE'"));
  }

  @Test
  void aMistakeOfTheUsersEndsWithTwoAndOneSentence() {
    assertEquals(2, convoy("train", config, "--set", "train.sede=1"));
    assertEquals(
        "convoy: --set: unknown key train.sede; did you mean train.seed?\n", err.toString());
  }

  @Test
  void aMistakeThatIsFoundDeepInsideStillEndsWithTwo() {
    Training refusing =
        request -> {
          throw new IllegalStateException("job aborted", new UserError("the folder is taken"));
        };
    assertEquals(2, convoy(refusing, "train", config));
    assertEquals("convoy: the folder is taken\n", err.toString());
  }

  @Test
  void aFailureEndsWithOneAndItsFirstLineWithoutATrace() {
    Training failing =
        request -> {
          throw new IllegalStateException("executor 1 is silent\nmore");
        };
    assertEquals(1, convoy(failing, "train", config));
    assertEquals("convoy: failed: executor 1 is silent\n", err.toString());
  }

  @Test
  void divergenceEndsWithThree() {
    assertEquals(3, convoy(request -> ExitStatus.DIVERGED, "train", config));
  }

  @Test
  void wrongArgumentsEndWithTwoAndSayWhatIsAllowed() {
    assertEquals(2, convoy("trian"));
    assertTrue(err.toString().contains("Did you mean: convoy train?"), err.toString());
    assertEquals(2, convoy("train", config, "--resum"));
    assertTrue(err.toString().contains("Possible solutions: --resume"), err.toString());
    assertEquals(2, convoy("train", config, "--resume", "--overwrite"));
    assertTrue(err.toString().contains("--resume, --overwrite are mutually exclusive"));
    assertEquals(2, convoy());
    assertTrue(err.toString().contains("a command is needed"));
  }

  @Test
  void helpNamesEveryExitStatus() {
    for (String[] args : List.of(new String[] {"--help"}, new String[] {"train", "--help"})) {
      assertEquals(0, convoy(args));
      for (String status : Map.of("0", "done", "3", "the training diverged").values()) {
        assertTrue(out.toString().contains(status), out.toString());
      }
    }
  }

  @Test
  void digestPrintsTheHashOfAFileAndOfTheFolderThatHasIt() throws IOException {
    List<NamedTensor> tensors = List.of(new NamedTensor("w", new int[] {2}, new float[] {1, 2}));
    Path file = folder.resolve("weights.safetensors");
    try (OutputStream stream = Files.newOutputStream(file)) {
      Safetensors.write(stream, Map.of(), tensors);
    }
    assertEquals(0, convoy("digest", file.toString()));
    assertEquals(0, convoy("digest", folder.toString()));
    String line = "weights sha256=" + WeightsDigest.sha256(tensors) + "\n";
    assertEquals(line + line, out.toString());
  }

  @Test
  void digestRefusesWhatIsNoWeights() throws IOException {
    assertEquals(2, convoy("digest", folder.resolve("none").toString()));
    assertTrue(err.toString().contains("no such file or folder"), err.toString());
    assertEquals(2, convoy("digest", Files.createDirectory(folder.resolve("empty")).toString()));
    assertTrue(err.toString().contains("empty has no weights.safetensors"), err.toString());
    assertEquals(2, convoy("digest", config));
    assertFalse(err.toString().contains("\tat "), err.toString());
  }
}
