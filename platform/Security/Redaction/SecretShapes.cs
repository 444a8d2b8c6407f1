using System.Text.RegularExpressions;

namespace Navi.Platform.Security.Redaction;

/// <summary>
/// How secrets look. Every pattern either begins at a fixed word and reads one class of characters, or is bounded, so that no text makes it slow. Where it is not clear where a value ends, more is
/// taken rather than less.
/// </summary>
internal static partial class SecretShapes
{
    private const RegexOptions Usual = RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture;

    // Names whose values are secrets whatever they look like. "token" alone is a word of every parser's errors and has a pattern of its own.
    private const string Names =
        "(pass(word|wd|phrase)|pwd|secret([-_ ]?(access[-_ ]?)?key)?|(api|access|account|shared[-_ ]?access|private|subscription|encryption|signing|master)[-_ ]?key|apikey"
        + "|shared[-_ ]?access[-_ ]?signature|(access|refresh|id|auth|session|bearer|security|bot|api|sas)[-_]?token|client_assertion|code_verifier|device_code)";

    [GeneratedRegex("(" + Names + "s?|token|authorization|cookies?|credentials?)$", Usual)]
    public static partial Regex SecretName();

    // A key whose end is missing was cut: everything after its beginning is the key.
    [GeneratedRegex(@"-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY[A-Z ]{0,10}-----.*?(-----END [A-Z0-9 ]{0,40}PRIVATE KEY[A-Z ]{0,10}-----|\z)", Usual | RegexOptions.Singleline)]
    public static partial Regex PrivateKey();

    [GeneratedRegex(@"(?<name>\b(proxy-)?authorization\\*[""']?\s{0,4}[:=]\s{0,4}\\*[""']?|\b(set-)?cookie\\*[""']?\s{0,4}:\s{0,4}\\*[""']?)([^\r\n""'\\]|(?<==)""[^""\r\n]*"")+", Usual)]
    public static partial Regex Header();

    // A password may hold what RFC 3986 wants escaped; a port is none.
    [GeneratedRegex(@"://([^\s/?#""'<>@][^\s/?#""'<>]*|[^\s/?#""'<>@:]{1,200}:(?!\d{1,5}[/?#])[^\s""'<>@]{1,200})@", Usual)]
    public static partial Regex UrlCredentials();

    // A member of a JSON document, also of one that is a string in another.
    [GeneratedRegex(@"(?<name>(" + Names + @"|token)\\*""\s{0,4}:\s{0,4})(?<value>(?<escape>\\+)"".*?((?<!\\)\k<escape>""|\z)|""([^""\\]|\\.)*""?|[^\s,}\]""\\]+)", Usual)]
    public static partial Regex JsonMember();

    // Of connection strings, environment variables, forms and settings. A value with blanks ends at the semicolon of a connection string.
    [GeneratedRegex(@"(?<name>" + Names + @"[""']?\s{0,4}[:=]\s{0,4})(?<value>""([^""\\]|\\.|"""")*""?|'([^'\\]|\\.|'')*'?|[^;""'\s][^;""\r\n]{0,256}(?=;\s{0,4}[a-z][a-z ]{0,40}=)|[^\s;""]+)", Usual)]
    public static partial Regex Named();

    // "token: x" of a parser's error stays; what is long and has a digit goes. In a form or a query it goes always, and so do a signature and a code.
    [GeneratedRegex(@"(?<name>token\\*[""']?\s{0,4}[:=]\s{0,4}\\*[""']?)(?=[a-z._~+/-]{0,64}\d)[\w.~+/=-]{12,}|(?<name>token=|(?<=[?&])(sig|signature|code|key)=)[^\s&;""'<>]+", Usual)]
    public static partial Regex NamedToken();

    [GeneratedRegex(@"(?<name>--([a-z]{1,20}-){0,4}(password|passphrase|secret|token|api-?key)(\s{1,4}|=)[""']?)[^\s""'-][^\s""']*", Usual)]
    public static partial Regex Flag();

    // RFC 7519 in the compact forms of RFC 7515 and 7516: the header of all of them begins with '{"'. What comes before must not be a part of the same word, except when a URL escaped it.
    [GeneratedRegex(@"(?:(?<![A-Za-z0-9_-])|(?<=%[0-9A-Fa-f]{2}))eyJ[A-Za-z0-9_-]{5,}\.[A-Za-z0-9_-]*(\.[A-Za-z0-9_-]*){1,3}", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    public static partial Regex Jwt();

    // RFC 6750 and 7617. "bearer authentication" and "basic understanding" are words.
    [GeneratedRegex(@"(?<name>\b(bearer|basic)(\s|%20|\+){1,4})((?=[a-z._~+/-]{0,64}\d)[\w.~+/=-]{8,}|[\w.~+/=-]{24,})", Usual)]
    public static partial Regex Bearer();

    [GeneratedRegex(
        @"(?<![A-Za-z0-9])(sk-[A-Za-z0-9_-]{16,}|[sr]k_(live|test)_[A-Za-z0-9]{10,}|gh[pousr]_[A-Za-z0-9]{20,}|github_pat_[A-Za-z0-9_]{20,}|glpat-[A-Za-z0-9_-]{16,}|xox[a-z]-[A-Za-z0-9-]{10,}|xapp-[A-Za-z0-9-]{10,}"
        + @"|(AKIA|ASIA)[A-Z0-9]{16}|AIza[A-Za-z0-9_-]{30,}|ya29\.[A-Za-z0-9_-]{20,}|npm_[A-Za-z0-9]{30,}|pypi-[A-Za-z0-9_-]{30,}|hf_[A-Za-z0-9]{20,}|SG\.[A-Za-z0-9_-]{16,}\.[A-Za-z0-9_-]{16,}|dop_v1_[a-f0-9]{40,}|shpat_[a-f0-9]{20,})",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    public static partial Regex IssuedKey();
}
