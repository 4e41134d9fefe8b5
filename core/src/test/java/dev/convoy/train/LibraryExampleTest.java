package dev.convoy.train;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.weights.Safetensors;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The project in {@code library-example}, which depends on convoy-core alone: built and run by
 * Maven on its own, with an empty local repository.
 *
 * <p>Convoy comes from a repository that holds its jar, its POM and the parent's POM. Everything
 * else comes from the local repository of the build that runs this test, which serves as Maven
 * Central here; so nothing is downloaded, and nothing is written into it.
 */
class LibraryExampleTest {
  private static final Path PROJECT = Path.of("src/test/resources/library-example");
  private static final Path SAMPLE = Path.of("../conf/sample/fashion-mnist");
  private static final Path README = Path.of("../README.md");
  private static final Path CLASSES = Path.of("target/classes");
  private static final String VERSION = System.getProperty("convoy.version");

  private static final String SETTINGS =
      """
      <settings>
        <localRepository>%s</localRepository>
        <mirrors>
          <mirror>
            <id>outer</id>
            <mirrorOf>*,!convoy</mirrorOf>
            <url>%s</url>
          </mirror>
        </mirrors>
        <profiles>
          <profile>
            <id>convoy</id>
            <repositories>
              <repository>
                <id>convoy</id>
                <url>%s</url>
              </repository>
            </repositories>
          </profile>
        </profiles>
        <activeProfiles>
          <activeProfile>convoy</activeProfile>
        </activeProfiles>
      </settings>
      """;

  @Test
  void mavenBuildsItAndItTrainsLeNet5OnTheSample(@TempDir Path folder) throws Exception {
    copy(PROJECT, folder.resolve("project"));
    publish(folder.resolve("convoy"));
    Path weights = folder.resolve("lenet5.safetensors");
    String out = maven(folder, weights);
    String line = out.lines().filter(l -> l.startsWith("top-1 ")).findFirst().orElseThrow();
    double top1 = Double.parseDouble(line.substring("top-1 ".length(), line.indexOf(',')));
    assertTrue(top1 > 0.6, out);
    assertTrue(Safetensors.read(weights).names().contains("fc3.weight"));
    Path jar = Path.of("dev/convoy/convoy-core", VERSION, "convoy-core-" + VERSION + ".jar");
    assertTrue(Files.exists(folder.resolve("local").resolve(jar)), "Maven has not fetched " + jar);
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

  /** Runs {@code mvn compile exec:exec} in the project, and returns what it prints. */
  private static String maven(Path folder, Path weights) throws Exception {
    String outer = System.getProperty("convoy.maven.repository");
    String text =
        SETTINGS.formatted(
            folder.resolve("local"), Path.of(outer).toUri(), folder.resolve("convoy").toUri());
    String settings = Files.writeString(folder.resolve("settings.xml"), text).toString();
    Path mvn = Path.of(System.getProperty("convoy.maven.home"), "bin", "mvn");
    ProcessBuilder builder =
        new ProcessBuilder(
            mvn.toString(),
            "--batch-mode",
            "--settings=" + settings,
            "--global-settings=" + settings,
            "-Dconvoy.version=" + VERSION,
            "-Ddata=" + SAMPLE.toRealPath(),
            "-Dweights=" + weights,
            "compile",
            "exec:exec");
    builder.directory(folder.resolve("project").toFile()).redirectErrorStream(true);
    // What the user's own Maven is set to do is not the stranger's.
    builder.environment().keySet().removeAll(List.of("MAVEN_OPTS", "MAVEN_ARGS"));
    builder.environment().put("MAVEN_SKIP_RC", "1");
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    Process process = builder.start();
    String out = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertEquals(0, process.waitFor(), out);
    assertFalse(out.contains("https://"), out);
    return out;
  }

  /** Lays out a repository with what a release of convoy-core consists of. */
  private static void publish(Path repository) throws IOException {
    Path group = repository.resolve("dev/convoy");
    Path parent = Files.createDirectories(group.resolve("convoy").resolve(VERSION));
    Files.copy(Path.of("../pom.xml"), parent.resolve("convoy-" + VERSION + ".pom"));
    Path core = Files.createDirectories(group.resolve("convoy-core").resolve(VERSION));
    Files.copy(Path.of("pom.xml"), core.resolve("convoy-core-" + VERSION + ".pom"));
    Path file = core.resolve("convoy-core-" + VERSION + ".jar");
    try (OutputStream stream = Files.newOutputStream(file);
        JarOutputStream jar = new JarOutputStream(stream)) {
      for (Path entry : files(CLASSES)) {
        jar.putNextEntry(new JarEntry(CLASSES.relativize(entry).toString().replace('\\', '/')));
        Files.copy(entry, jar);
      }
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    for (Path file : files(from)) {
      Path copy = to.resolve(from.relativize(file).toString());
      Files.createDirectories(copy.getParent());
      Files.copy(file, copy);
    }
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> found = Files.walk(folder)) {
      return found.filter(Files::isRegularFile).sorted().toList();
    }
  }
}
