using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Constraints;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Navi.Portable.Host.Http;

/// <summary>Compares single segments of two routes.</summary>
internal static class RouteSegment
{
    private static readonly IInlineConstraintResolver Constraints =
        new DefaultInlineConstraintResolver(Options.Create(WithAllConstraints()), new ServiceCollection().BuildServiceProvider());

    public static bool Overlap(RoutePattern a, RoutePatternPathSegment first, RoutePattern b, RoutePatternPathSegment second) =>
        (Literal(first), Literal(second)) switch
        {
            ({ } x, { } y) => string.Equals(x, y, StringComparison.OrdinalIgnoreCase),
            ({ } x, null) => Accepts(b, second, x),
            (null, { } y) => Accepts(a, first, y),
            _ => CanHoldText(a, first) && CanHoldText(b, second) && EndsFit(first, second),
        };

    private static string? Literal(RoutePatternPathSegment segment) => segment.IsSimple && segment.Parts[0] is RoutePatternLiteralPart l ? l.Content : null;

    private static bool Accepts(RoutePattern pattern, RoutePatternPathSegment segment, string text)
    {
        if (segment.IsSimple && segment.Parts[0] is RoutePatternParameterPart parameter)
            return ConstraintsOf(pattern, parameter).All(c => c.Match(null, null, parameter.Name, new RouteValueDictionary { [parameter.Name] = text }, RouteDirection.IncomingRequest));
        return text.StartsWith(Prefix(segment), StringComparison.OrdinalIgnoreCase) && text.EndsWith(Suffix(segment), StringComparison.OrdinalIgnoreCase);
    }

    // The root page's parameter is only there to make the route non-empty text: it accepts no character at all.
    private static bool CanHoldText(RoutePattern pattern, RoutePatternPathSegment segment) =>
        !(segment.IsSimple && segment.Parts[0] is RoutePatternParameterPart parameter && ConstraintsOf(pattern, parameter).Any(c => c is MaxLengthRouteConstraint { MaxLength: 0 }));

    private static IEnumerable<IRouteConstraint> ConstraintsOf(RoutePattern pattern, RoutePatternParameterPart parameter) =>
        pattern.ParameterPolicies.GetValueOrDefault(parameter.Name, [])
            .Select(p => p.ParameterPolicy as IRouteConstraint ?? (p.Content is { } content ? Constraints.ResolveConstraint(content) : null))
            .OfType<IRouteConstraint>();

    private static bool EndsFit(RoutePatternPathSegment first, RoutePatternPathSegment second) =>
        Either(Prefix(first), Prefix(second), (x, y) => x.StartsWith(y, StringComparison.OrdinalIgnoreCase))
        && Either(Suffix(first), Suffix(second), (x, y) => x.EndsWith(y, StringComparison.OrdinalIgnoreCase));

    private static bool Either(string a, string b, Func<string, string, bool> fits) => fits(a, b) || fits(b, a);

    private static string Prefix(RoutePatternPathSegment segment) => Text(segment.Parts[0]);

    private static string Suffix(RoutePatternPathSegment segment) => Text(segment.Parts[^1]);

    private static string Text(RoutePatternPart part) => part switch
    {
        RoutePatternLiteralPart literal => literal.Content,
        RoutePatternSeparatorPart separator => separator.Content,
        _ => "",
    };

    private static RouteOptions WithAllConstraints()
    {
        var options = new RouteOptions();
        options.SetParameterPolicy<RegexInlineRouteConstraint>("regex");
        return options;
    }
}
