package dev.convoy.nn;

import java.util.List;

/** Which input channels are joined to which output channels (LeCun et al. 1998, table I). */
public final class ConnectionTable {
  private final List<String> rows;

  private ConnectionTable(List<String> rows) {
    this.rows = rows;
  }

  /**
   * Returns a table whose rows are input channels and whose columns are output channels; {@code X}
   * is a connection, and spaces are ignored.
   */
  public static ConnectionTable of(String... rows) {
    List<String> dense = List.of(rows).stream().map(row -> row.replace(" ", "")).toList();
    int width = dense.get(0).length();
    if (dense.stream().anyMatch(row -> row.length() != width)) {
      throw new IllegalArgumentException("the rows of a table of connections differ in length");
    }
    return new ConnectionTable(dense);
  }

  int inChannels() {
    return rows.size();
  }

  int outChannels() {
    return rows.get(0).length();
  }

  boolean joined(int input, int output) {
    return rows.get(input).charAt(output) == 'X';
  }

  /** Returns how many channels an output sees. */
  int inputsOf(int output) {
    return (int) rows.stream().filter(row -> row.charAt(output) == 'X').count();
  }

  /** Returns how many pairs of channels are joined. */
  int count() {
    return (int) rows.stream().flatMapToInt(String::chars).filter(c -> c == 'X').count();
  }
}
