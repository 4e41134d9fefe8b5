package dev.convoy.fuzz;

import dev.convoy.data.DataException;
import dev.convoy.data.tar.TarReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** A tar, all of its members. */
final class TarTarget implements FuzzTarget {
  @Override
  public String name() {
    return "tar";
  }

  @Override
  public List<byte[]> seeds() throws IOException {
    return List.of(
        tar(TarArchiveOutputStream.LONGFILE_POSIX, "a.jpg", "a.cls"),
        tar(TarArchiveOutputStream.LONGFILE_POSIX, "x".repeat(120), "größe.jpg"),
        tar(TarArchiveOutputStream.LONGFILE_GNU, "folder/" + "y".repeat(150), "b"));
  }

  /** Writes a tar of files with a byte each, and of links to the first. */
  static byte[] tar(int longNames, String... names) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes, 512, "UTF-8")) {
      tar.setLongFileMode(longNames);
      tar.setAddPaxHeadersForNonAsciiNames(longNames == TarArchiveOutputStream.LONGFILE_POSIX);
      for (String name : names) {
        byte[] content = "1".getBytes(StandardCharsets.US_ASCII);
        TarArchiveEntry entry = new TarArchiveEntry(name);
        entry.setSize(content.length);
        tar.putArchiveEntry(entry);
        tar.write(content);
        tar.closeArchiveEntry();
      }
      TarArchiveEntry link = new TarArchiveEntry("link", TarArchiveEntry.LF_LINK);
      link.setLinkName(names[0]);
      tar.putArchiveEntry(link);
      tar.closeArchiveEntry();
    }
    return bytes.toByteArray();
  }

  @Override
  public void read(byte[] input) throws IOException {
    MemoryFileSystem.clear();
    MemoryFileSystem.put(WHERE, input);
    Path path = new Path(MemoryFileSystem.FOLDER, WHERE);
    FileSystem files = path.getFileSystem(MemoryFileSystem.configuration());
    try (FSDataInputStream in = files.open(path)) {
      TarReader tar = new TarReader(in, WHERE, 0, input.length);
      while (tar.next() != null) {
        // Members are only found.
      }
    }
  }

  @Override
  public List<Class<? extends Exception>> refusals() {
    return List.of(DataException.class);
  }

  @Override
  public String named() {
    return WHERE;
  }
}
