package dev.convoy.data.decode;

import dev.convoy.data.DataException;

/**
 * An image that cannot be used. Beside the sentence it knows of which kind the fault is, so that
 * the faults of many images can be counted.
 */
public final class UnusableImage extends DataException {
  private static final long serialVersionUID = 1L;

  private final String kind;
  private final String detail;

  /**
   * Creates the exception for a fault.
   *
   * @param where the file's name in messages
   * @param kind of the fault, the same for all such images, as a noun: {@code WebP image}
   * @param predicate what follows the name in the sentence
   * @param detail what to do about it, or what exactly is wrong
   */
  UnusableImage(String where, String kind, String predicate, String detail) {
    super(where + " " + predicate);
    this.kind = kind;
    this.detail = detail;
  }

  /** Returns which fault it is, as a noun. */
  public String kind() {
    return kind;
  }

  /** Returns what to do about it, or what exactly is wrong. */
  public String detail() {
    return detail;
  }
}
