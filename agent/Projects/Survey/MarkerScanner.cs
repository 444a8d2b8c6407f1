using System.Text.RegularExpressions;
using Navi.Agent.Tools;

namespace Navi.Agent.Projects;

/// <summary>Finds open markers: TODO, FIXME, HACK, XXX in capitals as words of their own.</summary>
internal static partial class MarkerScanner
{
    private const int MaxText = 160;

    public static IEnumerable<OpenMarker> Scan(string path, string text)
    {
        foreach (var (index, line) in TextFile.Lines(text).Index())
            if (Marker().Match(line) is { Success: true } found)
            {
                var rest = line[found.Index..].Trim();
                yield return new(path, index + 1, found.Value, rest.Length > MaxText ? rest[..MaxText] : rest);
            }
    }

    [GeneratedRegex(@"(?<![\w\-./$])(?:TODO|FIXME|HACK|XXX)(?![\w\-/$])")]
    private static partial Regex Marker();
}
