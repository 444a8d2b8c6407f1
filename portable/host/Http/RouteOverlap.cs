using Microsoft.AspNetCore.Routing.Patterns;

namespace Navi.Portable.Host.Http;

/// <summary>
/// Finds two routes that could answer the same request. The Functions host tries routes in the order of the functions' names and not by
/// how specific they are, so an overlap that works here would shadow a function there. In doubt (regular expressions) it says overlap.
/// </summary>
internal static class RouteOverlap
{
    /// <summary>A sentence per pair of functions that share a method and a path.</summary>
    public static IEnumerable<string> Find(IReadOnlyList<HttpFunction> functions)
    {
        for (var i = 0; i < functions.Count; i++)
        {
            for (var j = i + 1; j < functions.Count; j++)
            {
                var (a, b) = (functions[i], functions[j]);
                if (ShareMethod(a, b) && Overlap(a.Pattern, 0, b.Pattern, 0))
                    yield return $"The functions {a.Entry.Described} and {b.Entry.Described} overlap: '{a.Pattern.RawText}' and '{b.Pattern.RawText}' can answer the same request.";
            }
        }
    }

    private static bool ShareMethod(HttpFunction a, HttpFunction b) =>
        a.Methods.Count == 0 || b.Methods.Count == 0 || a.Methods.Intersect(b.Methods).Any();

    private static bool Overlap(RoutePattern a, int i, RoutePattern b, int j)
    {
        var (first, second) = (Segment(a, i), Segment(b, j));
        if (first is null && second is null)
            return true;
        if (IsCatchAll(first) || IsCatchAll(second))
            return true;
        if (first is null)
            return CanBeAbsent(second!);
        if (second is null)
            return CanBeAbsent(first);
        return RouteSegment.Overlap(a, first, b, second) && Overlap(a, i + 1, b, j + 1);
    }

    private static RoutePatternPathSegment? Segment(RoutePattern pattern, int index) => index < pattern.PathSegments.Count ? pattern.PathSegments[index] : null;

    private static bool IsCatchAll(RoutePatternPathSegment? segment) => segment?.Parts[0] is RoutePatternParameterPart { IsCatchAll: true };

    private static bool CanBeAbsent(RoutePatternPathSegment segment) => segment.Parts[0] is RoutePatternParameterPart p && (p.IsOptional || p.Default is not null);
}
