package dev.convoy.kernel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.testing.ChildJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program that writes the unrolled loops, run as the build runs it. */
class MicroKernelsTest {
  private static final Path SOURCES = Path.of("src/build/java");
  private static final FileTime LONG_AGO = FileTime.fromMillis(1_000_000_000_000L);

  @TempDir Path folder;
  @TempDir Path classes;

  @Test
  void itLeavesCurrentFilesAloneAndDeletesItsStaleOnes() throws Exception {
    generate();
    List<Path> written = files();
    assertFalse(written.isEmpty());
    Path one = written.get(0);
    Path stale = Files.copy(one, Files.createDirectory(folder.resolve("old")).resolve("Old.java"));
    Path foreign = Files.writeString(folder.resolve("Foreign.java"), "final class Foreign {}\n");
    for (Path file : written) {
      Files.setLastModifiedTime(file, LONG_AGO);
    }
    Path changed = written.get(1);
    Files.writeString(changed, Files.readString(changed) + "// edited by hand\n");

    generate();
    assertFalse(Files.exists(stale));
    assertTrue(Files.exists(foreign));
    assertEquals(LONG_AGO, Files.getLastModifiedTime(one));
    assertFalse(Files.readString(changed).contains("edited by hand"));
    Files.delete(foreign);
    assertEquals(written, files());
  }

  private void generate() throws IOException, InterruptedException {
    String program = SOURCES.resolve("microkernels/MicroKernels.java").toString();
    run("javac", "-d", classes.toString(), "-sourcepath", SOURCES.toString(), program);
    run("java", "-cp", classes.toString(), "microkernels.MicroKernels", folder.toString());
  }

  private static void run(String tool, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(ChildJvm.thisHome().resolve("bin").resolve(tool).toString());
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String out = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertEquals(0, process.waitFor(), out);
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> found = Files.walk(folder)) {
      return found.filter(Files::isRegularFile).sorted().toList();
    }
  }
}
