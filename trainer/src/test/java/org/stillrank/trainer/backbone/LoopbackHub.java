/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.backbone;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.stillrank.trainer.backbone.LoopbackServer.Request;
import org.stillrank.trainer.backbone.LoopbackServer.Response;

/**
 * Two servers that answer as the hub does: small files after a relative redirect with git's SHA-1
 * as the ETag, weights with the SHA-256 in X-Linked-Etag and a redirect to the second server, which
 * stands for the CDN.
 */
final class LoopbackHub implements AutoCloseable {
  static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";
  private static final byte[] NOTHING = {};

  /** Contents by the names of files. */
  final Map<String, byte[]> files = new ConcurrentHashMap<>();

  /** Method, path, and where there is one the range, of every request. */
  final List<String> requests = new CopyOnWriteArrayList<>();

  final List<String> tokensAtHub = new CopyOnWriteArrayList<>();
  final List<String> tokensAtCdn = new CopyOnWriteArrayList<>();

  volatile boolean ranges = true;
  volatile String linkedHash = "";
  volatile int status = 200;
  volatile String errorCode = "";

  /** When set, the CDN sends half a file, waits, and closes the connection. */
  volatile @Nullable CountDownLatch cutAfter;

  private final LoopbackServer hub = new LoopbackServer(this::answerAsHub);
  private final LoopbackServer cdn = new LoopbackServer(this::answerAsCdn);

  LoopbackHub() throws IOException {}

  String endpoint() {
    return hub.address();
  }

  private Response answerAsHub(Request request) {
    keep(request, tokensAtHub);
    String name = request.path().substring(request.path().lastIndexOf('/') + 1);
    byte[] content = files.get(name);
    if (status != 200) {
      Map<String, String> error =
          Map.of("X-Error-Code", errorCode, "X-Error-Message", "because of the test");
      return Response.of(status, error, NOTHING);
    }
    if (content == null) {
      return Response.of(404, Map.of("X-Error-Code", "EntryNotFound"), NOTHING);
    }
    if (name.endsWith(".safetensors") || name.endsWith(".bin")) {
      String hash = linkedHash.isEmpty() ? hash("SHA-256", content) : linkedHash;
      Map<String, String> headers =
          Map.of(
              "X-Repo-Commit",
              COMMIT,
              "X-Linked-Etag",
              '"' + hash + '"',
              "X-Linked-Size",
              String.valueOf(content.length),
              "Location",
              cdn.address() + "/" + name + "?signed=yes");
      return Response.of(302, headers, NOTHING);
    }
    if (!request.path().startsWith("/cache/")) {
      Map<String, String> headers = Map.of("X-Repo-Commit", COMMIT, "Location", "/cache/" + name);
      return Response.of(307, headers, NOTHING);
    }
    byte[] head = ("blob " + content.length + "\0").getBytes(StandardCharsets.US_ASCII);
    String tag = "W/\"" + hash("SHA-1", head, content) + '"';
    return Response.of(200, Map.of("ETag", tag), content);
  }

  private Response answerAsCdn(Request request) {
    keep(request, tokensAtCdn);
    byte[] content = files.get(request.path().substring(1));
    CountDownLatch cut = cutAfter;
    if (cut != null) {
      return new Response(200, Map.of(), content, content.length / 2, cut);
    }
    String range = request.headers().get("range");
    if (range == null || !ranges) {
      return Response.of(200, Map.of(), content);
    }
    int from = Integer.parseInt(range.replaceAll("\\D", ""));
    if (from >= content.length) {
      return Response.of(416, Map.of(), NOTHING);
    }
    String sent = "bytes " + from + "-" + (content.length - 1) + "/" + content.length;
    return Response.of(
        206, Map.of("Content-Range", sent), Arrays.copyOfRange(content, from, content.length));
  }

  private void keep(Request request, List<String> tokens) {
    String range = request.headers().get("range");
    requests.add(request.method() + " " + request.path() + (range == null ? "" : " " + range));
    String token = request.headers().get("authorization");
    if (token != null) {
      tokens.add(token);
    }
  }

  static String hash(String algorithm, byte[]... parts) {
    try {
      MessageDigest digest = MessageDigest.getInstance(algorithm);
      for (byte[] part : parts) {
        digest.update(part);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() throws IOException {
    hub.close();
    cdn.close();
  }
}
