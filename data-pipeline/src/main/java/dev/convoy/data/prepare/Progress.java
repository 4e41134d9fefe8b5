package dev.convoy.data.prepare;

/** Receives the progress of a task; called often. */
@FunctionalInterface
public interface Progress {
  /** Called when so many images more are written, or were found written by an earlier attempt. */
  void written(int images);
}
