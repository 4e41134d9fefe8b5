package dev.convoy.data.prepare;

import dev.convoy.data.Account;
import dev.convoy.data.source.Entry;

/**
 * How much the list of a part of the input holds.
 *
 * @param images entries
 * @param bytes of all of them
 * @param leftOut what the part holds beside them
 */
public record PartCount(int images, long bytes, Account leftOut) {
  PartCount plus(Entry entry) {
    return new PartCount(images + 1, bytes + entry.length(), leftOut);
  }
}
