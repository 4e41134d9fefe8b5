package dev.convoy.spark.storage;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.CharConversionException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/**
 * The content of a lease's file: who holds it.
 *
 * @param token random; two holders never have the same
 * @param command what it runs, such as {@code convoy train}
 * @param user its user's name
 * @param host its machine's name, for people
 * @param machine tells machines and containers apart, as far as they have process numbers of their
 *     own
 * @param process its number
 * @param processStarted since a number is given again to another process
 * @param since when it took the lease, by its own clock
 * @param renewed when it last wrote this, by its own clock
 */
record LeaseHolder(
    String token,
    String command,
    String user,
    String host,
    String machine,
    long process,
    Instant processStarted,
    Instant since,
    Instant renewed) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** The start of a process is computed from the system's clock, which may have been set since. */
  private static final Duration SAME_START = Duration.ofSeconds(5);

  /** Returns this process as a holder, from now on. */
  static LeaseHolder here(String command) {
    ProcessHandle self = ProcessHandle.current();
    Instant now = now();
    return new LeaseHolder(
        UUID.randomUUID().toString(),
        command,
        userName(),
        hostName(),
        thisMachine(),
        self.pid(),
        self.info().startInstant().orElse(Instant.EPOCH),
        now,
        now);
  }

  LeaseHolder renewedNow() {
    return new LeaseHolder(
        token, command, user, host, machine, process, processStarted, since, now());
  }

  private static Instant now() {
    return Instant.now().truncatedTo(ChronoUnit.MILLIS);
  }

  /**
   * Returns whether it ran on this machine and is gone: the one death that can be known for
   * certain. The processes of other users are hidden on some machines.
   */
  boolean isKnownToBeDead() {
    if (!machine.equals(thisMachine()) || !user.equals(userName())) {
      return false;
    }
    Optional<ProcessHandle> now = ProcessHandle.of(process).filter(ProcessHandle::isAlive);
    return now.isEmpty()
        || now.get().info().startInstant().filter(i -> !isClose(i, processStarted)).isPresent();
  }

  private static String userName() {
    return System.getProperty("user.name", "?");
  }

  private static boolean isClose(Instant one, Instant other) {
    return Duration.between(one, other).abs().compareTo(SAME_START) < 0;
  }

  /**
   * Returns the holder in words: {@code convoy train of ada on node7 (process 4711, since
   * 2026-01-31T12:00:00Z)}.
   */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%s of %s on %s (process %d, since %s)",
        command,
        user,
        host,
        process,
        since.truncatedTo(ChronoUnit.SECONDS));
  }

  byte[] toJson() throws IOException {
    ObjectNode json = JSON.createObjectNode();
    json.put("token", token);
    json.put("command", command);
    json.put("user", user);
    json.put("host", host);
    json.put("machine", machine);
    json.put("process", process);
    json.put("process_started", processStarted.toString());
    json.put("since", since.toString());
    json.put("renewed", renewed.toString());
    return JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(json);
  }

  /** Reads a lease; empty if it is cut, as one is that is just being written. */
  static Optional<LeaseHolder> parse(byte[] bytes) throws IOException {
    try {
      JsonNode json = JSON.readTree(bytes);
      LeaseHolder holder =
          new LeaseHolder(
              json.path("token").asText(),
              json.path("command").asText(),
              json.path("user").asText(),
              json.path("host").asText(),
              json.path("machine").asText(),
              json.path("process").asLong(),
              Instant.parse(json.path("process_started").asText()),
              Instant.parse(json.path("since").asText()),
              Instant.parse(json.path("renewed").asText()));
      return Optional.of(holder);
    } catch (JsonProcessingException | CharConversionException | DateTimeException e) {
      return Optional.empty();
    }
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "localhost";
    }
  }

  /**
   * Returns a name for this machine or container; containers may share the machine's name, but not
   * its process numbers.
   */
  private static String thisMachine() {
    return hostName() + " " + bootId() + " " + processNamespace();
  }

  private static String bootId() {
    try {
      return Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();
    } catch (IOException e) {
      return "";
    }
  }

  private static String processNamespace() {
    try {
      return Files.readSymbolicLink(Path.of("/proc/self/ns/pid")).toString();
    } catch (IOException | UnsupportedOperationException e) {
      return "";
    }
  }
}
