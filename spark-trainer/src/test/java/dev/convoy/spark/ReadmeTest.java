package dev.convoy.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The README's table of packages is the packages that there are. */
class ReadmeTest {
  private static final Path REPOSITORY = Path.of("..");
  private static final Pattern PACKAGE = Pattern.compile("`(\\.[a-z.]+)`");

  @ParameterizedTest
  @CsvSource({
    "core, dev/convoy",
    "data-pipeline, dev/convoy/data",
    "spark-trainer, dev/convoy/spark",
  })
  void theTableOfPackagesIsTrue(String module, String root) throws IOException {
    assertEquals(packages(module, root), listed(module));
  }

  private static Set<String> listed(String module) throws IOException {
    String row =
        Files.readAllLines(REPOSITORY.resolve("README.md")).stream()
            .filter(line -> line.startsWith("| `" + module + "`"))
            .collect(Collectors.joining());
    Set<String> names = new TreeSet<>();
    for (Matcher matcher = PACKAGE.matcher(row); matcher.find(); ) {
      names.add(matcher.group(1));
    }
    return names;
  }

  private static Set<String> packages(String module, String root) throws IOException {
    Path folder = REPOSITORY.resolve(module).resolve("src/main/java").resolve(root);
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(file -> file.endsWith("package-info.java"))
          .map(file -> folder.relativize(file.getParent()).toString())
          .filter(name -> !name.isEmpty())
          .map(name -> "." + name.replace('/', '.'))
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }
}
