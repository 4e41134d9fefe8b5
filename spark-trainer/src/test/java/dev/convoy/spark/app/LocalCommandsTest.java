package dev.convoy.spark.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.convoy.data.ImageShape;
import dev.convoy.nn.Network;
import dev.convoy.nn.StateDict;
import dev.convoy.spark.storage.WeightsMetadata;
import dev.convoy.spark.verify.DumpFiles;
import dev.convoy.weights.NamedTensor;
import dev.convoy.weights.Safetensors;
import dev.convoy.weights.SafetensorsFile;
import dev.convoy.zoo.Zoo;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The commands that need no executors, as a user calls them, on real files. */
class LocalCommandsTest {
  private static final String MODERN = "lenet5-modern";
  private static final Network NETWORK = Zoo.named(MODERN).classes(10).build();

  @TempDir Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int convoy(String... args) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    return Convoy.commandLine(Commands.all())
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(args);
  }

  private void assertRefused(String says, String... args) {
    assertEquals(2, convoy(args), err.toString());
    assertTrue(err.toString().contains(says), err.toString());
    assertEquals(1, err.toString().lines().count(), err.toString());
    assertEquals("", out.toString());
  }

  private JsonNode json() throws IOException {
    assertEquals(1, out.toString().lines().count(), out.toString());
    return new ObjectMapper().readTree(out.toString());
  }

  @Test
  void everyCommandHasHelp() {
    assertTrue(commands().contains("train"));
    for (String command : commands()) {
      assertEquals(0, convoy(command, "--help"));
      assertTrue(out.toString().startsWith("Usage: convoy " + command), out.toString());
    }
  }

  @Test
  void theReadmeHasARowForEveryCommand() throws IOException {
    Matcher row =
        Pattern.compile("(?m)^\\| `scripts/convoy ([a-z]+)\\b")
            .matcher(Files.readString(Path.of("../README.md")));
    Set<String> documented = row.results().map(r -> r.group(1)).collect(Collectors.toSet());
    assertEquals(commands(), documented);
  }

  private static Set<String> commands() {
    Set<String> names = new TreeSet<>(Convoy.commandLine(Commands.all()).getSubcommands().keySet());
    names.remove("help");
    return names;
  }

  @Test
  void describePrintsTheTableOfThePaper() {
    assertEquals(0, convoy("describe", "lenet5"));
    List<String> lines = out.toString().lines().toList();
    assertEquals(1 + 1 + 7 + 1, lines.size());
    assertTrue(lines.get(2).matches("C1 .*5x5 +1 +0 +28x28x6 +5 +156 +117,600 .*"), lines.get(2));
    assertTrue(lines.get(9).matches("total +60,000 +325,680 +340,908 +[0-9.]+"), lines.get(9));
  }

  @Test
  void describesWhichLayersAreFused() throws Exception {
    assertEquals(0, convoy("describe", "cifar-resnet20", "--fusion"));
    List<String> lines = out.toString().lines().toList();
    assertEquals("cifar-resnet20, training, forward pass", lines.get(0));
    assertTrue(lines.get(2).matches("conv1 +statistics +bn1"), lines.get(2));
    assertTrue(lines.contains("cifar-resnet20, evaluation: nothing is fused"), out.toString());
    assertEquals(0, convoy("describe", MODERN, "--fusion", "--json"));
    assertEquals(
        "{\"layer\":\"conv1\",\"work\":\"ReLU\",\"of\":\"relu1\"}",
        json().get("evaluation").get(0).toString());
    assertEquals(
        "{\"layer\":\"pool2\",\"work\":\"ReLU\",\"of\":\"relu2\"}",
        json().get("training_backward").get(0).toString());
  }

  @Test
  void describeTellsTheMemoryOfAStep() throws IOException {
    assertEquals(0, convoy("describe", MODERN, "--memory", "--batch", "64"));
    List<String> lines = out.toString().lines().toList();
    assertEquals("lenet5-modern, 64 images on one executor; MiB", lines.get(0));
    // conv1 of 64 x 28 x 28 x 16 floats, and the images, which are not padded.
    assertTrue(lines.get(2).matches("input +0.25"), lines.get(2));
    assertTrue(lines.get(3).matches("conv1 +3.06 +0.00 +3.06 .*"), lines.get(3));
    assertEquals(0, convoy("describe", MODERN, "--memory", "--batch", "64", "--json"));
    long shared = json().get("shared_bytes").asLong();
    long weights = json().get("weights_bytes").asLong();
    long gradientSum = json().get("gradient_sum_bytes").asLong();
    assertTrue(gradientSum < weights, "the layers' gradients take turns");
    assertEquals(
        json().get("momentum_bytes").asLong()
            + gradientSum
            + weights
            + shared
            + json().get("kernel_bytes").asLong()
            + json().get("scratch_bytes").asLong(),
        json().get("total_bytes").asLong());
    assertTrue(
        json().get("total_without_sharing_bytes").asLong() > json().get("total_bytes").asLong());
    assertRefused("take smaller batches", "describe", MODERN, "--memory", "--batch", "1000000");
  }

  @Test
  void describeWithoutANetworkListsThemAll() {
    assertEquals(0, convoy("describe"));
    List<String> lines = out.toString().lines().toList();
    assertEquals(Zoo.names(), lines.stream().map(line -> line.replaceFirst(" .*", "")).toList());
    assertTrue(lines.get(0).contains(" 60,000 parameters "), lines.get(0));
  }

  @Test
  void theVersionIsThatOfThePom() {
    assertEquals(0, convoy("--version"));
    assertTrue(out.toString().matches("convoy \\d+\\.\\d+\\.\\d+(-SNAPSHOT)?\\R"), out.toString());
  }

  @Test
  void describeListsTheKeysOfTheConfiguration() {
    assertEquals(0, convoy("describe", "--keys"));
    String listed = String.join("\n", out.toString().lines().toList());
    assertTrue(
        listed.contains(
            """
            train.optimizer.momentum = 0.9
                Share of the previous update that goes into the next.
                Allowed: a number from 0 to below 1. Defines the result.
            """),
        listed);
    assertTrue(listed.contains("\ndata.train\n"), listed);
    assertRefused("leave out lenet5", "describe", "lenet5", "--keys");
  }

  @Test
  void describeKnowsOtherNumbersOfClasses() throws IOException {
    assertEquals(0, convoy("describe", MODERN, "--json", "--classes", "20"));
    assertEquals(61_706 + 10 * 85, json().get("parameters").asLong());
    assertFalse(json().has("connections"));
    assertRefused("so network.classes is 10, not 11", "describe", "lenet5", "--classes", "11");
    assertRefused("--classes 1 is invalid", "describe", MODERN, "--classes", "1");
  }

  @Test
  void describeKnowsOtherImages() throws IOException {
    assertEquals(0, convoy("describe", "resnet18", "--json", "--input", "64x64x1"));
    assertEquals("64x64x1", json().get("input").asText());
    int widest = 0;
    for (JsonNode layer : json().get("layers")) {
      boolean last = layer.get("name").asText().equals("layer4.1.conv2");
      widest = last ? layer.get("receptive_field").asInt() : widest;
    }
    assertEquals(435, widest);
    assertRefused("--input 64x64x2 is invalid: expected", "describe", MODERN, "--input", "64x64x2");
    assertRefused("lenet5-modern, layer conv2: ", "describe", MODERN, "--input", "10x10x1");
  }

  @Test
  void anUnknownNetworkIsRefusedWithASuggestion() {
    for (String command : List.of("describe", "bench")) {
      assertRefused("did you mean lenet5-modern?", command, "lenet5-modren");
    }
  }

  @Test
  void verifyFindsNoDifferenceBetweenTheTwinsAndOneWhereThereIsOne() throws IOException {
    DumpFiles.write(folder, NETWORK);
    assertEquals(0, convoy("verify", MODERN, "--against", folder.toString()), err.toString());
    for (String error :
        List.of("logits", "loss", "losses", "input_gradient", "gradients", "updated")) {
      assertTrue(json().get(error).asDouble() < 1e-6, error + " in " + out);
    }
    Files.copy(
        folder.resolve("weights.safetensors"),
        Files.createDirectory(folder.resolve("other")).resolve("updated.safetensors"));
    for (String same : List.of("weights", "run", "gradients")) {
      String name = same + ".safetensors";
      Files.copy(folder.resolve(name), folder.resolve("other").resolve(name));
    }
    String other = folder.resolve("other").toString();
    assertEquals(1, convoy("verify", MODERN, "--against", other), err.toString());
    assertTrue(json().get("updated").asDouble() > 1e-3, out.toString());
  }

  @Test
  void verifyRefusesWhatIsMissing() throws IOException {
    DumpFiles.write(folder, NETWORK);
    assertRefused("it lacks C1.bias", "verify", "lenet5", "--against", folder.toString());
    Files.delete(folder.resolve("gradients.safetensors"));
    assertRefused(
        "no such file or folder: " + folder + "/gradients.safetensors",
        "verify",
        MODERN,
        "--against",
        folder.toString());
  }

  @Test
  void benchPrintsOneLineOfTheKeysThatOtherEnginesPrint() throws IOException {
    assertEquals(
        0,
        convoy("bench", MODERN, "--batch", "12", "--threads", "2", "--warmup", "1", "--steps", "3"),
        err.toString());
    JsonNode json = json();
    for (String key :
        List.of("engine", "version", "net", "params", "batch", "threads", "format", "env")) {
      assertTrue(json.has(key), key);
    }
    assertEquals(4, json.get("virtual_nodes").asInt());
    assertEquals(3, json.get("step_ms").size());
    assertTrue(json.at("/images_per_s/median").asDouble() > 0, out.toString());
    assertTrue(json.at("/train_gflops_per_s/max").asDouble() > 0, out.toString());
    assertTrue(json.at("/part_ms/backward").asDouble() > 0, out.toString());
    assertEquals("training", json().get("mode").asText());
    double plan = json().get("plan_mb").asDouble();
    assertTrue(plan > 0.7 && plan < 20, out.toString());
    assertTrue(json().get("peak_memory_mb").asDouble() > plan, out.toString());
  }

  @Test
  void benchTakesAnyNumberOfVirtualNodesThatDividesTheBatch() throws IOException {
    String[] few = {"bench", MODERN, "--batch", "4", "--warmup", "0", "--steps", "1"};
    assertEquals(0, convoy(with(few, "--virtual-nodes", "2")), err.toString());
    assertEquals(2, json().get("virtual_nodes").asInt());
    String refusal = "expected a power of two that divides the batch of 4";
    assertRefused("--virtual-nodes 3 is invalid: " + refusal, with(few, "--virtual-nodes", "3"));
    assertRefused("--virtual-nodes 8 is invalid: " + refusal, with(few, "--virtual-nodes", "8"));
    assertRefused("--virtual-nodes 0 is invalid", with(few, "--virtual-nodes", "0"));
  }

  @Test
  void benchTimesInferenceAlone() throws IOException {
    String[] args = {"bench", "cifar-resnet20", "--batch", "1", "--warmup", "0", "--steps", "2"};
    assertEquals(0, convoy(with(args, "--inference", "--winograd", "off")), err.toString());
    assertEquals("inference", json().get("mode").asText());
    assertEquals("off", json().get("winograd").asText());
    assertTrue(json().at("/images_per_s/median").asDouble() > 0, out.toString());
    assertTrue(json().at("/gflops_per_s/max").asDouble() > 0, out.toString());
  }

  @Test
  void benchMeasuresThePeak() throws IOException {
    assertEquals(0, convoy("bench", "--peak", "--threads", "2", "--warmup", "1", "--steps", "2"));
    assertEquals(2, json().get("threads").asInt());
    assertTrue(json().at("/peak/median").asDouble() > 0, out.toString());
  }

  @Test
  void benchRepeatsItselfInFreshJvms() throws IOException {
    String[] args = {"bench", MODERN, "--batch", "2", "--warmup", "0", "--steps", "2"};
    assertEquals(0, convoy(with(args, "--jvms=2")), err.toString());
    assertEquals(2, json().get("runs").size());
    double ratio = json().get("slowest_over_median").asDouble();
    assertTrue(ratio > 0 && ratio <= 1, out.toString());
    assertEquals(
        json().at("/images_per_s/min").asDouble() / json().at("/images_per_s/median").asDouble(),
        ratio,
        1e-9);
    assertRefused("--jvms 0 is invalid", with(args, "--jvms", "0"));
  }

  @ParameterizedTest
  @CsvSource({
    "2, 5000, 5000, 1, float32, false",
    "2, 30000, 10240, 3, float32, true",
    "2, 30000, 10240, 3, bfloat16, false",
    "3, 3000, 3000, 1, float32, false",
    "4, 9000, 9000, 1, bfloat16, true"
  })
  void benchTimesAnAllReduceBetweenProcesses(
      int ranks, int floats, int bucket, int buckets, String wire, boolean encrypt)
      throws IOException {
    String[] args = {
      "bench", "--all-reduce", "--ranks", "" + ranks, "--floats", "" + floats, "--warmup", "1"
    };
    String[] rest = {"--steps", "4", "--bucket", "" + bucket, "--wire", wire, "--encrypt"};
    String[] all = with(args, encrypt ? rest : Arrays.copyOf(rest, 6));
    assertEquals(0, convoy(all), err.toString());
    JsonNode json = json();
    assertEquals("all-reduce", json.get("mode").asText());
    assertEquals(ranks, json.get("ranks").asInt());
    assertEquals(floats, json.get("floats").asInt());
    assertEquals(buckets, json.get("buckets").asInt());
    assertEquals(ranks == 2 ? 2 : 4, json.get("virtual_nodes").asInt());
    assertEquals(wire, json.get("wire").asText());
    assertEquals(encrypt ? "on" : "off", json.get("encrypt").asText());
    assertEquals(4, json.get("steps").asInt());
    double median = json.at("/ms/median").asDouble();
    assertTrue(median > 0, out.toString());
    assertTrue(json.at("/ms/min").asDouble() <= median, out.toString());
    assertTrue(json.at("/ms/max").asDouble() >= median, out.toString());
    long least = (wire.equals("float32") ? 4L : 2L) * floats * 2 * (ranks - 1) / ranks;
    long sent = json.get("bytes_sent_per_rank").asLong();
    assertTrue(sent > 0.7 * least && sent < 2.5 * least, out.toString());
    assertEquals(
        sent * 1e3 / median, json.get("bytes_per_s").asDouble(), 0.001 * sent * 1e3 / median);
  }

  @Test
  void benchRefusesAnAllReduceThatMakesNoSense() {
    String[] args = {"bench", "--all-reduce", "--floats", "1000"};
    assertRefused("--all-reduce needs --ranks and --floats", args);
    assertRefused(
        "--ranks 1 is invalid: expected a whole number from 2", with(args, "--ranks", "1"));
    assertRefused("expected at most 128 processes", with(args, "--ranks", "129"));
    String[] two = with(args, "--ranks", "2");
    assertRefused("--bucket 0 is invalid", with(two, "--bucket", "0"));
    assertRefused(
        "--bucket 1001 is invalid: the vector has 1000 floats", with(two, "--bucket", "1001"));
    assertRefused(
        "--wire half is invalid: expected float32 or bfloat16", with(two, "--wire", "half"));
    assertRefused("--wire belongs to --all-reduce", "bench", MODERN, "--wire", "float32");
    assertRefused("--peak and --all-reduce exclude each other", with(two, "--peak"));
    assertRefused("--all-reduce times no network", with(two, MODERN));
    assertRefused("--steps 0 is invalid", with(two, "--steps", "0"));
    assertRefused(
        "--floats 0 is invalid", "bench", "--all-reduce", "--ranks", "2", "--floats", "0");
    assertRefused("--encrypt belongs to --all-reduce", "bench", MODERN, "--encrypt");
    assertRefused("--ranks belongs to --all-reduce", "bench", MODERN, "--ranks", "2");
  }

  @Test
  void benchRefusesWhatMakesNoSense() {
    assertRefused("--batch 0 is invalid", "bench", MODERN, "--batch", "0");
    assertRefused("--threads 0 is invalid", "bench", MODERN, "--threads", "0");
    assertRefused("here only keys of kernel", "bench", MODERN, "--set", "train.seed=2");
    assertRefused("a network is needed", "bench", "--batch", "4");
    assertRefused("--layers times no network", "bench", MODERN, "--layers");
    assertRefused("--peak times no network", "bench", MODERN, "--peak");
    assertRefused("exclude each other", "bench", "--peak", "--layers");
    assertRefused("exclude each other", "bench", MODERN, "--peak", "--inference");
    assertRefused("--jvms repeats the bench of a network", "bench", "--peak", "--jvms", "2");
    assertRefused("expected on or off", "bench", MODERN, "--winograd", "perhaps");
  }

  private static String[] with(String[] first, String... more) {
    return Stream.concat(Stream.of(first), Stream.of(more)).toArray(String[]::new);
  }

  private String weights() throws IOException {
    List<String> classes = List.of("zero", "one", "two");
    WeightsMetadata metadata =
        new WeightsMetadata(
            MODERN,
            NETWORK.input(),
            10,
            classes,
            new ImageShape(28, 28, 1),
            List.of(),
            List.of(0.5f),
            List.of(0.25f),
            "softmax-cross-entropy",
            20);
    Path file = folder.resolve("weights.safetensors");
    try (OutputStream stream = Files.newOutputStream(file)) {
      Safetensors.write(stream, metadata.toMap(), StateDict.of(NETWORK, NETWORK.initialWeights(1)));
    }
    return file.toString();
  }

  private String image(String name, int side) throws IOException {
    BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_BYTE_GRAY);
    for (int i = 0; i < side * side; i++) {
      image.getRaster().setSample(i % side, i / side, 0, i % 256);
    }
    Path file = folder.resolve(name);
    assertTrue(ImageIO.write(image, "png", file.toFile()));
    return file.toString();
  }

  @Test
  void predictPrintsTheFiveBestClassesOfEachImage() throws IOException {
    String first = image("a.png", 28);
    String second = image("b.png", 100);
    assertEquals(
        0,
        convoy("predict", "--network", MODERN, "--weights", weights(), first, second),
        err.toString());
    List<String> lines = out.toString().lines().toList();
    assertEquals(2, lines.size());
    String entry = "(zero|one|two|class [3-9]) \\d+\\.\\d %";
    assertTrue(lines.get(0).matches("\\Q" + first + "\\E  " + entry + "(, " + entry + "){4}"));
    assertTrue(lines.get(1).startsWith(second + "  "), out.toString());
  }

  @Test
  void exportWritesAModelOnce() throws IOException {
    Path model = folder.resolve("new/lenet5.onnx");
    String[] args = {
      "export",
      "--format",
      "onnx",
      "--network",
      MODERN,
      "--weights",
      weights(),
      "--output",
      model.toString()
    };
    assertEquals(0, convoy(args), err.toString());
    assertTrue(Files.size(model) > 4 * 61_706);
    assertRefused("lenet5.onnx exists already; name another file", args);
    args[2] = "caffe";
    assertRefused("--format: the format caffe is unknown; allowed are ", args);
    args[2] = "onnx";
    args[4] = "lenet5";
    assertRefused("it lacks C1.bias", args);
  }

  /** Rewrites tensors of the weights, which keep their metadata. */
  private String rewritten(String name, UnaryOperator<NamedTensor> change) throws IOException {
    SafetensorsFile file;
    try (InputStream stream = Files.newInputStream(Path.of(weights()))) {
      file = Safetensors.read(stream, "weights");
    }
    Path other = folder.resolve(name);
    try (OutputStream stream = Files.newOutputStream(other)) {
      Safetensors.write(stream, file.metadata(), file.tensors().stream().map(change).toList());
    }
    return other.toString();
  }

  @Test
  void weightsThatAreNotFiniteAreNoticedByDigestAndRefusedByOthers() throws IOException {
    String broken =
        rewritten(
            "broken.safetensors",
            tensor -> {
              float[] values = tensor.values().clone();
              values[0] = tensor.name().equals("fc2.bias") ? Float.NaN : values[0];
              return new NamedTensor(tensor.name(), tensor.shape(), values);
            });
    assertEquals(0, convoy("digest", broken), err.toString());
    String says = "the tensor fc2.bias has values that are infinite or no numbers";
    assertEquals("convoy: notice: " + broken + ": " + says, err.toString().strip());
    assertTrue(out.toString().startsWith("weights sha256="), out.toString());
    String image = image("a.png", 28);
    String model = folder.resolve("model.onnx").toString();
    assertEquals(2, convoy("predict", "--network", MODERN, "--weights", broken, image));
    assertTrue(err.toString().contains(broken + " is of no use: " + says), err.toString());
    assertEquals(
        2,
        convoy(
            "export",
            "--format",
            "onnx",
            "--network",
            MODERN,
            "--weights",
            broken,
            "--output",
            model));
    assertFalse(Files.exists(Path.of(model)));
  }

  @Test
  void whatOtherProgramsPutBeforeAllNamesIsTakenOff() throws IOException {
    assertEquals(0, convoy("digest", weights()), err.toString());
    String digest = out.toString();
    assertEquals("", err.toString());
    String wrapped =
        rewritten(
            "wrapped.safetensors",
            tensor ->
                new NamedTensor(
                    "_orig_mod.module." + tensor.name(), tensor.shape(), tensor.values()));
    assertEquals(0, convoy("digest", wrapped), err.toString());
    assertEquals(digest, out.toString());
    assertTrue(
        err.toString().strip().endsWith("the names of its tensors lose their _orig_mod.module."),
        err.toString());
    String named =
        rewritten(
            "named.safetensors",
            tensor -> new NamedTensor("enc." + tensor.name(), tensor.shape(), tensor.values()));
    assertRefused(
        "; in their place it has enc.conv1.bias",
        "predict",
        "--network",
        MODERN,
        "--weights",
        named,
        image("a.png", 28));
  }

  @Test
  void filesMayHaveColonsAndControlsInTheirNames() throws IOException {
    Path weights = Files.copy(Path.of(weights()), folder.resolve("12:30.safetensors"));
    Path model = folder.resolve("model:v1.onnx");
    String[] args = {
      "export",
      "--format",
      "onnx",
      "--network",
      MODERN,
      "--weights",
      weights.toString(),
      "--output",
      model.toString()
    };
    assertEquals(0, convoy(args), err.toString());
    assertTrue(Files.size(model) > 4 * 61_706);
    assertRefused("model:v1.onnx exists already; name another file", args);
    String image = image("\u001b[31m\nred.png", 28);
    assertEquals(0, convoy("predict", "--network", MODERN, "--weights", weights.toString(), image));
    assertEquals(1, out.toString().lines().count(), out.toString());
    assertTrue(out.toString().contains("\\u001b[31m\\nred.png  "), out.toString());
    Files.delete(Path.of(image));
    assertRefused(
        "\\u001b[31m\\nred.png that can be read",
        "predict",
        "--network",
        MODERN,
        "--weights",
        weights.toString(),
        image);
  }

  @Test
  void aFolderWithoutWeightsSaysWhichFilesItHas() throws IOException {
    Files.move(Path.of(weights()), folder.resolve("model.safetensors"));
    assertRefused(
        "has no weights.safetensors; name a file that it has: model.safetensors",
        "digest",
        folder.toString());
  }

  @Test
  void predictTakesNamesFromAFile() throws IOException {
    Path names = folder.resolve("classes.txt");
    Files.write(names, List.of("A", "B", "C", "D", "E", "F", "G", "H", "I", "J"));
    String[] args = {
      "predict",
      "--network",
      MODERN,
      "--weights",
      weights(),
      "--classes-file",
      names.toString(),
      image("a.png", 28)
    };
    assertEquals(0, convoy(args), err.toString());
    assertTrue(out.toString().matches("(?s).*  [A-J] \\d+\\.\\d %, .*"), out.toString());
    Files.write(names, List.of("A", "B", "C", "D", "E", "F", "G", "H", "I", "J", "K"));
    assertRefused("11 classes are named", args);
    Files.write(names, List.of("A", "B"));
    assertRefused("2 classes are named", args);
    Files.writeString(names, "A\n\nC\n");
    assertRefused("the name of a class on every line", args);
  }

  @Test
  void predictRefusesBeforeItAnswersAnything() throws IOException {
    String weights = weights();
    String good = image("a.png", 28);
    String text = Files.writeString(folder.resolve("text.png"), "no image").toString();
    assertRefused(
        "text.png is text, but only JPEG, PNG, GIF, BMP and PNM are read",
        "predict",
        "--network",
        MODERN,
        "--weights",
        weights,
        good,
        text);
    String empty = Files.createFile(folder.resolve("empty.jpg")).toString();
    String[] many = {
      "predict",
      "--network",
      MODERN,
      "--weights",
      weights,
      text,
      "none.png",
      folder.toString(),
      empty
    };
    assertRefused("text.png is text", many);
    assertRefused("; there is no file none.png that can be read; ", many);
    assertRefused(folder + " is a folder, not an image file; ", many);
    assertRefused("empty.jpg is an empty file", many);
    assertRefused(
        "the background 'mauve' is invalid",
        "predict",
        "--background",
        "mauve",
        "--network",
        MODERN,
        "--weights",
        weights,
        good);
    assertRefused(
        "there is no file none.png",
        "predict",
        "--network",
        MODERN,
        "--weights",
        weights,
        good,
        "none.png");
    assertRefused("it lacks", "predict", "--network", "lenet5", "--weights", weights, good);
    try (OutputStream stream = Files.newOutputStream(Path.of(weights))) {
      Safetensors.write(stream, Map.of(), StateDict.of(NETWORK, NETWORK.initialWeights(1)));
    }
    assertRefused("in its metadata", "predict", "--network", MODERN, "--weights", weights, good);
  }

  @Test
  void prepareRefusesWhatMakesNoSense() {
    assertRefused("'cifar'", prepare("cifar"));
    assertRefused("background '#12' is invalid", prepare("folder", "--background", "#12"));
    assertRefused("quality is 0", prepare("folder", "--quality", "0"));
    assertRefused("--shards 0 is invalid", prepare("folder", "--shards", "0"));
    assertRefused("validation share is 1.0", prepare("mnist", "--validation-share", "1"));
    assertRefused("fail or skip", prepare("mnist", "--on-corrupt", "hide"));
  }

  private static String[] prepare(String format, String... more) {
    return with(new String[] {"prepare", format, "--input", "a", "--output", "b"}, more);
  }

  @Test
  void inspectPrintsWhatADatasetHoldsAndDrawsWhatANetworkSees() throws IOException {
    String sample = Path.of("..", "conf", "sample", "fashion-mnist").toString();
    Path sheet = folder.resolve("sheet.png");
    String[] args = {
      "inspect",
      sample,
      "--format",
      "idx",
      "--samples",
      "1000",
      "--sheet",
      sheet.toString(),
      "--size",
      "32x32",
      "--augment",
      "random-crop 4",
      "--augment",
      "mirror"
    };
    assertEquals(0, convoy(args), err.toString());
    String text = out.toString();
    assertTrue(text.contains("images      4,000 (28x28x1)"), text);
    assertTrue(text.contains("looked at   1,000 of them"), text);
    assertTrue(text.contains("height      28 to 28, median 28"), text);
    assertTrue(text.contains("corrupt     0"), text);
    assertTrue(text.contains("T-shirt/top"), text);
    BufferedImage drawn = ImageIO.read(sheet.toFile());
    assertEquals(8 * (32 + 4) + 4, drawn.getWidth());
    assertEquals(drawn.getWidth(), drawn.getHeight());
    assertRefused("expected train or validation", with(args, "--split", "test"));
    assertRefused(
        "expected a size like 224x224",
        "inspect",
        sample,
        "--format",
        "idx",
        "--sheet",
        sheet.toString(),
        "--size",
        "big");
    assertRefused("'zoom'", with(args, "--augment", "zoom"));
    assertRefused("holds no shards", "inspect", sample);
  }
}
