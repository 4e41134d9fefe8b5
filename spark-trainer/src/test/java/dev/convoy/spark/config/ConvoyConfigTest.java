package dev.convoy.spark.config;

import static dev.convoy.spark.config.RefusalTest.builtin;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.collective.transport.PortRange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConvoyConfigTest {
  @TempDir Path folder;

  private String file(String... lines) throws IOException {
    return Files.writeString(folder.resolve("small.conf"), String.join("\n", lines)).toString();
  }

  private static String refusal(String file, String... sets) {
    return assertThrows(UserError.class, () -> ConvoyConfig.load(file, List.of(sets))).getMessage();
  }

  @Test
  void theDefaultsAreThoseOfReferenceConf() {
    ConvoyConfig config = builtin();
    assertEquals(new NetworkConfig("lenet5", 10, Optional.empty(), false), config.network());
    assertEquals("/data", config.data().validation());
    assertEquals(Optional.empty(), config.data().normalize());
    assertEquals(List.of(), config.notices());
    assertEquals(new Span.Epochs(10), config.train().length());
    assertEquals(16, config.train().microbatchSize());
    assertEquals(new OptimizerConfig("sgd", 0.9, 5e-4, true, 0.001), config.train().optimizer());
    assertEquals(Optional.of(new Span.Epochs(1)), config.checkpoint().every());
    assertEquals(1024, config.cluster().memoryMiB());
    assertEquals(PortRange.ANY, config.cluster().portRange());
    assertEquals(Duration.ofSeconds(30), config.cluster().timeouts().connect());
    assertTrue(config.kernel().winograd());
    assertEquals("builtin", config.name());
  }

  @Test
  void anOverrideWinsOverTheFileAndTheLastOneWins() throws IOException {
    String file = file("network.name = lenet5", "data.train = /file", "train.seed = 2");
    ConvoyConfig config = ConvoyConfig.load(file, List.of("train.seed=3", "train.seed=4"));
    assertEquals(4, config.train().seed());
    assertEquals("/file", config.data().train());
    assertEquals("small", config.name());
  }

  @Test
  void overridesTakePartInSubstitutions() throws IOException {
    String file =
        file(
            "network.name = lenet5",
            "data.train = ${PATH}",
            "train { batch-size = 64, virtual-nodes = ${cluster.executors} }");
    ConvoyConfig config =
        ConvoyConfig.load(file, List.of("cluster.executors=4", "data.train=hdfs://name:8020/d"));
    assertEquals(4, config.train().virtualNodes());
    assertEquals("hdfs://name:8020/d", config.data().validation());
    assertEquals(System.getenv("PATH"), ConvoyConfig.load(file, List.of()).data().train());
  }

  @Test
  void stepsReplaceEpochsAndAnUpperLayerReplacesALower() throws IOException {
    String epochs = file("network.name = lenet5", "data.train = /d", "train.epochs = 7");
    assertEquals(
        new Span.Steps(300),
        ConvoyConfig.load(epochs, List.of("train.steps=300")).train().length());
    String steps = file("network.name = lenet5", "data.train = /d", "train.steps = 7");
    assertEquals(new Span.Steps(7), ConvoyConfig.load(steps, List.of()).train().length());
    assertEquals(
        new Span.Epochs(2), ConvoyConfig.load(steps, List.of("train.epochs=2")).train().length());
    assertEquals(
        "--set: train.steps and train.epochs are both set; set one of them",
        refusal(steps, "train.steps=1", "train.epochs=1"));
  }

  @Test
  void aRefusalNamesFileAndLine() throws IOException {
    String file = file("network { name = lenet5 }", "", "train { batchsize = 3 }");
    assertEquals(
        file + ":3: unknown key train.batchsize; did you mean train.batch-size?", refusal(file));
  }

  @Test
  void whatHasNoDefaultMustBeSet() throws IOException {
    assertEquals(
        "network.name is not set: expected the name of a network, as convoy describe prints them",
        refusal("builtin"));
    String file = file("network.name = lenet5", "data.train = ${?CONVOY_NO_SUCH_VARIABLE}");
    assertEquals("data.train is not set: expected the path or URI of a folder", refusal(file));
  }

  @Test
  void aFileThatIsMissingOrBrokenIsRefused() throws IOException {
    assertEquals("no such configuration file: no/such.conf", refusal("no/such.conf"));
    assertEquals(
        "the configuration " + folder + " is not a file that can be read",
        refusal(folder.toString()));
    String broken = file("network {", "name = ", "");
    assertTrue(refusal(broken).startsWith(broken + ":"), refusal(broken));
  }

  @Test
  void anUnknownNetworkIsRefusedWithASuggestion() throws IOException {
    String file = file("network.name = lenet", "data.train = /d");
    ConvoyConfig config = ConvoyConfig.load(file, List.of());
    UserError error =
        assertThrows(
            UserError.class, () -> config.requireNetwork(List.of("lenet5", "lenet5-modern")));
    assertEquals(
        file
            + ":1: network.name = \"lenet\" is invalid: expected one of lenet5, lenet5-modern;"
            + " did you mean lenet5?",
        error.getMessage());
  }

  @Test
  void aLearningRateIsForABatch() {
    ScheduleConfig schedule =
        builtin("train.schedule.learning-rate=0.1", "train.schedule.reference-batch=256")
            .train()
            .schedule();
    assertEquals(3.2, schedule.learningRate(8192), 1e-12);
    assertEquals(
        0.1, builtin("train.schedule.learning-rate=0.1").train().schedule().learningRate(8192));
  }

  @Test
  void aPlateauGoesByValidations() {
    assertEquals(
        "--set: evaluate.every = \"never\" is invalid: expected a value like \"1 epoch\", for"
            + " train.schedule.name = plateau goes by validations",
        assertThrows(
                UserError.class,
                () -> builtin("train.schedule.name=plateau", "evaluate.every=never"))
            .getMessage());
  }

  /** As a run of an earlier version would be resumed. */
  @Test
  void keysThatARenderedConfigurationLacksHaveTheirDefaults() {
    String rendered = builtin("train.seed=5").render().replace("\"accumulate\":1,", "");
    ConvoyConfig config = ConvoyConfig.ofRendered("old", rendered);
    assertEquals(1, config.train().accumulate());
    assertEquals(5, config.train().seed());
  }

  @Test
  void itRendersAsJsonWithSortedKeys() {
    String json = builtin("train.seed=77").render();
    assertTrue(
        json.startsWith("{\"checkpoint\":{\"every\":\"1 epoch\",\"keep\":3,\"timeout\":\"10m\"}"),
        json);
    assertTrue(json.contains("\"seed\":77,\"steps\":null,"), json);
  }
}
