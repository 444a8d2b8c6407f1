using System.Buffers;

namespace Navi.Platform.Security.Redaction;

/// <summary>
/// Takes secrets out of texts that are kept or shown: logs, recorded errors, telemetry. What it knows by shape: PEM private keys, JWTs, values of Authorization and Cookie headers, bearer tokens,
/// keys of well-known issuers, the passwords of URLs and connection strings, and whatever is named as a password, key, secret or token. It is a net under careful code, not in its place: a secret that
/// stands alone and looks like any other word is not found.
/// </summary>
public static class Redactor
{
    /// <summary>What stands in a secret's place.</summary>
    public const string Mark = "[redacted]";

    // A text without any of these has nothing that the patterns could find; most texts are such.
    private static readonly SearchValues<string> Signs = SearchValues.Create(
        [
            "private key", "eyJ", "://", "authorization", "cookie", "bearer", "basic", "password", "passwd", "passphrase", "pwd", "secret", "key", "token", "sig=", "signature", "code=", "code_verifier", "device_code", "client_assertion",
            "sk-", "sk_", "rk_", "ghp_", "gho_", "ghu_", "ghs_", "ghr_", "github_pat_", "glpat-", "xox", "xapp-", "akia", "asia", "aiza", "ya29.", "npm_", "pypi-", "hf_", "sg.", "dop_v1_", "shpat_",
        ],
        StringComparison.OrdinalIgnoreCase);

    /// <summary>The text without the secrets that are known by their shape; itself when there are none. Cleaning twice changes nothing more.</summary>
    public static string Clean(string text)
    {
        if (!text.AsSpan().ContainsAny(Signs))
            return text;
        text = SecretShapes.PrivateKey().Replace(text, Mark);
        text = SecretShapes.Header().Replace(text, "${name}" + Mark);
        text = SecretShapes.UrlCredentials().Replace(text, "://" + Mark + "@");
        text = SecretShapes.JsonMember().Replace(text, m => m.Groups["name"].Value + Quoted(m.Groups["value"].Value));
        text = SecretShapes.Named().Replace(text, m => m.Groups["name"].Value + Kept(m.Groups["value"].Value));
        text = SecretShapes.NamedToken().Replace(text, "${name}" + Mark);
        text = SecretShapes.Flag().Replace(text, "${name}" + Mark);
        text = SecretShapes.Jwt().Replace(text, Mark);
        text = SecretShapes.Bearer().Replace(text, "${name}" + Mark);
        return SecretShapes.IssuedKey().Replace(text, Mark);
    }

    /// <summary>As <see cref="Clean"/>; and home directories become <c>~</c>, and of e-mail addresses only the domain stays.</summary>
    public static string Reduce(string text)
    {
        text = Clean(text);
        text = PersonalShapes.Home().Replace(text, "~");
        return text.Contains('@', StringComparison.Ordinal) ? PersonalShapes.Mail().Replace(text, "…@${domain}") : text;
    }

    /// <summary>Whether what bears this name is a secret, whatever it looks like.</summary>
    public static bool NamesSecret(string name) => SecretShapes.SecretName().IsMatch(name);

    // Inside a document the value stays a string, so that what was JSON is JSON. A string within a string keeps its escapes.
    private static string Quoted(string value)
    {
        var quote = value.IndexOf('"', StringComparison.Ordinal);
        return quote < 0 ? '"' + Mark + '"' : value[..(quote + 1)] + Mark + (value.Length > quote + 1 && value.EndsWith('"') ? value[..(quote + 1)] : "");
    }

    private static string Kept(string value) => value[0] is '"' or '\'' && value.Length > 1 && value[^1] == value[0] ? value[0] + Mark + value[0] : Mark;
}
