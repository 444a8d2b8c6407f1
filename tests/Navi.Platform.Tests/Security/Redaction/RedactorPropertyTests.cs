using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Navi.Platform.Security.Redaction;

namespace Navi.Platform.Tests.Security.Redaction;

/// <summary>What holds for every secret of a known shape, wherever it stands, and for every text without one.</summary>
public sealed class RedactorPropertyTests
{
    private const string Letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    private const string Word = Letters + "0123456789";

    // A text around a secret, with {0} for it, and the alphabet that the secret is made of.
    private static readonly (string Shape, string Alphabet)[] Shapes =
    [
        ("Authorization: Bearer {0}", Word + "-._~+/"),
        ("authorization: Basic {0}==", Word + "+/"),
        ("{{\"Authorization\":\"Token {0}\",\"x\":1}}", Word),
        ("curl -H 'Authorization: Bearer {0}' https://example.com", Word),
        ("Cookie: session={0}; other=\"{0}\"", Word),
        ("sent bearer 1{0} to the server", Word + "-._"),
        ("eyJhbGciOiJFUzI1NiJ9.{0}.{0}", Word + "-_"),
        ("https://example.com/cb?next=%3DeyJhbGciOiJFUzI1NiJ9.{0}.{0}", Word + "-_"),
        ("eyJhbGciOiJkaXIifQ..{0}.{0}.{0}", Word + "-_"),
        ("sk-proj-{0}", Word + "-_"), ("sk-ant-api03-{0}", Word + "-_"), ("ghp_{0}", Word), ("github_pat_{0}", Word + "_"), ("glpat-{0}", Word + "-_"), ("xoxb-1234567890-{0}", Word),
        ("npm_{0}", Word), ("hf_{0}", Word), ("AIza{0}", Word + "-_"), ("sk_live_{0}", Word), ("SG.{0}.{0}", Word),
        ("Host=db;Username=navi;Password={0};Database=navi", Word + "!@#$%^&*()_+-=[]{}|:,.<>/?'"),
        ("Server=db; pwd = {0} ; Timeout=5", Word + "!#$%&*"),
        ("Host=db;Password={0} {0};Database=navi", Word + "!#$%&*"),
        ("Host=db;Password='{0};{0}';Database=navi", Word + ";=,"),
        ("Host=db;Password=\"{0}\"\"{0}\";Database=navi", Word + ";=,'"),
        ("DefaultEndpointsProtocol=https;AccountName=a;AccountKey={0}==;EndpointSuffix=core.windows.net", Word + "+/"),
        ("postgres://navi:{0}@db.example.com:5432/navi", Word + "!$&*()_+-=.~%@"),
        ("postgres://navi:x{0}@db.example.com:5432/navi", Word + "/?#"),
        ("https://{0}@git.example.com/tools/calc.git", Word),
        ("NAVI_DB_PASSWORD={0}", Word + "!#$%&*"), ("Navi__Models__Entries__0__ApiKey={0}", Word + "-_"), ("api_key: {0}", Word), ("client_secret={0}&grant_type=client_credentials", Word + "-_~"),
        ("{{\"user\":\"ada\",\"password\":\"{0}\",\"next\":true}}", Word + " ,;:{}[]/'"),
        ("{{\"user\":\"ada\",\"token\":\"{0}\"}}", Word + " ,;:{}[]/'"),
        ("{{\"message\":\"{{\\\"refresh_token\\\":\\\"{0}\\\"}}\",\"next\":true}}", Word + " ,;:{}[]/'"),
        ("https://account.blob.core.windows.net/c/f?sv=2024-01-01&sig={0}&se=2030", Word + "%"),
        ("https://navi.example.com/signin?code={0}&state=1", Word + "-_"),
        ("navi login --client-secret {0} --force", Word + "-_"),
        ("X-Api-Key: {0}", Word + "-_"),
        ("-----BEGIN RSA PRIVATE KEY-----\n{0}\n{0}\n-----END RSA PRIVATE KEY-----", Word + "+/="),
        ("-----BEGIN PRIVATE KEY-----\\n{0}\\n-----END PRIVATE KEY-----", Word + "+/="),
        ("-----BEGIN OPENSSH PRIVATE KEY-----\n{0}", Word + "+/="),
    ];

