package dev.convoy.data.tar;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a pax header says of the members after it, in records {@code "LENGTH KEY=VALUE\n"}
 * (POSIX.1-2001).
 */
final class PaxRecords {
  private static final String HOLES = "GNU.sparse.";
  private static final int MOST_DIGITS = 18;

  private final Map<String, byte[]> values;

  /** The data regions of format 0.0, whose keys repeat. */
  private final List<Long> regions = new ArrayList<>();

  private PaxRecords(Map<String, byte[]> values) {
    this.values = values;
  }

  /** Says nothing. */
  static PaxRecords none() {
    return new PaxRecords(new TreeMap<>());
  }

  /**
   * Adds the records of a header to these, of which each replaces an earlier one of its key.
   *
   * @return null if it holds no records
   */
  PaxRecords plus(byte[] header) {
    PaxRecords sum = new PaxRecords(new HashMap<>(values));
    int at = 0;
    while (at < header.length && header[at] != 0) {
      int blank = at;
      while (blank < header.length && header[blank] >= '0' && header[blank] <= '9') {
        blank++;
      }
      if (blank == at || blank - at > 9 || blank == header.length || header[blank] != ' ') {
        return null;
      }
      int length = Integer.parseInt(new String(header, at, blank - at, StandardCharsets.US_ASCII));
      int end = at + length;
      int equals = blank + 1;
      while (equals < end && equals < header.length && header[equals] != '=') {
        equals++;
      }
      if (end <= equals || end > header.length || header[end - 1] != '\n') {
        return null;
      }
      String key = new String(header, blank + 1, equals - blank - 1, StandardCharsets.UTF_8);
      sum.put(key, Arrays.copyOfRange(header, equals + 1, end - 1));
      at = end;
    }
    return sum;
  }

  private void put(String key, byte[] value) {
    if (key.equals(HOLES + "offset") || key.equals(HOLES + "numbytes")) {
      regions.add(parse(new String(value, StandardCharsets.US_ASCII)));
    }
    if (value.length == 0) {
      values.remove(key);
    } else {
      values.put(key, value);
    }
  }

  /** Returns the value of a key as text, or null. */
  String text(String key) {
    byte[] value = values.get(key);
    return value == null ? null : TarHeader.decode(value);
  }

  /**
   * Returns the value of a key as a number; -1 if it is there and none, {@code otherwise} if it is
   * not.
   */
  long number(String key, long otherwise) {
    String text = text(key);
    return text == null ? otherwise : parse(text);
  }

  /** Returns the member's real name: pax gives files with holes another one. */
  String name() {
    String name = text(HOLES + "name");
    return name == null ? text("path") : name;
  }

  /** Returns whether the member may have holes. */
  boolean hasHoles() {
    return values.keySet().stream().anyMatch(key -> key.startsWith(HOLES));
  }

  /** Returns whether the data regions are listed before the content (format 1.0). */
  boolean hasRegionsInContent() {
    return number(HOLES + "major", 0) == 1;
  }

  /** Returns the data regions of formats 0.0 and 0.1: offset and length in turn. */
  List<Long> regions() {
    String map = text(HOLES + "map");
    if (map == null) {
      return regions;
    }
    return Arrays.stream(map.split(",", -1)).map(PaxRecords::parse).toList();
  }

  /** Returns the size of a member with its holes, or -1. */
  long realSize() {
    return number(HOLES + "realsize", number(HOLES + "size", -1));
  }

  /** Returns a decimal number, or -1. */
  static long parse(String digits) {
    if (digits.isEmpty() || digits.length() > MOST_DIGITS) {
      return -1;
    }
    for (int i = 0; i < digits.length(); i++) {
      if (digits.charAt(i) < '0' || digits.charAt(i) > '9') {
        return -1;
      }
    }
    return Long.parseLong(digits);
  }
}
