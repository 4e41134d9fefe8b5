package dev.convoy.data.shard;

import dev.convoy.data.Split;

/** Hears how far a preparation has come. */
@FunctionalInterface
public interface Progress {
  /** So many of the split's samples are written. */
  void written(Split split, int samples, int of);
}
