package dev.convoy.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every reader keeps its {@link ReaderContract}, whatever is done to valid input. {@code
 * -Dfuzz.inputs=N} sets the number of inputs for each reader, {@code -Dfuzz.seed=N} the first seed.
 */
@Timeout(value = 4, unit = TimeUnit.HOURS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class BrokenInputTest {
  private static final long FIRST_SEED = FuzzSettings.firstSeed();

  @ParameterizedTest(name = "{0}")
  @MethodSource("dev.convoy.fuzz.FuzzTargets#all")
  void isReadOrRefused(FuzzTarget target) throws IOException {
    List<byte[]> seeds = target.seeds();
    ReaderContract contract = new ReaderContract(target);
    for (byte[] seed : seeds) {
      assertEquals(target.seedsAreRead(), contract.check(seed), "whether a valid input is read");
    }
    Mutations mutations = new Mutations(seeds);
    long inputs = FuzzSettings.inputs(target.inputsInShort());
    long read = 0;
    for (long seed = FIRST_SEED; seed < FIRST_SEED + inputs; seed++) {
      byte[] input = mutations.of(seed);
      try {
        read += contract.check(input) ? 1 : 0;
      } catch (AssertionError broken) {
        Path file = Path.of("target", "fuzz", target.name() + "-" + seed);
        Files.createDirectories(file.getParent());
        Files.write(file, input);
        throw new AssertionError(
            broken.getMessage() + "; -Dfuzz.seed=" + seed + " makes the input, kept in " + file,
            broken);
      }
    }
    System.out.printf(
        "fuzz: %s, %,d inputs from seed %d on, %,d read%n",
        target.name(), inputs, FIRST_SEED, read);
    assertTrue(read < inputs, "mutations break nothing");
  }
}
