package dev.convoy.data.input;

/** A stored sample that cannot be read or decoded; the message is a sentence that names it. */
public final class CorruptSample extends Exception {
  private static final long serialVersionUID = 1L;

  /** Creates an exception for what reading or decoding has found out. */
  public CorruptSample(Throwable cause) {
    super(cause.getMessage(), cause);
  }
}
