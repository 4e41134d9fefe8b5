package dev.convoy.collective;

import dev.convoy.collective.transport.WireFormat;

/**
 * What an operation on a bucket costs the rank that has the most to do, without the headers of
 * frames.
 *
 * @param messages that follow each other, each of which waits for the one before
 * @param bytes that the rank sends or receives, whichever is more
 */
public record Cost(int messages, double bytes) {

  /** Returns the cost where each rank sends and receives all of a vector but its own share. */
  static Cost ofShares(int messages, long floats, int ranks, WireFormat format) {
    return new Cost(messages, (double) floats * format.bytes() * (ranks - 1) / ranks);
  }
}
