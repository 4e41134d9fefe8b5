package dev.convoy.data.tar;

import static dev.convoy.data.DataAssertions.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.data.DataException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.PositionedReadable;
import org.apache.hadoop.fs.Seekable;
import org.junit.jupiter.api.Test;

class TarReaderTest {
  private static final int BLOCK = 512;

  /** Bytes in memory as Hadoop reads a file. */
  private static final class Bytes extends ByteArrayInputStream
      implements Seekable, PositionedReadable {
    Bytes(byte[] content) {
      super(content);
    }

    @Override
    public void seek(long to) {
      pos = Math.toIntExact(to);
    }

    @Override
    public long getPos() {
      return pos;
    }

    @Override
    public boolean seekToNewSource(long to) {
      return false;
    }

    @Override
    public int read(long at, byte[] into, int offset, int length) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void readFully(long at, byte[] into, int offset, int length) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void readFully(long at, byte[] into) {
      throw new UnsupportedOperationException();
    }
  }

  private static List<TarMember> members(byte[] archive) throws IOException {
    List<TarMember> members = new ArrayList<>();
    TarReader reader =
        new TarReader(new FSDataInputStream(new Bytes(archive)), "a.tar", 0, archive.length);
    for (TarMember member = reader.next(); member != null; member = reader.next()) {
      members.add(member);
    }
    return members;
  }

