package dev.convoy.data;

/**
 * Data that cannot be used as the user wants it: missing, corrupt, or at odds with the rest of the
 * configuration. The message is one sentence for the user: what is wrong, where, what is allowed.
 *
 * <p>Unchecked, because it is handled in one place, where the program chooses its exit status; an
 * {@code IOException} remains what it is, a failure of the machine.
 */
public class DataException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Creates an exception for a problem that was found here. */
  public DataException(String message) {
    super(message);
  }

  /** Creates an exception for a problem that something else reported. */
  public DataException(String message, Throwable cause) {
    super(message, cause);
  }
}
