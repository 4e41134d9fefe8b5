package dev.convoy.data.tar;

import java.util.ArrayList;
import java.util.List;

/**
 * Which parts of a file with holes are stored. Tars of file systems that compress or write late
 * mark files in this way that have no hole at all: one region that is the whole file.
 */
final class DataRegions {
  /** Where GNU's header has them, and whether a block of more follows. */
  static final int IN_HEADER = 386;

  static final int HEADER_GOES_ON = 482;
  static final int REAL_SIZE = 483;
  static final int BLOCK_GOES_ON = 504;

  private static final int NUMBER_BYTES = 12;

  private final long size;
  private final List<Long> numbers = new ArrayList<>();

  /** Begins the list of a file of that size. */
  DataRegions(long size) {
    this.size = size;
  }

  /** Adds offsets and lengths in turn. */
  void add(List<Long> offsetsAndLengths) {
    numbers.addAll(offsetsAndLengths);
  }

  /** Adds up to {@code most} regions from a block of GNU's form; an empty field ends them. */
  void add(TarHeader block, int at, int most) {
    for (int region = 0; region < most; region++) {
      int offset = at + 2 * NUMBER_BYTES * region;
      if (block.isEmpty(offset, 2 * NUMBER_BYTES)) {
        return;
      }
      numbers.add(block.number(offset, NUMBER_BYTES));
      numbers.add(block.number(offset + NUMBER_BYTES, NUMBER_BYTES));
    }
  }

  /** Returns whether they are pairs of numbers within the file, in their order. */
  boolean isValid() {
    if (size < 0 || numbers.size() % 2 != 0) {
      return false;
    }
    long end = 0;
    for (int i = 0; i < numbers.size(); i += 2) {
      long offset = numbers.get(i);
      long length = numbers.get(i + 1);
      if (offset < end || length < 0 || length > size - offset) {
        return false;
      }
      end = offset + length;
    }
    return true;
  }

  /** Returns whether there is no hole: valid regions that leave nothing out. */
  boolean isWhole() {
    long stored = 0;
    for (int i = 1; i < numbers.size(); i += 2) {
      stored += numbers.get(i);
    }
    return stored == size;
  }

  /** Returns the size of the file, holes included. */
  long size() {
    return size;
  }
}
