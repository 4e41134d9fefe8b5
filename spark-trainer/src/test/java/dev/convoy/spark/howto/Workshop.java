package dev.convoy.spark.howto;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * A copy of the sources in which an addition is made, compiled over the classes of this build, and
 * run in a process of its own.
 */
final class Workshop {
  private static final Path REPOSITORY = Path.of("..").toAbsolutePath().normalize();
  private static final List<String> MODULES = List.of("core", "data-pipeline", "spark-trainer");
  private static final List<String> COPIED = List.of("README.md", "docs", "scripts");
  private static final String VECTORS = "jdk.incubator.vector";

  private final Path sources;
  private final Path classes;

  /** Copies the sources into a folder. */
  Workshop(Path folder) throws IOException {
    sources = folder.resolve("sources");
    classes = Files.createDirectories(folder.resolve("classes"));
    for (String path : COPIED) {
      copy(REPOSITORY.resolve(path), sources.resolve(path));
    }
    for (String module : MODULES) {
      for (String path : List.of("src/main", "src/test/java")) {
        copy(REPOSITORY.resolve(module).resolve(path), sources.resolve(module).resolve(path));
      }
    }
    // Where jqwik writes.
    Files.createDirectories(sources.resolve("spark-trainer/target"));
  }

  private static void copy(Path from, Path to) throws IOException {
    List<Path> files;
    try (Stream<Path> found = Files.walk(from)) {
      files = found.filter(Files::isRegularFile).toList();
    }
    for (Path file : files) {
      Path copy = to.resolve(from.relativize(file).toString());
      Files.createDirectories(copy.getParent());
      Files.copy(file, copy, StandardCopyOption.COPY_ATTRIBUTES);
    }
  }

  /** Makes the addition and compiles what is new or edited, and its check. */
  void add(Addition addition) throws IOException {
    Set<Path> changed = new LinkedHashSet<>();
    for (Path file : addition.newFiles()) {
      Path copy = sources.resolve(file.toString());
      if (Files.exists(copy)) {
        throw new AssertionError(file + " is not new");
      }
      Files.createDirectories(copy.getParent());
      Files.copy(addition.folder().resolve("new").resolve(file.toString()), copy);
      changed.add(copy);
    }
    for (Patch.Edit edit : addition.edits()) {
      Path copy = sources.resolve(edit.file().toString());
      Files.write(copy, Patch.apply(edit, sources));
      changed.add(copy);
    }
    Path check = addition.folder().resolve("check");
    Addition.files(check, ".java").forEach(file -> changed.add(check.resolve(file.toString())));
    compile(changed.stream().filter(file -> file.toString().endsWith(".java")).toList());
  }

  /** Warnings are errors, as in the build. */
  private void compile(List<Path> files) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    DiagnosticCollector<JavaFileObject> problems = new DiagnosticCollector<>();
    List<String> options =
        List.of(
            "-source",
            "17",
            "-target",
            "17",
            "-Xlint:all,-options,-processing,-classfile",
            "-proc:none",
            "--add-modules",
            VECTORS,
            "-classpath",
            classPath(),
            "-d",
            classes.toString());
    try (StandardJavaFileManager manager = compiler.getStandardFileManager(problems, null, UTF_8)) {
      compiler
          .getTask(
              null,
              manager,
              problems,
              options,
              null,
              manager.getJavaFileObjects(files.toArray(Path[]::new)))
          .call();
    }
    List<String> messages =
        problems.getDiagnostics().stream()
            .filter(problem -> problem.getKind() != Diagnostic.Kind.NOTE)
            // The module of vectors is an incubator, which javac always reports.
            .filter(problem -> !problem.getCode().equals("compiler.warn.incubating.modules"))
            .map(
                problem ->
                    problem.toString().lines().findFirst().orElse("").strip()
                        + "\n  "
                        + problem.getMessage(Locale.ROOT))
            .toList();
    if (!messages.isEmpty()) {
      throw new AssertionError(String.join("\n", messages));
    }
  }

  /** Runs tests with what was compiled before the classes of this build. */
  void run(List<String> tests) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // The modules that this process has, and what Spark needs to see of them.
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> argument.startsWith("--add-"))
        .forEach(command::add);
    command.addAll(List.of("-Xmx1g", "-XX:+UseSerialGC"));
    command.addAll(List.of("-cp", classes + File.pathSeparator + classPath()));
    command.add(ListedTests.class.getName());
    command.add(classes.toString());
    command.addAll(tests);
    Process process =
        new ProcessBuilder(command)
            .directory(sources.resolve("spark-trainer").toFile())
            .redirectErrorStream(true)
            .start();
    String out = new String(process.getInputStream().readAllBytes(), UTF_8);
    if (process.waitFor() != 0) {
      throw new AssertionError(out);
    }
  }

  /** That of this process, and the tests' classes of the other modules. */
  private static String classPath() {
    List<String> entries = new ArrayList<>(List.of(System.getProperty("java.class.path")));
    for (String module : MODULES) {
      entries.add(REPOSITORY.resolve(module).resolve("target/test-classes").toString());
    }
    return String.join(File.pathSeparator, entries);
  }
}
