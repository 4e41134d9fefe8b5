package dev.convoy.data.input;

/** A stored sample that cannot be read or decoded; the message is a sentence that names it. */
public final class CorruptSample extends Exception {
  private static final long serialVersionUID = 1L;

  /** What was found out by reading or decoding. */
  public CorruptSample(Throwable cause) {
    super(cause.getMessage(), cause);
  }
}
