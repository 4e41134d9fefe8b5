package dev.convoy.train;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.weights.Safetensors;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The project in {@code library-example}, which depends on convoy-core alone: compiled and run with
 * nothing else on the class path.
 */
class LibraryExampleTest {
  private static final Path PROJECT = Path.of("src/test/resources/library-example");
  private static final Path SAMPLE = Path.of("../conf/sample/fashion-mnist");
  private static final Path README = Path.of("../README.md");

  @Test
  void itTrainsLeNet5OnTheSample(@TempDir Path folder) throws Exception {
    compile(folder);
    Path weights = folder.resolve("lenet5.safetensors");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("--add-modules", "jdk.incubator.vector", "-cp"));
    command.add(folder + File.pathSeparator + classPath());
    command.addAll(List.of("com.example.TrainLeNet5", SAMPLE.toString(), weights.toString()));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String out = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertEquals(0, process.waitFor(), out);
    String line = out.lines().filter(l -> l.startsWith("top-1 ")).findFirst().orElseThrow();
    double top1 = Double.parseDouble(line.substring("top-1 ".length(), line.indexOf(',')));
    assertTrue(top1 > 0.6, out);
    assertTrue(Safetensors.read(weights).names().contains("fc3.weight"));
  }

  @Test
  void theReadmeShowsWhatIsRun() throws IOException {
    List<String> source =
        Files.readAllLines(PROJECT.resolve("src/main/java/com/example/TrainLeNet5.java"));
    int from = source.indexOf("    Network network = Zoo.named(\"lenet5-modern\").build();");
    String example =
        source.subList(from, source.size() - 2).stream()
            .map(l -> l.substring(Math.min(4, l.length())))
            .collect(Collectors.joining("\n"));
    assertTrue(Files.readString(README).contains("```java\n" + example + "\n```"), example);
  }

  private static void compile(Path folder) throws IOException {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("--release", "17", "-d", folder.toString(), "-cp", classPath()));
    try (Stream<Path> files = Files.walk(PROJECT.resolve("src/main/java"))) {
      files.filter(f -> f.toString().endsWith(".java")).forEach(f -> arguments.add(f.toString()));
    }
    int status =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, arguments.toArray(new String[0]));
    assertEquals(0, status);
  }

  /** What Maven gives to a program that depends on convoy-core: its classes and Jackson. */
  private static String classPath() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(e -> e.endsWith("target" + File.separator + "classes") || e.contains("jackson"))
        .collect(Collectors.joining(File.pathSeparator));
  }
}
