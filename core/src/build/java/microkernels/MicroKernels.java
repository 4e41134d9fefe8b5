package microkernels;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Writes the micro-kernels, the unrolled inner loops of the vector kernels, to a directory: {@code
 * MicroKernels DIRECTORY}. The variants of one differ in nothing but the rows and vectors of their
 * tile of sums, all of which must be local variables of one method with one counted loop, or the
 * JIT boxes or spills them.
 */
final class MicroKernels {
  private MicroKernels() {}

  public static void main(String[] arguments) throws IOException {
    Locale.setDefault(Locale.ROOT); // javac accepts no other digits
    Path directory = Path.of(arguments[0]);
    Set<Path> written = new HashSet<>();
    for (MicroKernel kernel : all()) {
      written.add(kernel.write(directory));
    }
    deleteOthers(directory, written);
  }

  private static List<MicroKernel> all() {
    return Stream.of(
            LanesTemplates.all(),
            GemmTemplates.all(),
            DirectTemplates.all(),
            WinogradTemplates.all(),
            DenseTemplates.all(),
            NormalizationTemplates.all(),
            PoolingTemplates.all(),
            ElementwiseTemplates.all())
        .flatMap(List::stream)
        .toList();
  }

  /** Deletes what an earlier version wrote under another name, which may no longer compile. */
  private static void deleteOthers(Path directory, Set<Path> written) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
        if (!written.contains(file)) {
          Files.delete(file);
        }
      }
    }
  }
}
