package dev.convoy.collective.transport;

/** What a rank waits for from a peer. */
enum Waiting {
  TO_RECEIVE("sent nothing"),
  TO_SEND("took nothing of what was sent to it");

  private final String complaint;

  Waiting(String complaint) {
    this.complaint = complaint;
  }

  /** What the peer did meanwhile. */
  String complaint() {
    return complaint;
  }
}
