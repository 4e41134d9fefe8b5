/**
 * Authenticated, optionally encrypted TCP connections between all pairs of ranks, and frames of
 * {@code float}s over them.
 *
 * <p>{@link dev.convoy.collective.transport.Mesh} opens the connections and fails as a whole, with
 * a {@link dev.convoy.collective.transport.CollectiveException} that names the peer and the
 * operation. The only package of the core that opens sockets; it uses nothing but the JDK.
 */
package dev.convoy.collective.transport;
