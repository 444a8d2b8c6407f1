using System.Text.RegularExpressions;

namespace Navi.Platform.Security.Redaction;

/// <summary>
/// Finds what looks like a secret in a file. Where <see cref="Redactor"/> rather takes too much, this one has to be worth reading: examples, placeholders and names of variables are left out, and a value
/// that is only named as a secret counts when it is a literal that looks random.
/// </summary>
public static partial class SecretFinder
{
    /// <summary>The kind of what begins as the keys of a known issuer do.</summary>
    public const string IssuedKey = "key of a known issuer";

    private const string NamedSecret = "value named as a secret";
    private const double LeastEntropy = 3.0;

    private static readonly string[] NotReal =
        ["example", "sample", "placeholder", "changeme", "change-me", "change_me", "your", "dummy", "fake", "test", "xxxx", "****", "....", "<", ">", "${", "{{", "%(", "$(", "0000", "1234567", "abcdef", "redacted", "secret", "password"];

    /// <summary>By offset; of overlapping ones the first shape in the order issuer's key, private key, token, URL, named value.</summary>
    public static IReadOnlyList<FoundSecret> Find(string text)
    {
        var found = new List<FoundSecret>();
        Add(SecretShapes.IssuedKey().Matches(text).Where(m => !IsPlaceholder(m.Value)), IssuedKey, m => m);
        Add(SecretShapes.PrivateKey().Matches(text).Where(m => KeyBody().IsMatch(m.Value)), "private key", m => m);
        Add(SecretShapes.Jwt().Matches(text).Where(m => m.Length > 60), "signed token", m => m);
        Add(UrlPassword().Matches(text).Where(m => !IsPlaceholder(m.Groups["value"].Value)), "password in a URL", m => m.Groups["value"]);
        Add(NamedLiteral().Matches(text).Where(m => LooksRandom(m.Groups["value"].Value)), NamedSecret, m => m.Groups["value"]);
        // Without quotes it may be a name in code.
        Add(NamedLiteral().Matches(text).Where(m => LooksRandom(m.Groups["plain"].Value) && m.Groups["plain"].ValueSpan.ContainsAnyInRange('A', 'Z') && m.Groups["plain"].ValueSpan.ContainsAnyInRange('a', 'z')), NamedSecret, m => m.Groups["plain"]);
        return [.. found.OrderBy(f => f.Start)];

        void Add(IEnumerable<Match> matches, string kind, Func<Match, Group> secret)
        {
            foreach (var value in matches.Select(secret))
                if (!found.Exists(f => f.Start < value.Index + value.Length && value.Index < f.Start + f.Length))
                    found.Add(new(kind, value.Index, value.Length));
        }
    }

    private static bool IsPlaceholder(string value) => NotReal.Any(n => value.Contains(n, StringComparison.OrdinalIgnoreCase)) || value.Distinct().Count() < 4;

    private static bool LooksRandom(string value) =>
        value.Any(char.IsAsciiDigit) && value.Any(char.IsAsciiLetter) && !IsPlaceholder(value) && Entropy(value) >= LeastEntropy;

    // Shannon's, in bits per character.
    private static double Entropy(string value) =>
        -value.GroupBy(c => c).Select(g => (double)g.Count() / value.Length).Sum(p => p * Math.Log2(p));

    [GeneratedRegex(@"-----(?:\s|\\[nr])+[A-Za-z0-9+/=]{24,}")]
    private static partial Regex KeyBody();

    [GeneratedRegex(@"[a-z][a-z0-9+.-]{1,30}://[^\s/?#""'<>@:]{0,100}:(?<value>[^\s/?#""'<>@:]{3,200})@", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex UrlPassword();

    [GeneratedRegex(
        @"(?:pass(?:word|wd|phrase)|pwd|secret|(?:api|access|account|private|signing|encryption|master)[-_ ]?key|apikey|(?:access|refresh|auth|bearer|bot|api)[-_ ]?token|token)s?\w{0,20}[""']?\]?\s{0,4}(?:[:=]|=>|:=)\s{0,4}[@$a-z]{0,3}[""'`](?<value>[A-Za-z0-9+/=_.~!@#$%^&*-]{12,200})[""'`]"
        + @"|(?m:^[ \t]*(?:export[ \t]+|ENV[ \t]+|-[ \t]+)?\w{0,40}(?:password|passwd|secret|api_?key|access_?key|private_?key|token)\w{0,20}[ \t]*[:=][ \t]*(?<plain>[A-Za-z0-9+/=]{16,200})[ \t]*\r?$)"
        + @"|(?:account|sharedaccess)key=(?<value>[A-Za-z0-9+/=]{30,100})",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex NamedLiteral();
}
