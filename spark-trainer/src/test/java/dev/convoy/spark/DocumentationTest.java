package dev.convoy.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The documents name only what there is: classes, packages, configuration keys and files. The
 * changelog and the decisions that a later one supersedes tell of the past and are left out.
 */
class DocumentationTest {
  private static final Path REPOSITORY = Path.of("..");
  private static final Pattern CODE_BLOCK = Pattern.compile("```.*?```", Pattern.DOTALL);
  private static final Pattern CODE = Pattern.compile("`([^`\n]+)`");
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)(?:#[^)]*)?\\)");
  private static final Pattern SUPERSEDED =
      Pattern.compile("^Supersedes \\[(\\d+)\\]", Pattern.MULTILINE);
  private static final Pattern DECLARATION =
      Pattern.compile("\\b(?:class|interface|enum|record)\\s+([A-Z]\\w*)");
  private static final Pattern TYPE =
      Pattern.compile("([A-Z][A-Z0-9]*[a-z]\\w*)(?:\\.java|[.#](\\w+))?(?:\\(.*\\))?");
  private static final Pattern PACKAGE = Pattern.compile("dev\\.convoy(?:\\.[a-z]+)+");
  private static final Pattern KEY =
      Pattern.compile(
          "((?:network|data|train|sync|evaluate|checkpoint|cluster|kernel)(?:\\.[a-z][a-z0-9-]*)+)(?: = .*)?");

  private static final Pattern SOURCE_PATH =
      Pattern.compile("(?:core|data-pipeline|spark-trainer|benchmarks|docs)/[\\w./-]+\\w/?");

  /** Names of the JDK, of the JVM, of Spark and of torchvision, and the file Thumbs.db. */
  private static final Set<String> FOREIGN_TYPES =
      Set.of(
          "CenterCrop",
          "ColorJitter",
          "ImageIO",
          "Inflater",
          "Math",
          "PluginContext",
          "RandomResizedCrop",
          "SparkSubmit",
          "StrictMath",
          "Thumbs",
          "UseFPUForSpilling");

  /** Files whose names look like keys. */
  private static final Set<String> NO_KEYS = Set.of("train.bin");

  @Test
  void everyTypeInCodeFontExists() throws IOException {
    Map<String, String> sources = sourcesByType();
    Map<String, String> prose = documents();
    prose.replaceAll((name, text) -> CODE_BLOCK.matcher(text).replaceAll(""));
    check(
        prose,
        50,
        TYPE,
        type -> FOREIGN_TYPES.contains(type.group(1)),
        type -> {
          String source = sources.getOrDefault(type.group(1), "");
          boolean member =
              type.group(2) == null || source.matches("(?s).*\\b" + type.group(2) + "\\b.*");
          return !source.isEmpty() && member;
        });
  }

  @Test
  void everyPackageInCodeFontExists() throws IOException {
    check(
        documents(),
        10,
        PACKAGE,
        name -> false,
        name -> {
          String folder = "src/main/java/" + name.group().replace('.', '/');
          return Stream.of("core", "data-pipeline", "spark-trainer")
              .anyMatch(module -> Files.isDirectory(REPOSITORY.resolve(module).resolve(folder)));
        });
  }

  @Test
  void everyKeyInCodeFontExists() throws IOException {
    Config reference =
        ConfigFactory.parseResources("dev/convoy/spark/config/reference.conf").resolve();
    check(
        documents(),
        10,
        KEY,
        key -> NO_KEYS.contains(key.group(1)),
        key -> reference.hasPathOrNull(key.group(1)));
  }

  @Test
  void everyLinkLeadsToAFile() throws IOException {
    List<String> problems = new ArrayList<>();
    for (Map.Entry<Path, String> document : allDocuments().entrySet()) {
      for (String link : find(LINK, document.getValue())) {
        if (!Files.exists(document.getKey().resolveSibling(link))) {
          problems.add(document.getKey() + " links to " + link);
        }
      }
    }
    assertEquals(List.of(), problems);
  }

  @Test
  void everySourcePathInCodeFontExists() throws IOException {
    check(
        documents(),
        3,
        SOURCE_PATH,
        path -> path.group().contains("/target/"),
        path -> Files.exists(REPOSITORY.resolve(path.group())));
  }

  /**
   * Checks everything in code font that looks like {@code kind}.
   *
   * @param fewest of these in all documents together; more must be found
   * @param foreign whether one is not ours, and is neither counted nor checked
   */
  private static void check(
      Map<String, String> documents,
      int fewest,
      Pattern kind,
      Predicate<Matcher> foreign,
      Predicate<Matcher> exists) {
    List<String> problems = new ArrayList<>();
    int checked = 0;
    for (Map.Entry<String, String> document : documents.entrySet()) {
      for (String code : find(CODE, document.getValue())) {
        Matcher matcher = kind.matcher(code);
        if (matcher.matches() && !foreign.test(matcher)) {
          checked++;
          if (!exists.test(matcher)) {
            problems.add(document.getKey() + " names " + code);
          }
        }
      }
    }
    assertEquals(List.of(), problems);
    assertTrue(checked > fewest, "only " + checked + " were found");
  }

  private static List<String> find(Pattern pattern, String text) {
    return pattern.matcher(text).results().map((MatchResult result) -> result.group(1)).toList();
  }

  private static Map<Path, String> allDocuments() throws IOException {
    Map<Path, String> documents = new TreeMap<>();
    for (String file : List.of("README.md", "CONTRIBUTING.md")) {
      documents.put(REPOSITORY.resolve(file), Files.readString(REPOSITORY.resolve(file)));
    }
    for (Path file : files(REPOSITORY.resolve("docs"), ".md")) {
      documents.put(file, Files.readString(file));
    }
    return documents;
  }

  /** Returns the documents that tell of the present, by their file's name. */
  private static Map<String, String> documents() throws IOException {
    Map<Path, String> all = allDocuments();
    Set<String> superseded =
        all.values().stream()
            .flatMap(text -> find(SUPERSEDED, text).stream())
            .collect(Collectors.toSet());
    Map<String, String> documents = new TreeMap<>();
    all.forEach(
        (file, text) -> {
          String name = file.getFileName().toString();
          if (superseded.stream().noneMatch(number -> name.startsWith(number + "-"))) {
            documents.put(name, text);
          }
        });
    return documents;
  }

  /** Returns the source text of each type; templates of generated types count as their source. */
  private static Map<String, String> sourcesByType() throws IOException {
    Map<String, String> sources = new HashMap<>();
    for (String module : List.of("core", "data-pipeline", "spark-trainer", "benchmarks", "fuzz")) {
      for (Path file : files(REPOSITORY.resolve(module).resolve("src"), ".java")) {
        String text = Files.readString(file);
        find(DECLARATION, text).forEach(type -> sources.put(type, text));
      }
    }
    return sources;
  }

  private static List<Path> files(Path folder, String ending) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(ending)).sorted().toList();
    }
  }
}
