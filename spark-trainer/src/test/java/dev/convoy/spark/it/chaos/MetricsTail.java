package dev.convoy.spark.it.chaos;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what was added to metrics.jsonl, which an attempt that goes on writes anew. */
final class MetricsTail {
  private static final Pattern STEP = Pattern.compile("\\{\"step\":(\\d+),.*\"phase\":\"train\"}");

  private final Path file;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private Object key;
  private long read;

  MetricsTail(Path file) {
    this.file = file;
  }

  /** Returns the last step among the lines that have come since the last call, if there are any. */
  OptionalLong read() throws IOException {
    BasicFileAttributes attributes;
    try {
      attributes = Files.readAttributes(file, BasicFileAttributes.class);
    } catch (NoSuchFileException e) {
      return OptionalLong.empty();
    }
    if (!Objects.equals(key, attributes.fileKey()) || attributes.size() < read) {
      key = attributes.fileKey();
      read = 0;
      line.reset();
    }
    return attributes.size() == read ? OptionalLong.empty() : readOn();
  }

  private OptionalLong readOn() throws IOException {
    OptionalLong last = OptionalLong.empty();
    ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
    try (SeekableByteChannel channel = Files.newByteChannel(file)) {
      channel.position(read);
      while (channel.read(buffer) > 0) {
        buffer.flip();
        read += buffer.remaining();
        while (buffer.hasRemaining()) {
          byte next = buffer.get();
          if (next != '\n') {
            line.write(next);
            continue;
          }
          Matcher step = STEP.matcher(line.toString(StandardCharsets.UTF_8));
          if (step.matches()) {
            last = OptionalLong.of(Long.parseLong(step.group(1)));
          }
          line.reset();
        }
        buffer.clear();
      }
    } catch (NoSuchFileException e) {
      return last; // it is just being replaced
    }
    return last;
  }
}
