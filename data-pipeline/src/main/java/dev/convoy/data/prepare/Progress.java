package dev.convoy.data.prepare;

/** Hears from a task how far it has come; called often. */
@FunctionalInterface
public interface Progress {
  /** So many images more are written, or were found written by an earlier attempt. */
  void written(int images);
}
