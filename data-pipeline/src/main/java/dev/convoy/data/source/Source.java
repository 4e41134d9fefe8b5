package dev.convoy.data.source;

import dev.convoy.data.Account;
import dev.convoy.data.Split;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;

/**
 * Images as people have them, before there are shards. The driver asks for {@link #parts}, and
 * executors {@link #list} one part each, in parallel; the parts in order, and the entries of each
 * in order, are the order of the samples. Nothing here reads whole archives into memory.
 */
public interface Source {
  /** Returns the classes' names, in the order of their labels. */
  List<String> classNames();

  /** Returns how each image is stored. */
  Stored stored();

  /**
   * Returns the parts of a split, in order; empty if there is no such split.
   *
   * @param leftOut counts what no part of this split will list
   * @return one line of text a part, without tab, which {@link #list} of this source understands on
   *     any executor
   */
  List<String> parts(Split split, Account leftOut) throws IOException;

  /**
   * Finds the images of one part, in a fixed order.
   *
   * @param found hears of each image
   * @param leftOut counts what lies in the part and is not taken
   * @throws dev.convoy.data.DataException naming the file, if it is not what it should be
   */
  void list(String part, Consumer<Entry> found, Account leftOut) throws IOException;

  /**
   * Returns what a person has to be told of how the input is understood, a sentence each.
   *
   * @return empty for an input that can be understood in one way only
   */
  default List<String> notices() throws IOException {
    return List.of();
  }
}
