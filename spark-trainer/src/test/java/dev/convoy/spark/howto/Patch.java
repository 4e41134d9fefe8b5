package dev.convoy.spark.howto;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Edits of existing files, written as a diff without line numbers:
 *
 * <pre>
 * +++ core/src/main/java/dev/convoy/loss/Losses.java
 * &#64;@
 *  a line that is there
 * -a line that goes
 * +a line that comes
 * </pre>
 *
 * A line that is there or goes is found by how it begins, without its indentation. Of a line that
 * goes, what the patch leaves out stays at the end of the next line that comes.
 */
final class Patch {
  /** Consecutive lines of a file, each with its sign. */
  private record Hunk(List<String> lines) {}

  /** The hunks of one file. */
  record Edit(Path file, List<Hunk> hunks) {
    /** The lines that come, but for imports, which editors write, and blank ones. */
    int lines() {
      return (int)
          hunks.stream()
              .flatMap(hunk -> hunk.lines().stream())
              .filter(line -> line.startsWith("+"))
              .map(line -> line.substring(1).strip())
              .filter(line -> !line.isEmpty() && !line.startsWith("import "))
              .count();
    }
  }

  private Patch() {}

  /** Reads a patch; a file that is not there has none. */
  static List<Edit> read(Path file) throws IOException {
    List<Edit> edits = new ArrayList<>();
    if (!Files.exists(file)) {
      return edits;
    }
    for (String line : Files.readAllLines(file)) {
      if (line.startsWith("+++ ")) {
        edits.add(new Edit(Path.of(line.substring(4)), new ArrayList<>()));
      } else if (line.startsWith("@@")) {
        edits.get(edits.size() - 1).hunks().add(new Hunk(new ArrayList<>()));
      } else {
        List<Hunk> hunks = edits.get(edits.size() - 1).hunks();
        hunks.get(hunks.size() - 1).lines().add(line.isEmpty() ? " " : line);
      }
    }
    return edits;
  }

  /**
   * Returns a file's lines with an edit.
   *
   * @param root of the repository or a copy
   * @throws AssertionError if a hunk does not fit in exactly one place
   */
  static List<String> apply(Edit edit, Path root) throws IOException {
    List<String> lines = new ArrayList<>(Files.readAllLines(root.resolve(edit.file().toString())));
    for (Hunk hunk : edit.hunks()) {
      List<String> old = hunk.lines().stream().filter(line -> !line.startsWith("+")).toList();
      int at = find(old, lines, edit.file());
      List<String> replaced = lines.subList(at, at + old.size());
      List<String> edited = edited(hunk, List.copyOf(replaced));
      replaced.clear();
      lines.addAll(at, edited);
    }
    return lines;
  }

  private static int find(List<String> old, List<String> lines, Path file) {
    List<Integer> places = new ArrayList<>();
    for (int at = 0; at + old.size() <= lines.size(); at++) {
      boolean here = true;
      for (int i = 0; i < old.size() && here; i++) {
        here = lines.get(at + i).strip().startsWith(old.get(i).substring(1).strip());
      }
      if (here) {
        places.add(at);
      }
    }
    if (places.size() != 1) {
      throw new AssertionError(
          file + " has these lines " + places.size() + " times, not once: " + old);
    }
    return places.get(0);
  }

  private static List<String> edited(Hunk hunk, List<String> replaced) {
    List<String> edited = new ArrayList<>();
    int next = 0;
    String rest = "";
    for (String line : hunk.lines()) {
      String text = line.substring(1);
      if (line.startsWith("+")) {
        edited.add(text + rest);
        rest = "";
      } else {
        String there = replaced.get(next++);
        if (line.startsWith("-")) {
          rest = there.strip().substring(text.strip().length());
        } else {
          edited.add(there);
        }
      }
    }
    return edited;
  }
}
