package dev.convoy.spark.it.chaos;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * SIGKILL of the driver, a bit flipped in a file of the newest checkpoint, and {@code --resume}.
 */
final class FlippedBit implements Fault {
  @Override
  public String name() {
    return "bit of a checkpoint flipped";
  }

  @Override
  public boolean endsAttempt() {
    return true;
  }

  @Override
  public Injury provoke(Scene scene, RandomGenerator random)
      throws IOException, InterruptedException {
    scene.training().killDriver();
    List<Path> checkpoints = list(scene.training().output().resolve("checkpoints"));
    Path newest = checkpoints.get(checkpoints.size() - 1);
    List<Path> files = list(newest).stream().filter(FlippedBit::isData).toList();
    Path file = files.get(random.nextInt(1 << 16) % files.size());
    String where = file.getParent().getFileName() + "/" + file.getFileName();
    double place = random.nextDouble();
    int bit = random.nextInt(8);
    try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
      long at = (long) (place * bytes.length());
      bytes.seek(at);
      int value = bytes.read();
      bytes.seek(at);
      bytes.write(value ^ 1 << bit);
      where += ", bit " + bit + " of byte " + at;
    }
    return new Injury(where, Duration.ZERO, scene.training()::resume);
  }

  /** Files whose names begin with a dot are Hadoop's sums of others. */
  private static boolean isData(Path file) {
    return !file.getFileName().toString().startsWith(".");
  }

  /** Returns what is in a folder, in the order of the names, without what is unfinished. */
  private static List<Path> list(Path folder) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(path -> !path.getFileName().toString().startsWith(".unfinished"))
          .sorted(Comparator.naturalOrder())
          .toList();
    }
  }
}
