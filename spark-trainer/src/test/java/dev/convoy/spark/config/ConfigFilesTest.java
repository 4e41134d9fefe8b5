package dev.convoy.spark.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Of a configuration nothing is lost without a word:")
class ConfigFilesTest {
  private static final String REQUIRED = "network.name = lenet5, data.train = /data\n";

  @TempDir Path folder;

  private String file(String name, String text) throws IOException {
    return write(name, text.getBytes(StandardCharsets.UTF_8));
  }

  private String write(String name, byte[] bytes) throws IOException {
    return Files.write(folder.resolve(name), bytes).toString();
  }

  private static ConvoyConfig load(String file, String... sets) {
    return ConvoyConfig.load(file, List.of(sets));
  }

  private static String refusal(String file, String... sets) {
    return assertThrows(UserError.class, () -> load(file, sets)).getMessage();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/data/run#2",
        "/data//run",
        "/data/date=2024-01-01",
        "s3a://bucket/a#b//c",
        "C:\\data\\new",
        "/data/{a,b}/[1]",
        "/data/my run, (the last)",
        "/data/\"quoted\" half",
        "/data/$5 and ${",
        "/data/ümläut/日本",
        "+/-:?!",
        "include \"x\"",
        "5e3"
      })
  void aPathOnTheCommandLineIsTakenAsItIs(String path) {
    ConvoyConfig config =
        load(
            ConvoyConfig.BUILTIN,
            "network.name=lenet5",
            "data.train=" + path,
            "data.validation=" + path,
            "train.init=" + path);
    assertEquals(path, config.data().train());
    assertEquals(path, config.data().validation());
    assertEquals(path, config.train().init().orElseThrow());
    assertEquals(path, ConvoyConfig.ofRendered("x", config.render()).data().train());
  }

  @Test
  void quotesNullAndSubstitutionsStillAreHoconOnTheCommandLine() throws IOException {
    String file = file("a.conf", REQUIRED + "train.init = x.safetensors");
    ConvoyConfig config =
        load(
            file,
            "data.train=\"/a#b \"",
            "data.validation=${data.train}/v#1/${cluster.executors}",
            "train.init=null",
            "train.schedule.milestones=[1, 2.5]",
            "train.schedule={name = step}");
    assertEquals("/a#b ", config.data().train());
    assertEquals("/a#b /v#1/2", config.data().validation());
    assertEquals(Optional.empty(), config.train().init());
    assertEquals(List.of(1f, 2.5f), config.train().schedule().milestones());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          data.train = /data/run#2       | 2: data.train: # begins a comment and would cut the value to /data/run; put it in quotes, "/data/run#2", or a blank before the comment
          data { train = s3a://bucket/x  | 2: data.train: // begins a comment and would cut the value to s3a:; put it in quotes, "s3a://bucket/x", or a blank before the comment
          data.train = ${HOME}/a//b      | 2: data.train: // begins a comment and would cut the value to ${HOME}/a; put it in quotes, "${HOME}/a//b", or a blank before the comment
          train { seed = 3#5             | 2: train.seed: # begins a comment and would cut the value to 3; put it in quotes, "3#5", or a blank before the comment
          data { train = s3a://bucket/y }| 2: data.train: // begins a comment and would cut the value to s3a:; put it in quotes, "s3a://bucket/y", or a blank before the comment
          data.class-names = [A, C#, F]  | 2: data.class-names: # begins a comment and would cut the value to C; put it in quotes, "C#", or a blank before the comment
          """)
  void aValueThatACommentCutsIsRefused(String line, String sentence) throws IOException {
    String file = file("a.conf", "network.name = lenet5\n" + line + "\n");
    assertEquals(file + ":" + sentence, refusal(file));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "data.train = \"/data/run#2\"",
        "data.train = \"/data/run#2\"# a comment",
        "data.train = \"\"\"/data/run#2\"\"\" # so be it",
        "data { train = \"/data/run#2\" }// a comment",
        "data.class-names = [\"C#\"]#x\ndata.train=\"/data/run#2\"",
        "# data.train = /x#y\n  // http://nowhere\ndata.train : \"/data/run#2\" // http://x"
      })
  void commentsBehindQuotesAndBlanksAreComments(String text) throws IOException {
    ConvoyConfig config = load(file("a.conf", "network.name = lenet5\n" + text));
    assertEquals("/data/run#2", config.data().train());
  }

  @Test
  void aBackslashThatBecomesAControlCharacterIsRefused() throws IOException {
    String file = file("a.conf", "network.name = lenet5\ndata.train = \"C:\\data\"");
    assertTrue(refusal(file).startsWith(file + ":2: "), refusal(file));
    file = file("a.conf", "network.name = lenet5\ndata.train = \"C:\\new\"");
    assertEquals(
        file
            + ":2: data.train = \"C:\\new\" is invalid: expected the path or URI of a folder;"
            + " it has the control character U+000A (within quotes a backslash is written \\\\)",
        refusal(file));
  }

  @ParameterizedTest
  @ValueSource(strings = {"[", "{a:", "{", "a.", "[{a="})
  void whatIsNestedTooDeepIsRefused(String level) throws IOException {
    String deep = "x = 1\ny = " + level.repeat(50_000);
    if (level.equals("a.")) {
      deep = "x = 1\n" + level.repeat(50_000) + "b = 1";
    }
    String where = file("deep.conf", deep);
    assertTrue(
        refusal(where).endsWith("deep.conf:2: sections and lists are nested more than 100 deep"),
        refusal(where));
    assertTrue(refusal(file("deep.json", deep)).contains("nested more than 100 deep"));
    String set = "x=" + level.repeat(50_000);
    assertTrue(refusal(ConvoyConfig.BUILTIN, set).length() < 300);
  }

  @Test
  void aKeyThatIsFarTooLongIsRefusedSoon() throws IOException {
    String where = file("long.conf", REQUIRED + "k".repeat(2_000_000) + " = 1");
    assertTimeout(
        Duration.ofSeconds(20), () -> assertTrue(refusal(where).contains("unknown key kk")));
  }

  @Test
  void aFileToIncludeThatIsNotThereIsRefused() throws IOException {
    String file = file("a.conf", "# first\ninclude \"comon.conf\"\n" + REQUIRED);
    assertEquals(
        file + ":2: include \"comon.conf\": there is no file " + folder.resolve("comon.conf"),
        refusal(file));
    file = file("a.conf", REQUIRED + "train { include required(file(\"none\")) }");
    assertEquals(
        file + ":2: include \"none\": there is no file " + folder.resolve("none"), refusal(file));
    file = file("a.conf", "include \"https://example.org/a.conf\"\n" + REQUIRED);
    assertEquals(
        file
            + ":1: include \"https://example.org/a.conf\" is refused; only files of this machine"
            + " can be included",
        refusal(file));
  }

  @Test
  void filesAreIncludedFromBesideTheOneThatAsks() throws IOException {
    Files.createDirectory(folder.resolve("sub"));
    file("sub/seed.conf", "seed = 5");
    file("sub/common.conf", "train { include \"seed\" }\ninclude \"../data.json\"");
    file("data.json", "{\"data\": {\"train\": \"/json#1\"}}");
    String file = file("a.conf", "include \"sub/common.conf\"\nnetwork.name = lenet5");
    assertEquals(5, load(file).train().seed());
    assertEquals("/json#1", load(file).data().train());
    file("sub/seed.conf", "\nsede = 5");
    assertEquals(
        folder.resolve("sub/seed.conf") + ":2: unknown key train.sede; did you mean train.seed?",
        refusal(file));
  }

  @Test
  void filesThatIncludeEachOtherAreRefused() throws IOException {
    String first = file("a.conf", "include \"b.conf\"");
    String second = file("b.conf", "include \"a.conf\"");
    assertEquals(
        "the configuration %s includes itself: %s includes %s includes %s"
            .formatted(first, first, second, first),
        refusal(first));
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-8", "UTF-16LE", "UTF-16BE"})
  void aMarkSaysHowTheTextIsWritten(String charset) throws IOException {
    String text = "\uFEFF" + REQUIRED + "data.class-names = [Äpfel]\r\n";
    String file = write("a.conf", text.getBytes(Charset.forName(charset)));
    assertEquals(List.of("Äpfel"), load(file).data().classNames());
  }

  @Test
  void whatIsNoTextIsRefused() throws IOException {
    String file = write("a.conf", "data.train = /é".getBytes(StandardCharsets.ISO_8859_1));
    assertEquals(
        "the configuration " + file + " is not text in UTF-8; save it as UTF-8", refusal(file));
    file = write("a.conf", REQUIRED.getBytes(StandardCharsets.UTF_16LE));
    assertEquals(file + ":1: a NUL character; a configuration is text in UTF-8", refusal(file));
    file = write("a.conf", new byte[17 << 20]);
    assertEquals(
        "the configuration "
            + file
            + " has more than 16,777,216 bytes; it is probably another kind of file",
        refusal(file));
  }

  @Test
  void aKeyThatIsGivenTwiceIsNoticed() throws IOException {
    String file =
        file(
            "a.conf",
            REQUIRED
                + """
                train { seed = 1, epochs = 2 }
                data.train = ${?CONVOY_NO_SUCH_VARIABLE}
                train.optimizer { momentum = 0.5 }
                train { epochs = 2, "seed" : 7 } # again
                """);
    ConvoyConfig config = load(file);
    assertEquals(7, config.train().seed());
    assertEquals(
        List.of(file + ":5: train.seed is given twice; this value replaces the one of line 2"),
        config.notices());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          train.optimizer.trust = 0.01     | train.optimizer.trust = 0.01 has no effect here; it needs train.optimizer.name = lars
          train.schedule.milestones = [5]  | train.schedule.milestones = [5] has no effect here; it needs train.schedule.name = step
          train.schedule.factor = 0.5      | train.schedule.factor = 0.5 has no effect here; it needs train.schedule.name = step or plateau
          train.schedule.power = 2         | train.schedule.power = 2 has no effect here; it needs train.schedule.name = polynomial
          train.schedule.patience = 2      | train.schedule.patience = 2 has no effect here; it needs train.schedule.name = plateau
          sync.period = 5                  | sync.period = 5 has no effect here; it needs sync.mode = averaging
          network.zero-gamma = on          | network.zero-gamma = "on" has no effect here; it needs a residual network
          """)
  void aKeyWithoutEffectIsNoticed(String line, String notice) throws IOException {
    String file = file("a.conf", REQUIRED + line);
    assertEquals(List.of(file + ":2: " + notice), load(file).notices());
    assertEquals(
        List.of("--set: " + notice), RefusalTest.builtin(line.replace(" = ", "=")).notices());
  }

  @Test
  void aKeyWithEffectIsNotNoticed() {
    assertEquals(
        List.of(),
        RefusalTest.builtin(
                "train.optimizer.name=lars",
                "train.optimizer.trust=0.01",
                "train.schedule.name=step",
                "train.schedule.factor=0.5",
                "sync.mode=averaging",
                "sync.period=5",
                "train.loss.j=5")
            .notices());
  }

  @Test
  void autoStandsForBothOfTheNumbersToNormalizeBy() throws IOException {
    String file = file("a.conf", REQUIRED + "data.normalize { mean = [0.5], std = [0.25] }");
    assertEquals(List.of(0.5f), load(file).data().normalization().mean());
    assertEquals(Optional.empty(), load(file, "data.normalize=auto").data().normalize());
    String auto = file("b.conf", REQUIRED + "data.normalize = auto");
    ConvoyConfig config = load(auto, "data.normalize={ mean = [0.5], std = [0.25] }");
    assertEquals(List.of(0.25f), config.data().normalization().std());
    ConvoyConfig resolved = load(auto).withNormalize(config.data().normalization());
    assertEquals(config.identity(), resolved.identity());
    String json = resolved.render();
    assertTrue(json.contains("\"normalize\":{\"mean\":[0.5],\"std\":[0.25]}"), json);
  }

  @Test
  void aSubstitutionOnTheCommandLineIsReplaced() {
    ConvoyConfig config =
        load(
            ConvoyConfig.BUILTIN,
            "network.name=lenet5",
            "data.train=/data",
            "train.seed=7",
            "train.epochs=${train.seed}");
    assertTrue(config.render().contains("\"epochs\":7"), config.render());
  }

  @Test
  void aSectionThatIsNotClosedIsNamed() throws IOException {
    String file =
        file("a.conf", REQUIRED + "train {\n  optimizer { momentum = 0.5 }\n  seed = 1\n");
    assertEquals(
        file + ":2: the section train begins here with {, and no } ends it", refusal(file));
  }

  @Test
  void aSubstitutionOfNothingIsRefusedWithItsKey() throws IOException {
    String file = file("a.conf", "network.name = lenet5\ndata { train = ${convoy.nothing}/train }");
    assertEquals(
        file
            + ":2: data.train = ${convoy.nothing}\"/train\" is refused; neither a key nor an"
            + " environment variable convoy.nothing is set",
        refusal(file));
  }

  @Test
  void aTrainingWithoutValidationHasNoUseForTheirBatchSize() {
    ConvoyConfig config = RefusalTest.builtin("evaluate.every=never", "evaluate.batch-size=10");
    assertEquals(List.of(), config.notices());
    assertEquals(
        List.of(
            "--set: evaluate.batch-size = 10 has no effect on the training; it needs"
                + " evaluate.every"),
        config.trainingNotices());
    assertEquals(List.of(), RefusalTest.builtin("evaluate.batch-size=10").trainingNotices());
    assertEquals(List.of(), RefusalTest.builtin("evaluate.every=never").trainingNotices());
  }

  @Test
  void noticesAreGivenOnceHoweverOftenAConfigurationIsChanged() {
    ConvoyConfig config =
        load(ConvoyConfig.BUILTIN, "network.name=lenet5", "data.train=/data", "sync.period=5");
    assertEquals(config.notices(), config.withData("/a", "/b").withInit("/c").notices());
  }
}
