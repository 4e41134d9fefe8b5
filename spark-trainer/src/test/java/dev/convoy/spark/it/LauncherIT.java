package dev.convoy.spark.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What people have in their environment, and where they have put Convoy. */
class LauncherIT {
  @TempDir Path folder;

  private Launcher describe() {
    return Launcher.convoy(folder, "describe", "lenet5");
  }

  private static Ended requireTable(Ended ended) {
    assertEquals("", ended.err());
    return ended.requireStatus(0).requireLine("^total .* 340,908");
  }

  @Test
  void variablesThatShellsAndToolsObeyDoNotMatter() throws Exception {
    Path startUp =
        Files.writeString(folder.resolve("start-up"), "find() { exit 7; }; cd /; set -f\n");
    requireTable(
        describe()
            .env("CDPATH", ".:" + folder)
            .env("BASH_ENV", startUp.toString())
            .env("BASH_FUNC_mkdir%%", "() {  echo no; exit 8; }")
            .env("SHELLOPTS", "noglob:xtrace")
            .env("GREP_OPTIONS", "--color=always -v")
            .env("POSIXLY_CORRECT", "1")
            .env("TMOUT", "1")
            .env("HOME", "/nonexistent")
            .env("LC_ALL", "POSIX")
            .run());
  }

  @ParameterizedTest
  @ValueSource(strings = {"c#", "x:y", "a b", "50%", "a,b;c", "star*", "new\nline", "!$HOME`x`'\""})
  void theInstallationMayLieInAnyPath(String name) throws Exception {
    Path installation = Files.createDirectories(folder.resolve(name));
    for (String part : new String[] {"scripts", "conf", "pom.xml", "spark-trainer"}) {
      copyOrLink(part, installation.resolve(part));
    }
    Ended ended = describe().from(installation).run();
    requireTable(ended);
  }

  /** The launcher follows a link to itself, so that it is copied here, and nothing else. */
  private static void copyOrLink(String part, Path to) throws IOException {
    Path from = Launcher.REPOSITORY.resolve(part);
    if (part.equals("scripts")) {
      Files.copy(from.resolve("convoy"), Files.createDirectory(to).resolve("convoy"));
      assertTrue(to.resolve("convoy").toFile().setExecutable(true));
    } else {
      Files.createSymbolicLink(to, from);
    }
  }

  @Test
  void theLauncherMayBeCalledThroughLinks() throws Exception {
    Path scripts = Files.createDirectories(folder.resolve("bin/scripts"));
    Files.createSymbolicLink(
        folder.resolve("first"), Launcher.REPOSITORY.resolve("scripts/convoy"));
    Files.createSymbolicLink(scripts.resolve("convoy"), Path.of("../../first"));
    requireTable(describe().from(scripts.getParent()).run());
  }

  @Test
  void whatSparkWritesGoesToOneFolderOfTheUsersAndStaleOnesGo() throws Exception {
    Path scratch = folder.resolve("scratch");
    requireTable(describe().env("CONVOY_SCRATCH", scratch.toString()).run());
    requireTable(describe().env("CONVOY_SCRATCH", scratch.toString()).run());
    assertEquals("rwx------", permissions(scratch));
    try (Stream<Path> runs = Files.list(scratch)) {
      assertEquals(1, runs.count());
    }
  }

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  @Test
  void aScratchFolderThatSparkCannotUseIsRefusedByItsCharacter() throws Exception {
    Path scratch = folder.resolve("a:b");
    String sentence =
        describe().env("CONVOY_SCRATCH", scratch.toString()).run().requireStatus(2).sentence();
    assertEquals(
        "convoy: CONVOY_SCRATCH="
            + scratch
            + " is invalid: the folder has the character ':', which Spark does not take in such a"
            + " path.",
        sentence);
    assertFalse(Files.exists(scratch));
  }

  @Test
  void aTmpdirThatIsGoneIsToldOfAndAnotherFolderTaken() throws Exception {
    Ended ended = describe().env("TMPDIR", folder.resolve("gone").toString()).run();
    ended.requireStatus(0);
    assertTrue(
        ended.sentence().endsWith("cannot be made: " + folder.resolve("gone") + " is no folder."),
        ended::toString);
  }

  @Test
  void aFolderThatAnotherHasPreparedIsNotTaken() throws Exception {
    Path theirs = Files.createDirectories(folder.resolve("theirs"));
    String name = "convoy-" + Files.getAttribute(folder, "unix:uid");
    Files.createSymbolicLink(folder.resolve(name), theirs);
    Ended ended = describe().env("TMPDIR", folder.toString()).run().requireStatus(0);
    assertTrue(ended.sentence().endsWith("the folder belongs to another user."), ended::toString);
    try (Stream<Path> written = Files.list(theirs)) {
      assertEquals(0, written.count());
    }
  }

  @Test
  void aJvmThatDoesNotStartSaysWhy() throws Exception {
    assertEquals(
        "convoy: Convoy needs a JDK 17 or later, and "
            + System.getProperty("java.home")
            + "/bin/java does not start: Unrecognized option: -nonsense",
        describe().env("JDK_JAVA_OPTIONS", "-nonsense").run().requireStatus(2).sentence());
  }
}
