package dev.convoy.data.decode.jpeg;

/**
 * A JPEG file that cannot be decoded. The message completes a sentence about the file, "it is a
 * broken JPEG file: ...", or for {@link Kind#UNSUPPORTED} "it is a JPEG file ...".
 */
public final class JpegException extends Exception {
  private static final long serialVersionUID = 1L;

  /** Why a file cannot be decoded. */
  public enum Kind {
    /** It contradicts the format. */
    BROKEN,
    /** Its end is missing, and a part of the image with it. */
    TRUNCATED,
    /** It is sound, but of a process that this decoder does not have. */
    UNSUPPORTED
  }

  private final Kind kind;

  JpegException(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  /** Returns the exception for a file that contradicts the format. */
  static JpegException broken(String message) {
    return new JpegException(Kind.BROKEN, message);
  }

  /** Returns why the file cannot be decoded. */
  public Kind kind() {
    return kind;
  }
}