  private static byte[] tar(Map<String, byte[]> members, int longNames, boolean paxForUnicode)
      throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes, BLOCK, "UTF-8")) {
      tar.setLongFileMode(longNames);
      tar.setAddPaxHeadersForNonAsciiNames(paxForUnicode);
      for (var member : members.entrySet()) {
        TarArchiveEntry entry = new TarArchiveEntry(member.getKey());
        entry.setSize(member.getValue().length);
        tar.putArchiveEntry(entry);
        tar.write(member.getValue());
        tar.closeArchiveEntry();
      }
    }
    return bytes.toByteArray();
  }

  @Provide
  Arbitrary<Map<String, byte[]>> archives() {
    Arbitrary<String> names =
        Arbitraries.strings()
            .withCharRange('a', 'z')
            .withChars("./é日 ")
            .ofMinLength(1)
            .ofMaxLength(300)
            .filter(name -> !name.startsWith("/") && !name.endsWith("/"));
    Arbitrary<byte[]> contents = Arbitraries.bytes().array(byte[].class).ofMaxSize(1500);
    return Arbitraries.maps(names, contents).ofMaxSize(8);
  }

  @Property(tries = 200)
  void whatIsWrittenIsFound(
      @ForAll("archives") Map<String, byte[]> written,
      @ForAll boolean gnu,
      @ForAll boolean paxForUnicode)
      throws IOException {
    int mode = gnu ? TarArchiveOutputStream.LONGFILE_GNU : TarArchiveOutputStream.LONGFILE_POSIX;
    byte[] archive = tar(written, mode, paxForUnicode);
    // Two archives, one behind the other, are one.
    byte[] twice = Arrays.copyOf(archive, 2 * archive.length);
    System.arraycopy(archive, 0, twice, archive.length, archive.length);
    for (byte[] each : List.of(archive, twice)) {
      int copies = each.length / archive.length;
      List<TarMember> members = members(each);
      assertEquals(copies * written.size(), members.size());
      int at = 0;
      for (int copy = 0; copy < copies; copy++) {
        for (var member : written.entrySet()) {
          TarMember found = members.get(at++);
          assertEquals(member.getKey(), found.name());
          assertEquals(TarMember.Type.FILE, found.type());
          assertArrayEquals(
              member.getValue(),
              Arrays.copyOfRange(
                  each, (int) found.offset(), (int) (found.offset() + found.size())));
        }
      }
    }
  }

  private static byte[] three() throws IOException {
    Map<String, byte[]> members = new LinkedHashMap<>();
    members.put("one.jpg", new byte[700]);
    members.put("d/".repeat(100) + "two.jpg", "2".getBytes(StandardCharsets.UTF_8));
    members.put("three.jpg", new byte[BLOCK]);
    Arrays.fill(members.get("one.jpg"), (byte) 1);
    return tar(members, TarArchiveOutputStream.LONGFILE_POSIX, true);
  }

  @Test
  void everyTruncationIsRefusedUpToTheZerosThatClose() throws IOException {
    byte[] whole = three();
    assertEquals(3, members(whole).size());
    int closing = whole.length - 2 * BLOCK;
    for (int length = 0; length <= closing; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      DataException e = assertThrows(DataException.class, () -> members(cut), "at " + length);
      assertTrue(
          e.getMessage().contains("truncated") || e.getMessage().contains("is empty"),
          e.getMessage());
    }
    assertEquals(3, members(Arrays.copyOf(whole, closing + 1)).size());
  }

  @Test
  void whatLiesBehindTheEndIsNeverPassedOver() throws IOException {
    byte[] whole = three();
    byte[] longer = Arrays.copyOf(whole, whole.length + 5 * BLOCK);
    assertEquals(3, members(longer).size());
    longer[whole.length + 3 * BLOCK] = 'x';
    assertRefused(() -> members(longer), "something behind its end, at byte", "that is no tar");
  }

  @Test
  void damagedBytesAreRefusedOrReadNeverMore() throws IOException {
    Random random = new Random(7);
    List<byte[]> archives = new ArrayList<>(List.of(three()));
    try (Stream<Path> files = Files.list(Path.of("src/test/resources/tar"))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".tar")).sorted().toList()) {
        archives.add(Files.readAllBytes(file));
      }
    }
    int refused = 0;
    for (int i = 0; i < 4000; i++) {
      byte[] bad = archives.get(i % archives.size()).clone();
      boolean keepsChecksum = random.nextBoolean();
      for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
        int at = random.nextInt(Math.min(bad.length, 4096));
        bad[at] = (byte) random.nextInt();
        if (keepsChecksum) {
          correctChecksum(bad, at / BLOCK * BLOCK);
        }
      }
      try {
        for (TarMember member : members(bad)) {
          assertTrue(member.size() >= 0 && member.offset() >= 0);
          if (member.type() == TarMember.Type.FILE) {
            assertTrue(member.offset() + member.size() <= bad.length);
          }
        }
      } catch (DataException e) {
        refused++;
      }
    }
    assertTrue(refused > 400, refused + " of 4000");
  }

  private static void correctChecksum(byte[] archive, int block) {
    Arrays.fill(archive, block + 148, block + 156, (byte) ' ');
    int sum = 0;
    for (int i = 0; i < BLOCK; i++) {
      sum += archive[block + i] & 0xff;
    }
    byte[] octal = String.format(Locale.ROOT, "%06o\0 ", sum).getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(octal, 0, archive, block + 148, octal.length);
  }

  @Test
  void filesOfOneRegionThatIsTheWholeHaveNoHoles() throws IOException {
    byte[] content = "an image's content".getBytes(StandardCharsets.UTF_8);
    byte[] map =
        Arrays.copyOf(
            ("1\n0\n" + content.length + "\n").getBytes(StandardCharsets.UTF_8),
            BLOCK + content.length);
    System.arraycopy(content, 0, map, BLOCK, content.length);
    String records =
        "22 GNU.sparse.major=1\n22 GNU.sparse.minor=0\n25 GNU.sparse.name=x.jpg\n"
            + "26 GNU.sparse.realsize="
            + content.length
            + "\n";
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes, BLOCK, "UTF-8")) {
      TarArchiveEntry pax = new TarArchiveEntry("PaxHeaders/x.jpg", (byte) 'x');
      pax.setSize(records.length());
      tar.putArchiveEntry(pax);
      tar.write(records.getBytes(StandardCharsets.UTF_8));
      tar.closeArchiveEntry();
      TarArchiveEntry entry = new TarArchiveEntry("GNUSparseFile.1/x.jpg");
      entry.setSize(map.length);
      tar.putArchiveEntry(entry);
      tar.write(map);
      tar.closeArchiveEntry();
    }
    byte[] archive = bytes.toByteArray();
    TarMember member = members(archive).get(0);
    assertEquals("x.jpg", member.name());
    assertEquals(TarMember.Type.FILE, member.type());
    assertArrayEquals(
        content,
        Arrays.copyOfRange(
            archive, (int) member.offset(), (int) (member.offset() + member.size())));
  }

  @Test
  void aHardLinkMayStateTheSizeOfItsTargetOrHoldACopy() throws IOException {
    byte[] content = "copy".getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes, BLOCK, "UTF-8")) {
      TarArchiveEntry link = new TarArchiveEntry("link.jpg", TarConstants.LF_LINK);
      link.setLinkName("x.jpg");
      link.setSize(content.length);
      tar.putArchiveEntry(link);
      tar.write(content);
      tar.closeArchiveEntry();
      TarArchiveEntry file = new TarArchiveEntry("y.jpg");
      file.setSize(content.length);
      tar.putArchiveEntry(file);
      tar.write(content);
      tar.closeArchiveEntry();
    }
    byte[] copied = bytes.toByteArray();
    assertEquals(
        List.of(
            new TarMember("link.jpg", TarMember.Type.FILE, BLOCK, content.length, ""),
            new TarMember("y.jpg", TarMember.Type.FILE, 3 * BLOCK, content.length, "")),
        members(copied));
    byte[] stated = new byte[copied.length - BLOCK];
    System.arraycopy(copied, 0, stated, 0, BLOCK);
    System.arraycopy(copied, 2 * BLOCK, stated, BLOCK, stated.length - BLOCK);
    assertEquals(
        List.of(
            new TarMember("link.jpg", TarMember.Type.HARD_LINK, BLOCK, 0, "x.jpg"),
            new TarMember("y.jpg", TarMember.Type.FILE, 2 * BLOCK, content.length, "")),
        members(stated));
  }

  @Test
  void packedArchivesAreToldByTheirFirstBytes() {
    assertRefused(
        () -> members(new byte[] {0x1f, (byte) 0x8b, 8, 0, 0, 0}),
        "a.tar is compressed by gzip",
        "gzip -dc a.tar > a.tar.unpacked");
    assertRefused(() -> members("BZh91AY".getBytes(StandardCharsets.UTF_8)), "compressed by bzip2");
    assertRefused(
        () -> members(new byte[] {(byte) 0xfd, '7', 'z', 'X', 'Z', 0}), "compressed by xz");
    assertRefused(
        () -> members(new byte[] {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd}), "compressed by zstd");
    assertRefused(() -> members(new byte[] {'P', 'K', 3, 4}), "is a zip archive", "unzip");
  }
}