    private static readonly string[] Plain =
    [
        "the", "file", "platform/Security/Redaction/Redactor.cs", "line", "42:", "passed", "the password is wrong", "token", "Unexpected token: }", "tokens: 1200", "120 tokens", "primary key", "key", "secret",
        "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08", "01a2070c-cbfa-7d6b-9851-bc599d97a97c", "https://example.com/tools/calc.git?ref=main#top", "http://127.0.0.1:8080/x@y",
        "exit code=1", "{\"name\":\"value\",\"max_tokens\":400}", "at Navi.Agent.Loop.ModelTurn.RunAsync(String id) in /src/agent/Loop/ModelTurn.cs:line 12", "bearer authentication", "basic understanding", "the basics",
        "passphrase", "cookies", "monkey=5", "keyboard: us", "navi/01a2070c", "SELECT * FROM navi.tasks WHERE id = $1;", "dotnet --version", "--key-file x", "2026-01-31T08:00:00Z", "Ω ö 漢字", "\n", "\t",
        "risk-based", "task-runner", "12:30", "a=b; c=d", "<tag attr='x'>", "-----BEGIN CERTIFICATE-----", "eyJ", "C:\\code\\x",
    ];

    private static readonly string[] Between = [" ", "\n", ", ", " | ", "\t", "; "];

    [Property(MaxTest = 3000)]
    public FsCheck.Property Clean_SecretOfAKnownShape_DoesNotSurvive() => Prop.ForAll(Arb.From(Placed()), placed =>
    {
        var cleaned = Redactor.Clean(placed.Text);
        return !cleaned.Contains(placed.Secret, StringComparison.Ordinal) && cleaned.Contains(Redactor.Mark, StringComparison.Ordinal);
    });

    [Property(MaxTest = 1000)]
    public FsCheck.Property Clean_Twice_ChangesNothingMore() => Prop.ForAll(Arb.From(Placed()), placed => Redactor.Clean(Redactor.Clean(placed.Text)) == Redactor.Clean(placed.Text)
        && Redactor.Reduce(Redactor.Reduce(placed.Text)) == Redactor.Reduce(placed.Text));

    [Property(MaxTest = 1000)]
    public FsCheck.Property Clean_OrdinaryText_IsUnchanged() =>
        Prop.ForAll(Arb.From(Gen.Elements(Plain).ArrayOf(12).Select(words => string.Join(' ', words))), text => Redactor.Clean(text) == text);

    [Property(MaxTest = 2000)]
    public bool Clean_AnyText_EndsAndIsStable(string? text) => Redactor.Clean(Redactor.Clean(text ?? "")) == Redactor.Clean(text ?? "");

    [Property(MaxTest = 500)]
    public FsCheck.Property Clean_SecretInADocument_LeavesADocument() => Prop.ForAll(
        Arb.From(from name in Gen.Elements("password", "client_secret", "apiKey", "refresh_token", "authorization", "token")
                 from value in Gen.Elements((Word + " ,;:{}[]/'\"\\\n").ToCharArray()).ArrayOf(20)
                 select JsonSerializer.Serialize(new Dictionary<string, object> { ["a"] = 1, [name] = new string(value), ["z"] = "end" })),
        document =>
        {
            using var cleaned = JsonDocument.Parse(Redactor.Clean(document));
            return cleaned.RootElement.GetProperty("z").GetString() == "end";
        });

    private static Gen<(string Text, string Secret)> Placed() =>
        from shape in Gen.Elements(Shapes)
        from middle in Gen.Elements(shape.Alphabet.ToCharArray()).ArrayOf(36)
        from before in Gen.Elements(Plain)
        from after in Gen.Elements(Plain)
        from left in Gen.Elements(Between)
        from right in Gen.Elements(Between)
        // A first and a last letter: a secret of blanks alone is none.
        let secret = "q" + new string(middle) + "Z"
        select ($"{before}{left}{string.Format(System.Globalization.CultureInfo.InvariantCulture, shape.Shape, secret)}{right}{after}", secret);
}
