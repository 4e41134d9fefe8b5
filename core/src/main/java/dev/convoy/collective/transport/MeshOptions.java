package dev.convoy.collective.transport;

import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * The ranks of a mesh, and how they communicate.
 *
 * @param rank this rank, 0 to {@code addresses.size() - 1}
 * @param addresses where each rank listens, in rank order; the same list on every rank
 * @param server bound to {@code addresses.get(rank)}; the mesh closes it. May be null if there is
 *     only one rank
 * @param secret the secret that the ranks of this job share
 * @param jobId the job's name; ranks of another job are refused
 * @param attempt number of the attempt; ranks of another attempt are refused
 * @param encrypt whether chunks are encrypted and authenticated (AES-256-GCM); all ranks alike
 * @param connectTimeout how long opening the mesh may take
 * @param timeout how long a peer may be silent during an operation
 * @param exchange what the ranks exchange, such as {@code 61,706 floats in 1 bucket}: printable
 *     ASCII, at most {@value #LONGEST_EXCHANGE} characters. Ranks that say something else are
 *     refused
 */
public record MeshOptions(
    int rank,
    List<InetSocketAddress> addresses,
    ServerSocketChannel server,
    Secret secret,
    String jobId,
    int attempt,
    boolean encrypt,
    Duration connectTimeout,
    Duration timeout,
    String exchange) {
  /** The most characters of {@link #exchange}. */
  public static final int LONGEST_EXCHANGE = 200;

  private static final Pattern PRINTABLE = Pattern.compile("[ -~]{1," + LONGEST_EXCHANGE + "}");

  public MeshOptions {
    addresses = List.copyOf(addresses);
    Objects.requireNonNull(secret, "secret");
    Objects.requireNonNull(jobId, "jobId");
    if (rank < 0 || rank >= addresses.size()) {
      throw new IllegalArgumentException(
          "rank " + rank + " is none of the " + addresses.size() + " ranks that have an address");
    }
    if (server == null && addresses.size() > 1) {
      throw new IllegalArgumentException("a rank with peers needs a bound server socket");
    }
    requirePositive("the time-out to connect", connectTimeout);
    requirePositive("the time-out of operations", timeout);
    if (!PRINTABLE.matcher(exchange).matches()) {
      throw new IllegalArgumentException(
          "what ranks exchange is said in 1 to "
              + LONGEST_EXCHANGE
              + " printable characters of ASCII, got '"
              + exchange
              + "'");
    }
  }

  /** Makes options of ranks that do not compare what they exchange. */
  public MeshOptions(
      int rank,
      List<InetSocketAddress> addresses,
      ServerSocketChannel server,
      Secret secret,
      String jobId,
      int attempt,
      boolean encrypt,
      Duration connectTimeout,
      Duration timeout) {
    this(
        rank,
        addresses,
        server,
        secret,
        jobId,
        attempt,
        encrypt,
        connectTimeout,
        timeout,
        "any floats");
  }

  /** Returns the same options for ranks that exchange what this text says. */
  public MeshOptions exchanging(String what) {
    return new MeshOptions(
        rank, addresses, server, secret, jobId, attempt, encrypt, connectTimeout, timeout, what);
  }

  private static void requirePositive(String what, Duration duration) {
    if (duration.isNegative() || duration.isZero()) {
      throw new IllegalArgumentException(what + " must be more than zero, got " + duration);
    }
  }

  /** Returns the options of a rank without peers, which needs no socket. */
  public static MeshOptions singleRank() {
    Duration day = Duration.ofDays(1);
    return new MeshOptions(
        0,
        List.of(InetSocketAddress.createUnresolved("localhost", 0)),
        null,
        Secret.of(Secret.random()),
        "alone",
        0,
        false,
        day,
        day);
  }

  /** Returns the number of ranks. */
  public int ranks() {
    return addresses.size();
  }

  /** Returns the host of each rank, in rank order. */
  public List<String> hosts() {
    return addresses.stream().map(InetSocketAddress::getHostString).toList();
  }

  /** Returns the name of a rank in messages: {@code rank 1 (host:port)}. */
  public String name(int peer) {
    InetSocketAddress address = addresses.get(peer);
    return "rank " + peer + " (" + address.getHostString() + ":" + address.getPort() + ")";
  }
}
