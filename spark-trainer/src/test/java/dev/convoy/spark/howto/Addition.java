package dev.convoy.spark.howto;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A small addition of one kind, from a folder of the test resources:
 *
 * <pre>
 *   new/…        new files, at their paths in the repository
 *   edits.diff   lines of existing files, see {@link Patch}
 *   check/…      a test that it is there and works; belongs to no count
 *   tests.txt    existing or new tests that must pass with it: CLASS or CLASS#METHOD
 * </pre>
 *
 * @param folder where it lies
 * @param newFiles relative to the repository
 * @param edits of existing files
 */
record Addition(Path folder, List<Path> newFiles, List<Patch.Edit> edits) {
  private static final Path FOLDER = Path.of("src/test/resources/how-to-add");

  /**
   * What an addition takes.
   *
   * @param files new ones
   * @param lines of existing files
   */
  record Count(int files, int lines) {
    @Override
    public String toString() {
      return files + " + " + lines;
    }
  }

  static List<Addition> all() throws IOException {
    List<Path> folders;
    try (Stream<Path> found = Files.list(FOLDER)) {
      folders = found.filter(Files::isDirectory).sorted().toList();
    }
    List<Addition> additions = new ArrayList<>();
    for (Path folder : folders) {
      additions.add(
          new Addition(
              folder, files(folder.resolve("new"), ""), Patch.read(folder.resolve("edits.diff"))));
    }
    return additions;
  }

  /** The files in a folder with that ending, relative to it; none if there is no such folder. */
  static List<Path> files(Path folder, String ending) throws IOException {
    if (!Files.exists(folder)) {
      return List.of();
    }
    try (Stream<Path> found = Files.walk(folder)) {
      return found
          .filter(file -> Files.isRegularFile(file) && file.toString().endsWith(ending))
          .map(folder::relativize)
          .sorted()
          .toList();
    }
  }

  String name() {
    return folder.getFileName().toString();
  }

  /** What it takes of the program. */
  Count code() {
    return count(Addition::isCode);
  }

  /** What it takes of tests and documents. */
  Count testsAndDocuments() {
    return count(file -> !isCode(file));
  }

  private static boolean isCode(Path file) {
    return file.toString().contains("/src/main/") || file.startsWith("scripts");
  }

  private Count count(Predicate<Path> where) {
    return new Count(
        (int) newFiles.stream().filter(where).count(),
        edits.stream().filter(edit -> where.test(edit.file())).mapToInt(Patch.Edit::lines).sum());
  }

  /** Names of the tests that must pass, the check's first. */
  List<String> tests() throws IOException {
    List<String> tests = new ArrayList<>();
    for (Path file : files(folder.resolve("check"), "Check.java")) {
      tests.add(file.toString().replaceFirst("\\.java$", "").replace('/', '.'));
    }
    Path listed = folder.resolve("tests.txt");
    if (Files.exists(listed)) {
      tests.addAll(Files.readAllLines(listed));
    }
    return tests;
  }

  @Override
  public String toString() {
    return name();
  }
}
