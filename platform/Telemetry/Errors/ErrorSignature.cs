using System.Text.RegularExpressions;

namespace Navi.Platform.Telemetry.Errors;

/// <summary>
/// An error without what differs from one run to the next: times, durations, addresses, digests, ids, temporary directories and places in a file. Other numbers stay, because "2 failed" after "5 failed"
/// is progress.
/// </summary>
public static partial class ErrorSignature
{
    private const int Head = 1_000;
    private const int Tail = 500;

    /// <summary>The error as it would have been said at another time and place.</summary>
    public static string Of(string error)
    {
        var text = error.Length <= Head + Tail ? error : string.Concat(error.AsSpan(0, Head), error.AsSpan(error.Length - Tail));
        text = Moments().Replace(text, "<time>");
        text = Durations().Replace(text, "<duration>");
        text = Ids().Replace(text, "<id>");
        text = Temporary().Replace(text, "<tmp>");
        text = Places().Replace(text, "<place>");
        return Blanks().Replace(text, " ").Trim();
    }

    [GeneratedRegex(@"\b\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?|\b\d\d:\d\d:\d\d(\.\d+)?\b", RegexOptions.CultureInvariant)]
    private static partial Regex Moments();

    [GeneratedRegex(@"\b\d+(\.\d+)?\s?(ms|s|sec|secs|seconds?|min|minutes?|µs|ns)\b", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Durations();

    [GeneratedRegex(@"\b0x[0-9a-f]+\b|\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b|\b(?=[0-9a-f]*\d)(?=[0-9a-f]*[a-f])[0-9a-f]{7,64}\b", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Ids();

    [GeneratedRegex(@"/tmp/[^\s:'"")]+", RegexOptions.CultureInvariant)]
    private static partial Regex Temporary();

    [GeneratedRegex(@":\d+(:\d+)?(?=\D|$)|\bline \d+\b|\((\d+),(\d+)\)", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Places();

    [GeneratedRegex(@"\s+", RegexOptions.CultureInvariant)]
    private static partial Regex Blanks();
}
