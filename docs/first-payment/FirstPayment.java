// First payment against a sandbox, by docs/terminal-protocol.md. Java 17 or later, nothing else.
//
//     java FirstPayment.java ADDRESS SERVICE-NAME ENROLMENT-CODE PAYMENT-CODE [AMOUNT]

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.Signature;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Base64;
import java.util.regex.Pattern;

public class FirstPayment {
  static final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  static KeyPair key;
  static String address;
  static String serviceName;

  public static void main(String[] arguments) throws Exception {
    address = arguments[0];
    serviceName = arguments[1];
    // The key is made here and never leaves this machine. A terminal keeps it; this example throws it away.
    key = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    byte[] described = key.getPublic().getEncoded();
    byte[] publicKey = Arrays.copyOfRange(described, described.length - 32, described.length);

    String enrolled = send("POST", "/v1/terminal-enrolments", """
        {"enrolmentCode":"%s","algorithm":"ed25519","publicKey":"%s","model":"first payment","softwareVersion":"1"}"""
        .formatted(arguments[2], Base64.getUrlEncoder().withoutPadding().encodeToString(publicKey)), "enrolment");
    String keyId = field(enrolled, "keyId");
    System.out.println("enrolled as " + keyId);

    // A terminal stores these bytes before it sends them, and verifies the answer's signature (R13, R22).
    String verdict = send("POST", "/v1/payments", """
        {"orderNumber":"%s","sequence":1,"instrument":{"type":"code","code":"%s"},"amount":%s,"occurredAt":"%s"}"""
        .formatted(uuid7(), arguments[3], arguments.length > 4 ? arguments[4] : "100",
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC).format(Instant.now())),
        keyId);
    System.out.println(field(verdict, "shortNumber") + " " + field(verdict, "verdict") + " " + field(verdict, "en"));
  }

  /** Sends exactly the bytes that were signed (R7 to R11). */
  static String send(String method, String path, String body, String keyId) throws Exception {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    String digest = "sha-256=:" + base64(MessageDigest.getInstance("SHA-256").digest(bytes)) + ":";
    String parameters = "(\"@method\" \"@authority\" \"@path\" \"@query\" \"campus-protocol\" \"content-type\" "
        + "\"content-digest\");created=" + Instant.now().getEpochSecond() + ";keyid=\"" + keyId
        + "\";alg=\"ed25519\";tag=\"cpc1-terminal\"";
    String base = String.join("\n", "\"@method\": " + method, "\"@authority\": " + serviceName, "\"@path\": " + path,
        "\"@query\": ?", "\"campus-protocol\": 1", "\"content-type\": application/json",
        "\"content-digest\": " + digest, "\"@signature-params\": " + parameters);
    Signature signature = Signature.getInstance("Ed25519");
    signature.initSign(key.getPrivate());
    signature.update(base.getBytes(StandardCharsets.US_ASCII));
    HttpResponse<String> answer = http.send(HttpRequest.newBuilder(URI.create(address + path))
        .header("Campus-Protocol", "1").header("Content-Type", "application/json").header("Content-Digest", digest)
        .header("Signature-Input", "cp=" + parameters).header("Signature", "cp=:" + base64(signature.sign()) + ":")
        .method(method, HttpRequest.BodyPublishers.ofByteArray(bytes)).build(), HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() >= 300) {
      System.err.println(answer.statusCode() + " " + answer.body());
      System.exit(1);
    }
    return answer.body();
  }

  static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  /** A text field of the answer, wherever it stands: enough for an example. A terminal uses a JSON library. */
  static String field(String json, String name) {
    var found = Pattern.compile("\"" + name + "\":\"([^\"]*)\"").matcher(json);
    return found.find() ? found.group(1) : "";
  }

  static String uuid7() {
    var random = new SecureRandom();
    long high = System.currentTimeMillis() << 16 | 0x7000 | random.nextInt(0x1000);
    long low = random.nextLong() >>> 2 | 1L << 63;
    return new java.util.UUID(high, low).toString();
  }
}
