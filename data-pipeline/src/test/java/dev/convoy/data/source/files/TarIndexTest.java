package dev.convoy.data.source.files;

import static dev.convoy.data.DataAssertions.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.data.Account;
import dev.convoy.data.DataFolder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** On archives of many programs, which {@code src/test/resources/tar/make.sh} made. */
class TarIndexTest {
  private static final Path ARCHIVES = Path.of("src/test/resources/tar");
  private static final String LONG = "d/" + "l".repeat(90) + "/" + "m".repeat(60) + ".txt";

  @TempDir private Path temp;
  private final Account leftOut = new Account();

  /** The content of each file, or why it has none. */
  private Map<String, String> contents(Path archive) throws IOException {
    DataFolder folder =
        DataFolder.existing(new Configuration(), archive.toAbsolutePath().getParent().toString());
    org.apache.hadoop.fs.Path path = folder.resolve(archive.getFileName().toString());
    Map<String, String> contents = new TreeMap<>();
    try (FSDataInputStream in = folder.files().open(path)) {
      for (TarIndex.Member member : TarIndex.of(folder, path, leftOut)) {
        if (member.obstacle() == null) {
          byte[] bytes = new byte[member.requireLength(path)];
          in.readFully(member.offset(), bytes);
          contents.put(member.name(), new String(bytes, StandardCharsets.UTF_8));
        } else {
          contents.put(member.name(), "it " + member.obstacle());
        }
      }
    }
    return contents;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "gnu-gnu",
        "gnu-oldgnu",
        "gnu-ustar",
        "gnu-posix",
        "gnu-v7",
        "bsd-gnutar",
        "bsd-ustar",
        "bsd-pax",
        "python-gnu",
        "python-pax",
        "7z"
      })
  void everyDialectHoldsTheSameFiles(String dialect) throws IOException {
    Map<String, String> expected = new TreeMap<>();
    expected.put("d/a.txt", "alpha");
    expected.put("d/sub/b.txt", "beta beta");
    expected.put("d/empty.txt", "");
    if (!dialect.equals("7z")) {
      expected.put("d/hard.txt", "alpha");
      expected.put("d/soft.txt", "beta beta");
    }
    if (!dialect.equals("gnu-v7")) {
      expected.put(LONG, "long");
    }
    assertEquals(expected, contents(ARCHIVES.resolve(dialect + ".tar")));
    assertTrue(leftOut.isEmpty());
  }

  @ParameterizedTest
  @ValueSource(strings = {"pax-0.0", "pax-0.1", "pax-1.0", "gnu", "gnu-seek", "bsd"})
  void filesWithHolesAreNamedAndWhatFollowsThemIsFound(String dialect) throws IOException {
    Path archive = ARCHIVES.resolve("holes-" + dialect + ".tar");
    Map<String, String> contents = contents(archive);
    assertEquals("alpha", contents.get("d/a.txt"));
    assertEquals("beta beta", contents.get("d/sub/b.txt"));
    assertTrue(contents.get("holes.txt").startsWith("it is stored with holes"), dialect);
    assertEquals(3, contents.size());
    TarIndex.Member member = new TarIndex.Member("x.jpg", 0, 1, "is stored with holes");
    assertRefused(() -> member.entry("a.tar", 0), "x.jpg in a.tar", "is stored with holes");
  }

  /** A tar of members that commons-compress writes as they are. */
  private Path tar(Member... members) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
      for (Member member : members) {
        TarArchiveEntry entry = new TarArchiveEntry(member.name, member.type, true);
        byte[] content = member.content.getBytes(StandardCharsets.UTF_8);
        if (member.type == TarConstants.LF_NORMAL) {
          entry.setSize(content.length);
        } else {
          entry.setLinkName(member.content);
        }
        tar.putArchiveEntry(entry);
        if (member.type == TarConstants.LF_NORMAL) {
          tar.write(content);
        }
        tar.closeArchiveEntry();
      }
    }
    return Files.write(temp.resolve("t.tar"), bytes.toByteArray());
  }

  private record Member(String name, byte type, String content) {}

  private static Member file(String name, String content) {
    return new Member(name, TarConstants.LF_NORMAL, content);
  }

  private static Member hard(String name, String target) {
    return new Member(name, TarConstants.LF_LINK, target);
  }

  private static Member soft(String name, String target) {
    return new Member(name, TarConstants.LF_SYMLINK, target);
  }

  @Test
  void linksAreFollowedWithinTheArchive() throws IOException {
    Path archive =
        tar(
            soft("early.jpg", "./d/../d/one.jpg"),
            file("./d/one.jpg", "one"),
            hard("d/two.jpg", "./d/one.jpg"),
            soft("d/three.jpg", "two.jpg"),
            soft("four.jpg", "d/three.jpg"),
            hard("five.jpg", "four.jpg"),
            file(".blobs/6", "six"),
            soft("six.jpg", ".blobs/6"));
    assertEquals(
        Map.of(
            "early.jpg", "one",
            "d/one.jpg", "one",
            "d/two.jpg", "one",
            "d/three.jpg", "one",
            "four.jpg", "one",
            "five.jpg", "one",
            "six.jpg", "six"),
        contents(archive));
    assertEquals("hidden files and folders 1", leftOut.toString());
  }

  @Test
  void linksThatLeadNowhereAreNamed() throws IOException {
    Path archive =
        tar(
            hard("hard.jpg", "later.jpg"),
            file("later.jpg", "x"),
            soft("out.jpg", "../../etc/passwd"),
            soft("a.jpg", "b.jpg"),
            soft("b.jpg", "a.jpg"));
    assertEquals(
        Map.of(
            "later.jpg", "x",
            "hard.jpg", "it is a hard link to later.jpg, which is not in the archive before it",
            "out.jpg", "it is a link to ../../etc/passwd, which is no file of the archive",
            "a.jpg", "it is a link to b.jpg, which is no file of the archive",
            "b.jpg", "it is a link to a.jpg, which is no file of the archive"),
        contents(archive));
  }

  @Test
  void ofAMemberThatOccursAgainTheLastCounts() throws IOException {
    Path archive = tar(file("a.jpg", "old"), file("b.jpg", "b"), file("./a.jpg", "new"));
    assertEquals(Map.of("a.jpg", "new", "b.jpg", "b"), contents(archive));
    assertEquals("members that occur again later in their tar 1", leftOut.toString());
  }

  @Test
  void whatSystemsHideIsPassedOverAndCounted() throws IOException {
    Path archive =
        tar(
            file("./._a.jpg", "mac"),
            file("./.DS_Store", "mac"),
            file("__MACOSX/a.jpg", "mac"),
            file("PaxHeaders.77/a.jpg", "pax"),
            file("x/@eaDir/a.jpg", "thumbnail"),
            file("Thumbs.db", "windows"),
            file("/abs/a.jpg", "a"));
    assertEquals(Map.of("abs/a.jpg", "a"), contents(archive));
    assertEquals(6, leftOut.total());
  }
}
