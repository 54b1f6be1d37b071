// First payment against a sandbox, by docs/terminal-protocol.md. .NET 10 or later, nothing else.
//
//     dotnet run FirstPayment.cs -- ADDRESS SERVICE-NAME ENROLMENT-CODE PAYMENT-CODE [AMOUNT]
//
// .NET has no Ed25519 of its own: this one signs by the other algorithm of the protocol, ecdsa-p256-sha256.

using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

var (address, serviceName, enrolmentCode, paymentCode) = (args[0], args[1], args[2], args[3]);
var amount = args.Length > 4 ? long.Parse(args[4]) : 100;
using var http = new HttpClient();

// The key is made here and never leaves this machine. A terminal keeps it; this example throws it away.
using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
var point = key.ExportParameters(false).Q;
byte[] publicKey = [4, .. point.X!, .. point.Y!];

var enrolled = await Send("/v1/terminal-enrolments", new JsonObject
{
    ["enrolmentCode"] = enrolmentCode,
    ["algorithm"] = "ecdsa-p256-sha256",
    ["publicKey"] = Convert.ToBase64String(publicKey).TrimEnd('=').Replace('+', '-').Replace('/', '_'),
    ["model"] = "first payment",
    ["softwareVersion"] = "1",
}, "enrolment");
var keyId = (string)enrolled["keyId"]!;
Console.WriteLine($"enrolled as {keyId}");

// A terminal stores these bytes before it sends them, and verifies the answer's signature (R13, R22).
var verdict = await Send("/v1/payments", new JsonObject
{
    ["orderNumber"] = Guid.CreateVersion7().ToString(),
    ["sequence"] = 1,
    ["instrument"] = new JsonObject { ["type"] = "code", ["code"] = paymentCode },
    ["amount"] = amount,
    ["occurredAt"] = DateTime.UtcNow.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'"),
}, keyId);
Console.WriteLine($"{verdict["shortNumber"]} {verdict["verdict"]} {verdict["reason"]} {verdict["message"]!["en"]}");

// Sends exactly the bytes that were signed (R7 to R11).
async Task<JsonNode> Send(string path, JsonObject body, string signedUnder)
{
    var bytes = Encoding.UTF8.GetBytes(body.ToJsonString());
    var digest = $"sha-256=:{Convert.ToBase64String(SHA256.HashData(bytes))}:";
    var parameters = "(\"@method\" \"@authority\" \"@path\" \"@query\" \"campus-protocol\" \"content-type\" "
        + $"\"content-digest\");created={DateTimeOffset.UtcNow.ToUnixTimeSeconds()};keyid=\"{signedUnder}\""
        + ";alg=\"ecdsa-p256-sha256\";tag=\"cpc1-terminal\"";
    var signatureBase = string.Join("\n", "\"@method\": POST", $"\"@authority\": {serviceName}", $"\"@path\": {path}",
        "\"@query\": ?", "\"campus-protocol\": 1", "\"content-type\": application/json",
        $"\"content-digest\": {digest}", $"\"@signature-params\": {parameters}");
    // r and s side by side, which is what SignData gives; never DER (R6).
    var signature = key.SignData(Encoding.ASCII.GetBytes(signatureBase), HashAlgorithmName.SHA256);

    using var request = new HttpRequestMessage(HttpMethod.Post, address + path) { Content = new ByteArrayContent(bytes) };
    request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
    request.Headers.TryAddWithoutValidation("Campus-Protocol", "1");
    request.Headers.TryAddWithoutValidation("Content-Digest", digest);
    request.Headers.TryAddWithoutValidation("Signature-Input", $"cp={parameters}");
    request.Headers.TryAddWithoutValidation("Signature", $"cp=:{Convert.ToBase64String(signature)}:");
    using var answer = await http.SendAsync(request);
    var text = await answer.Content.ReadAsStringAsync();
    if (!answer.IsSuccessStatusCode)
    {
        Console.Error.WriteLine($"{(int)answer.StatusCode} {text}");
        Environment.Exit(1);
    }
    return JsonNode.Parse(text)!;
}
