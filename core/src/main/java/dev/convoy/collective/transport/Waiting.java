package dev.convoy.collective.transport;

/** What a rank waits for a peer to do. */
enum Waiting {
  TO_RECEIVE("sent nothing"),
  TO_SEND("took nothing of what was sent to it");

  private final String complaint;

  Waiting(String complaint) {
    this.complaint = complaint;
  }

  /** Returns what the peer did instead, for messages. */
  String complaint() {
    return complaint;
  }
}
