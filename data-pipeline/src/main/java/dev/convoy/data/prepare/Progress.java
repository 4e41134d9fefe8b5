package dev.convoy.data.prepare;

import java.io.Serializable;

/** Hears from every task how far it has come; called often, from many threads and processes. */
@FunctionalInterface
public interface Progress extends Serializable {
  /** So many images more are written, or were found written by an earlier attempt. */
  void written(int images);
}
