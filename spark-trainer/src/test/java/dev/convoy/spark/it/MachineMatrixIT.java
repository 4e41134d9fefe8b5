package dev.convoy.spark.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.convoy.spark.it.Machine.Surroundings;
import dev.convoy.spark.it.Machine.User;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Convoy does the same for every user, with and without a home, under every locale, from an
 * installation that can be written or not, with Debian's programs and BusyBox's: {@code describe}
 * in all of these surroundings, {@code train} and {@code prepare} in so many that each two values
 * meet.
 */
@Tag("long")
class MachineMatrixIT {
  private static final List<String> LOCALES = List.of("C", "C.UTF-8", "fa_IR");

  private static Machine machine;

  @BeforeAll
  static void install() throws Exception {
    assumeTrue(Machine.isPossible(), "needs root and Linux's unshare");
    machine = Machine.install();
    assumeTrue(machine.hasBusyBox(), "needs busybox");
  }

  @AfterAll
  static void remove() throws Exception {
    if (machine != null) {
      machine.close();
    }
  }

  private static List<Surroundings> all() {
    List<Surroundings> all = new ArrayList<>();
    for (User user : User.values()) {
      for (String locale : LOCALES) {
        for (int bits = 0; bits < 8; bits++) {
          all.add(
              new Surroundings(user, (bits & 1) != 0, locale, (bits & 2) != 0, (bits & 4) != 0));
        }
      }
    }
    return all;
  }

  /** Few surroundings in which every value of one kind meets every value of each other kind. */
  private static List<Surroundings> pairwise() {
    Set<String> open = new HashSet<>();
    all().forEach(surroundings -> open.addAll(pairs(surroundings)));
    List<Surroundings> chosen = new ArrayList<>();
    while (!open.isEmpty()) {
      Surroundings next =
          all().stream()
              .max(Comparator.comparingLong(s -> pairs(s).stream().filter(open::contains).count()))
              .orElseThrow();
      open.removeAll(pairs(next));
      chosen.add(next);
    }
    return chosen;
  }

  private static Set<String> pairs(Surroundings surroundings) {
    List<String> values = List.of(surroundings.toString().split("[\\[\\],]+"));
    Set<String> pairs = new HashSet<>();
    for (String one : values) {
      for (String other : values) {
        pairs.add(one + other);
      }
    }
    return pairs;
  }

  /** The training of {@link ReferenceRun} without evaluation, into a folder of the user's. */
  static Ended training(Machine machine, Surroundings surroundings, String... javaOptions)
      throws IOException, InterruptedException {
    return machine.run(
        surroundings,
        javaOptions.length == 0
            ? Map.of()
            : Map.of("JAVA_TOOL_OPTIONS", String.join(" ", javaOptions)),
        "train",
        machine.configuration().toString(),
        "--set",
        "data.train=\"" + machine.configuration().resolveSibling("sample/fashion-mnist") + "\"",
        "--set",
        "train.steps=40",
        "--set",
        "train.batch-size=64",
        "--set",
        "cluster.executors=1",
        "--set",
        "evaluate.every=never",
        "--output",
        "run");
  }

  private static void assertSame(Ended expected, Ended actual, Surroundings surroundings) {
    String where = surroundings + "\n" + actual;
    assertEquals(0, actual.status(), where);
    assertEquals("", actual.err(), where);
    assertEquals(results(expected), results(actual), where);
  }

  /** What does not tell of time and place. */
  private static List<String> results(Ended ended) {
    return ended.out().stream()
        .filter(line -> line.matches("(weights sha256|train  |validation  |classes  |fc|conv).*"))
        .toList();
  }

  @Test
  void describeSaysTheSame() throws Exception {
    Ended expected = describe(all().get(0));
    assertTrue(results(expected).size() > 4, expected::toString);
    for (Surroundings surroundings : all()) {
      assertSame(expected, describe(surroundings), surroundings);
    }
  }

  private static Ended describe(Surroundings surroundings)
      throws IOException, InterruptedException {
    return machine.run(surroundings, Map.of(), "describe", "lenet5-modern");
  }

  @Test
  void trainingGivesTheOneHash() throws Exception {
    Ended expected = training(machine, all().get(0)).requireStatus(0);
    for (Surroundings surroundings : pairwise()) {
      assertSame(expected, training(machine, surroundings), surroundings);
    }
  }

  @Test
  void preparationTakesEveryClassAndImage() throws Exception {
    Ended expected = prepare(all().get(0)).requireLine("classes +5: Bär, Löwe, cat, dog, 犬");
    for (Surroundings surroundings : pairwise()) {
      assertSame(expected, prepare(surroundings), surroundings);
    }
  }

  private static Ended prepare(Surroundings surroundings) throws IOException, InterruptedException {
    return machine.run(
        surroundings,
        Map.of(),
        "prepare",
        "folder",
        "--input",
        machine.images().toString(),
        "--output",
        "shards",
        "--set",
        "cluster.executors=1");
  }

  /** Those whose digits are not 0 to 9. */
  @Test
  void theLanguageOfTheJvmsDoesNotChangeTheHash() throws Exception {
    String expected = training(machine, all().get(0)).digest();
    for (String language : List.of("fa", "ar", "tr")) {
      Ended ended =
          training(
              machine,
              all().get(0),
              "-Duser.language=" + language,
              "-Duser.country=",
              "-Duser.extensions=u-nu-arabext");
      assertEquals(expected, ended.digest(), language);
    }
  }
}
