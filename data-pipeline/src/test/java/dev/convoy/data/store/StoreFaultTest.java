package dev.convoy.data.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Optional;
import org.apache.hadoop.hdfs.protocol.DSQuotaExceededException;
import org.apache.hadoop.ipc.RemoteException;
import org.junit.jupiter.api.Test;

/** On exceptions as Hadoop's clients and the stores behind them throw them. */
class StoreFaultTest {
  private static void assertFault(StoreFault expected, Throwable failure) {
    assertEquals(Optional.of(expected), StoreFault.of(failure));
    assertEquals(Optional.of(expected), StoreFault.of(new RuntimeException("outer", failure)));
  }

  @Test
  void aFullDiskIsOneOnEveryStore() {
    assertFault(StoreFault.FULL, new IOException("No space left on device"));
    assertFault(StoreFault.FULL, new IOException("Disk quota exceeded"));
    assertFault(
        StoreFault.FULL,
        new RemoteException(
            DSQuotaExceededException.class.getName(),
            "The DiskSpace quota of /runs is exceeded: quota = 1 B but diskspace consumed = 2 B"));
    assertFault(
        StoreFault.FULL,
        new IOException(
            "PutObject on runs/1/run.json: S3Exception: Your quota is used up (Service: S3, Status"
                + " Code: 403): QuotaExceeded"));
  }

  @Test
  void aStoreThatIsAwayIsToldFromOneThatIsWrong() {
    assertFault(
        StoreFault.REFUSES,
        new ConnectException(
            "Call From me/127.0.1.1 to localhost:1 failed on connection exception:"
                + " java.net.ConnectException: Connection refused"));
    assertFault(
        StoreFault.SILENT,
        new SocketTimeoutException(
            "Call From me/127.0.1.1 to h:8020 failed on socket timeout exception: …"));
    assertFault(
        StoreFault.UNKNOWN_HOST, new IllegalArgumentException(new UnknownHostException("h")));
    assertFault(
        StoreFault.OTHER_PROTOCOL, new IOException("RPC response exceeds maximum data length"));
  }

  @Test
  void whoMayNotAskIsToldHowToIdentify() {
    assertFault(
        StoreFault.NEEDS_KERBEROS,
        new RemoteException(
            "org.apache.hadoop.security.AccessControlException",
            "SIMPLE authentication is not enabled.  Available:[TOKEN, KERBEROS]"));
    assertFault(
        StoreFault.NEEDS_CREDENTIALS,
        new IOException("nobucket: org.apache.hadoop.fs.s3a.auth.NoAuthWithAWSException: No AWS"));
    assertFault(StoreFault.DENIED, new IOException("getFileStatus on s3a://b/x: AccessDenied"));
    assertFault(StoreFault.NO_BUCKET, new IOException("x: UnknownStoreException: Bucket does not"));
  }

  @Test
  void anythingElseIsLeftAsItIs() {
    assertEquals(Optional.empty(), StoreFault.of(new IOException("the header is damaged")));
  }
}
