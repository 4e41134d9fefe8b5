package dev.convoy.data.prepare;

import org.apache.hadoop.conf.Configuration;

/**
 * One part of a preparation. It is a value that any process can run, more than once where a machine
 * is lost.
 *
 * @param <R> its result
 */
public sealed interface PrepareTask<R> permits ListImages, WriteShard {
  /**
   * Does the work, or finds that an earlier attempt has done it.
   *
   * @param hadoop how this process reaches the file systems
   * @param progress hears of images that are written
   */
  R run(Configuration hadoop, Progress progress) throws Exception;
}
