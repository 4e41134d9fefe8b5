package dev.convoy.collective.transport;

import javax.crypto.SecretKey;

/**
 * The result of a handshake.
 *
 * @param peer the rank at the other end
 * @param sendKey AES-256 key of what this end sends
 * @param receiveKey AES-256 key of what the other end sends
 */
record Session(int peer, SecretKey sendKey, SecretKey receiveKey) {}
