package dev.convoy.spark.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The arrays of bytes that objects of one class have in another JVM, read from a dump of its heap:
 * a test cannot know otherwise what a process keeps to itself. The format is that of the JDK's
 * {@code hprof_b_spec.h}, with identifiers of 8 bytes.
 */
final class HeapDump {
  private static final int UTF8 = 0x01;
  private static final int LOAD_CLASS = 0x02;
  private static final Set<Integer> HEAP = Set.of(0x0c, 0x1c);
  private static final int BYTE = 8;

  /** Bytes of a value, by hprof's number of its type. */
  private static final Map<Integer, Integer> SIZES =
      Map.of(2, 8, 4, 1, 5, 2, 6, 4, 7, 8, 8, 1, 9, 2, 10, 4, 11, 8);

  private final ByteBuffer in;
  private final String className;
  private final Map<Long, String> strings = new HashMap<>();
  private final Set<Long> referred = new HashSet<>();
  private final Map<Long, byte[]> arrays = new HashMap<>();
  private long classId;

  private HeapDump(ByteBuffer in, String className) {
    this.in = in;
    this.className = className;
  }

  /** Returns the arrays of bytes that objects of this class refer to in a running JVM. */
  static List<byte[]> arraysOf(ProcessHandle jvm, String className, Path file)
      throws IOException, InterruptedException {
    String jcmd = Path.of(System.getProperty("java.home"), "bin/jcmd").toString();
    Process dump =
        new ProcessBuilder(jcmd, Long.toString(jvm.pid()), "GC.heap_dump", file.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(dump.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, dump.waitFor(), said);
    try (FileChannel channel = FileChannel.open(file)) {
      ByteBuffer in = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
      return new HeapDump(in, className.replace('.', '/')).read();
    }
  }

  private List<byte[]> read() {
    while (in.get() != 0) {}
    assertEquals(8, in.getInt());
    in.getLong();
    while (in.hasRemaining()) {
      int tag = in.get();
      in.getInt();
      int end = in.getInt() + in.position();
      if (tag == UTF8) {
        long id = in.getLong();
        byte[] text = new byte[end - in.position()];
        in.get(text);
        strings.put(id, new String(text, StandardCharsets.UTF_8));
      } else if (tag == LOAD_CLASS) {
        in.getInt();
        long id = in.getLong();
        in.getInt();
        if (className.equals(strings.get(in.getLong()))) {
          classId = id;
        }
      } else if (HEAP.contains(tag)) {
        while (in.position() < end) {
          readRecord(in.get() & 0xff);
        }
      }
      in.position(end);
    }
    List<byte[]> found = new ArrayList<>();
    referred.stream().filter(arrays::containsKey).map(arrays::get).forEach(found::add);
    return found;
  }

  private void readRecord(int tag) {
    switch (tag) {
      case 0xff, 0x05, 0x07 -> skip(8);
      case 0x01 -> skip(16);
      case 0x02, 0x03, 0x08 -> skip(16);
      case 0x04, 0x06 -> skip(12);
      case 0x20 -> skipClass();
      case 0x21 -> readInstance();
      case 0x22 -> {
        skip(12);
        int length = in.getInt();
        skip(8 + 8 * length);
      }
      case 0x23 -> readArray();
      default -> throw new IllegalStateException("record " + tag);
    }
  }

  private void skip(int bytes) {
    in.position(in.position() + bytes);
  }

  private void skipClass() {
    skip(8 + 4 + 6 * 8 + 4);
    for (int constants = in.getShort() & 0xffff; constants > 0; constants--) {
      skip(2);
      skip(SIZES.get((int) in.get()));
    }
    for (int statics = in.getShort() & 0xffff; statics > 0; statics--) {
      skip(8);
      skip(SIZES.get((int) in.get()));
    }
    int fields = in.getShort() & 0xffff;
    skip(9 * fields);
  }

  /** Takes whatever looks like a reference, at any place, for one: fields are not aligned. */
  private void readInstance() {
    skip(12);
    long ofClass = in.getLong();
    int end = in.getInt() + in.position();
    if (ofClass == classId) {
      for (int at = in.position(); at <= end - 8; at++) {
        referred.add(in.getLong(at));
      }
    }
    in.position(end);
  }

  private void readArray() {
    long id = in.getLong();
    skip(4);
    int length = in.getInt();
    int type = in.get();
    if (type == BYTE && length < 1024) {
      byte[] bytes = new byte[length];
      in.get(bytes);
      arrays.put(id, bytes);
    } else {
      skip(length * SIZES.get(type));
    }
  }
}
