package dev.convoy.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Small image files of the tests of {@code data-pipeline}, which other programs have written. */
final class ImageSeeds {
  private static final Path FOLDER =
      Path.of("..", "data-pipeline", "src", "test", "resources", "dev", "convoy", "data", "decode");

  private static final int LARGEST = 8 << 10;

  private ImageSeeds() {}

  /** Returns the target of images whose names end so. */
  static FuzzTarget target(String name, String endings) {
    try (Stream<Path> all = Files.walk(FOLDER)) {
      List<byte[]> files =
          all.filter(file -> file.toString().matches(".*\\.(" + endings + ")"))
              .sorted()
              .map(ImageSeeds::read)
              .filter(file -> file.length <= LARGEST && isWhole(file))
              .toList();
      return new ImageTarget(name, files);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Some of those files are there because they are broken. */
  private static boolean isWhole(byte[] file) {
    try {
      new ImageTarget("", List.of()).read(file);
      return true;
    } catch (RuntimeException e) {
      return false;
    }
  }
}
