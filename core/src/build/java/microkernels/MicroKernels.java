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
 * MicroKernels DIRECTORY}. The variants of a kernel differ only in the rows and vectors of their
 * tile of sums, all of which must be local variables of one method with one counted loop; otherwise
 * the JIT boxes or spills them.
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
    deleteStale(directory, written);
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

  /**
   * Deletes what an earlier version of this program wrote and this one does not, such as a kernel
   * that has since been renamed or moved to another room.
   */
  private static void deleteStale(Path directory, Set<Path> written) throws IOException {
    List<Path> files;
    try (Stream<Path> found = Files.walk(directory)) {
      files = found.filter(file -> file.toString().endsWith(".java")).toList();
    }
    for (Path file : files) {
      if (!written.contains(file) && Files.readString(file).startsWith(MicroKernel.HEADER)) {
        Files.delete(file);
      }
    }
  }
}
