using System.Globalization;
using System.Text.RegularExpressions;
using Navi.Platform.Security.Redaction;

namespace Navi.Platform.Telemetry.Logs;

/// <summary>Takes secrets out of what a log record consists of: by their shape out of every text, and whatever bears a secret's name as a whole.</summary>
internal static partial class LogValues
{
    /// <summary>Name under which a record has its message's template.</summary>
    public const string Template = "{OriginalFormat}";

    /// <summary>A parameter's or a scope's value as it may be kept.</summary>
    public static string Clean(string name, object? value) => value is not null && Redactor.NamesSecret(name) ? Redactor.Mark : Redactor.Clean(TextOf(value));

    /// <summary>The message as it may be kept. Where a parameter is a secret by its name it is written anew from the template: in the finished text nobody can tell where the secret stands.</summary>
    /// <param name="formatted">The finished text.</param>
    /// <param name="parameters">The message's parameters and its template; null for a text without any.</param>
    public static string Message(string formatted, IEnumerable<KeyValuePair<string, object?>>? parameters)
    {
        var all = (parameters ?? []).ToList();
        var secrets = all.Where(p => p.Value is not null && Redactor.NamesSecret(p.Key)).ToList();
        if (secrets.Count == 0)
            return Redactor.Clean(formatted);
        if (all.Find(p => p.Key == Template).Value is string template)
            return Redactor.Clean(Hole().Replace(template, hole => Filled(hole, all)));
        return Redactor.Clean(secrets.Select(p => TextOf(p.Value)).Where(s => s.Length > 0).OrderByDescending(s => s.Length).Aggregate(formatted, (text, secret) => text.Replace(secret, Redactor.Mark, StringComparison.Ordinal)));
    }

    private static string Filled(Match hole, List<KeyValuePair<string, object?>> parameters) =>
        parameters.FindIndex(p => p.Key == hole.Groups["name"].Value) is >= 0 and var at ? Clean(parameters[at].Key, parameters[at].Value) : hole.Value;

    private static string TextOf(object? value) => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";

    // A name, and how its value is set and formatted: message templates of Microsoft.Extensions.Logging.
    [GeneratedRegex(@"\{(?<name>[^{},:]+)[^{}]*\}", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Hole();
}
