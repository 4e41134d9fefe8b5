package dev.convoy.data.store;

import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.ipc.RemoteException;

/**
 * What is wrong with a store, told from the exceptions of Hadoop's clients by their names and
 * texts: those of S3 are in no jar that this module has, and those of a server come as text.
 */
public enum StoreFault {
  /** No room is left, on the disk or within a quota. */
  FULL(
      "is full",
      false,
      "No space left on device|not enough space on the disk|quota exceeded|QuotaExceeded"
          + "|XMinioStorageFull|InsufficientCapacity"),

  /** The user may not do this. */
  DENIED(
      "denies this user access",
      true,
      "Permission denied|AccessDenied|Read-only file system|Operation not permitted"
          + "|InvalidAccessKeyId|SignatureDoesNotMatch"),

  /** It asks for Kerberos, and the user has no ticket. */
  NEEDS_KERBEROS(
      "asks for Kerberos; run kinit first",
      true,
      "SIMPLE authentication is not enabled|Client cannot authenticate via|GSS initiate failed"
          + "|fall back to SIMPLE"),

  /** As {@link #NEEDS_KERBEROS}, on S3. */
  NEEDS_CREDENTIALS(
      "asks for credentials, and there are none; set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY,"
          + " or fs.s3a.aws.credentials.provider",
      true,
      "NoAuthWithAWSException|NoAwsCredentials|Unable to load credentials"),

  /** A bucket that is not there. */
  NO_BUCKET("has no such bucket", true, "UnknownStoreException|NoSuchBucket"),

  /** A bucket of another region than the one asked. */
  OTHER_REGION(
      "has this bucket in another region; set fs.s3a.endpoint.region",
      true,
      "PermanentRedirect|AWSRedirectException|Status Code: 301|AuthorizationHeaderMalformed"),

  /** Its name is not that of a known host. */
  UNKNOWN_HOST("names a host that is not known", true, "UnknownHostException"),

  /** Neither the URI nor Hadoop's configuration names a host. */
  NO_HOST("names no host, and neither does fs.defaultFS", true, "Incomplete HDFS URI"),

  /** Something else listens there, such as the web pages of a name node. */
  OTHER_PROTOCOL(
      "is answered, but not by a name node; is it the port of its web pages?",
      true,
      "RPC response .*(exceeds|invalid)|Protocol message|RpcNoSuchProtocolException"),

  /** Nobody listens there. */
  REFUSES(
      "refuses connections; is the server running, and is this its port?",
      false,
      "Connection refused"),

  /** Packets are lost, or nobody answers them. */
  SILENT(
      "does not answer",
      false,
      "TimeoutException|NoRouteToHostException|timed out|No route to host|Network is unreachable"
          + "|did not complete before the specified timeout");

  private static final Pattern CALL_TO = Pattern.compile(" to (\\S+:\\d+) failed on ");

  private final String predicate;
  private final boolean mistake;
  private final String words;

  StoreFault(String predicate, boolean mistake, String words) {
    this.predicate = predicate;
    this.mistake = mistake;
    this.words = words;
  }

  /** Returns the fault behind an exception, if it is one of these. */
  public static Optional<StoreFault> of(Throwable failure) {
    String said = said(failure);
    return Arrays.stream(values())
        .filter(fault -> Pattern.compile(fault.words).matcher(said).find())
        .findFirst();
  }

  /**
   * Returns the names and messages along the chain of causes, also of those on the server's side.
   */
  private static String said(Throwable failure) {
    StringBuilder said = new StringBuilder();
    for (Throwable t = failure; t != null; t = t.getCause()) {
      said.append(t).append('\n');
      if (t instanceof RemoteException remote) {
        said.append(remote.getClassName()).append('\n');
      }
    }
    return said.toString();
  }

  /** Returns whether the user has to name something else, because waiting does not help. */
  public boolean isMistake() {
    return mistake;
  }

  /** Returns the sentence about a store: {@code hdfs://host:8020 does not answer}. */
  public String sentence(String store) {
    return store + " " + predicate;
  }

  /** Returns the sentence about a store of which only the exception tells. */
  public static Optional<String> sentenceOf(Throwable failure) {
    return of(failure).map(fault -> fault.sentence(place(failure)));
  }

  private static String place(Throwable failure) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      Matcher call = CALL_TO.matcher(String.valueOf(t.getMessage()));
      if (call.find()) {
        return call.group(1);
      }
    }
    return "a store";
  }
}
