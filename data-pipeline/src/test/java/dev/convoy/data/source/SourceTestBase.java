package dev.convoy.data.source;

import dev.convoy.data.Account;
import dev.convoy.data.Split;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.io.TempDir;

/** What the tests of all formats need: an input folder, archives, and what was found in them. */
public abstract class SourceTestBase {
  protected static final Configuration HADOOP = new Configuration();

  @TempDir protected Path input;

  protected abstract SourceFormat format();

  protected Source open() throws IOException {
    return open(SourceOptions.DEFAULT);
  }

  protected Source open(SourceOptions options) throws IOException {
    return format().open(HADOOP, input.toString(), options);
  }

  /** All entries of a split, listed as executors do: each part by a source of its own. */
  protected List<Entry> entries(Split split) throws IOException {
    return entries(split, SourceOptions.DEFAULT);
  }

  protected List<Entry> entries(Split split, SourceOptions options) throws IOException {
    List<Entry> entries = new ArrayList<>();
    for (String part : open(options).parts(split, new Account())) {
      open(options).list(part, entries::add, new Account());
    }
    return entries;
  }

  /** What was left out of both splits. */
  protected Account leftOut() throws IOException {
    return leftOut(SourceOptions.DEFAULT);
  }

  protected Account leftOut(SourceOptions options) throws IOException {
    Account account = new Account();
    for (Split split : Split.values()) {
      for (String part : open(options).parts(split, account)) {
        open(options).list(part, entry -> {}, account);
      }
    }
    return account;
  }

  /** What each entry's range holds, as {@code label name content}. */
  protected List<String> contents(Split split) throws IOException {
    return contents(split, SourceOptions.DEFAULT);
  }

  protected List<String> contents(Split split, SourceOptions options) throws IOException {
    List<String> contents = new ArrayList<>();
    try (ByteRanges ranges = new ByteRanges(HADOOP)) {
      for (Entry entry : entries(split, options)) {
        Entry travelled = Entry.parse(entry.toLine(), "a list");
        byte[] bytes = new byte[entry.length()];
        ranges.read(travelled, bytes);
        ranges.requireIntact(travelled);
        contents.add(
            entry.label()
                + " "
                + entry.name()
                + " "
                + new String(bytes, StandardCharsets.ISO_8859_1));
      }
    }
    return contents;
  }

  protected void write(String name, String content) throws IOException {
    write(name, content.getBytes(StandardCharsets.ISO_8859_1));
  }

  protected void write(String name, byte[] content) throws IOException {
    Path file = input.resolve(name);
    Files.createDirectories(file.getParent());
    Files.write(file, content);
  }

  /** A tar of these members, in order. */
  protected static byte[] tar(Map<String, byte[]> members) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
      tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_GNU);
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

  protected static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  protected static byte[] zipped(byte[] content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(bytes)) {
      out.write(content);
    }
    return bytes.toByteArray();
  }
}
