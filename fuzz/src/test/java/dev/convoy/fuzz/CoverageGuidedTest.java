package dev.convoy.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every reader keeps its {@link ReaderContract} for inputs that Jazzer makes, which is libFuzzer
 * for the JVM: it keeps inputs that reach new code, and mutates those. Each reader has a process of
 * its own, and a corpus in {@code target/fuzz} that grows from run to run.
 */
@Tag("long")
class CoverageGuidedTest {
  private static final long INPUTS = FuzzSettings.inputs(1_000);
  private static final Path FOLDER = Path.of("target", "fuzz").toAbsolutePath();
  private static final Pattern EXECUTED = Pattern.compile("number_of_executed_units: (\\d+)");

  @ParameterizedTest(name = "{0}")
  @MethodSource("dev.convoy.fuzz.FuzzTargets#all")
  void isReadOrRefused(FuzzTarget target) throws IOException, InterruptedException {
    Path corpus = Files.createDirectories(FOLDER.resolve("corpus").resolve(target.name()));
    List<byte[]> seeds = target.seeds();
    for (int i = 0; i < seeds.size(); i++) {
      Files.write(corpus.resolve("seed-" + i), seeds.get(i));
    }
    Path log = FOLDER.resolve(target.name() + ".log");
    Process jazzer =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                "-D" + JazzerEntry.TARGET + "=" + target.name(),
                "com.code_intelligence.jazzer.Jazzer",
                "--target_class=" + JazzerEntry.class.getName(),
                "--instrumentation_includes=dev.convoy.**",
                "--custom_hook_includes=dev.convoy.**",
                "--reproducer_path=" + FOLDER,
                "-artifact_prefix=" + FOLDER.resolve(target.name() + "-"),
                "-runs=" + INPUTS,
                "-seed=" + FuzzSettings.firstSeed(),
                "-max_len=" + Mutations.LONGEST,
                "-timeout=30",
                "-rss_limit_mb=0",
                "-print_final_stats=1",
                corpus.toString())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    int status;
    try {
      status = jazzer.waitFor();
    } finally {
      jazzer.destroyForcibly();
    }
    String said = Files.readString(log, StandardCharsets.ISO_8859_1);
    assertEquals(0, status, () -> said.substring(Math.max(0, said.length() - 6_000)));
    Matcher executed = EXECUTED.matcher(said);
    System.out.printf(
        "jazzer: %s, %s inputs, corpus %d%n",
        target.name(), executed.find() ? executed.group(1) : "no", size(corpus));
  }

  private static long size(Path corpus) throws IOException {
    try (Stream<Path> files = Files.list(corpus)) {
      return files.count();
    }
  }
}
