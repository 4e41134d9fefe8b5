package dev.convoy.data.source.files;

import java.util.Locale;

/** The endings of names, under which files that are not taken are counted. */
public final class Endings {
  private Endings() {}

  /** Returns the reason in an account: {@code ending .webp}. */
  public static String reason(String name) {
    int slash = name.lastIndexOf('/');
    int dot = name.lastIndexOf('.');
    return dot > slash + 1 ? "ending " + name.substring(dot).toLowerCase(Locale.ROOT) : "no ending";
  }
}
