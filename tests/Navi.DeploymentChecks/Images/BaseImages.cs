using System.Text.RegularExpressions;

namespace Navi.DeploymentChecks.Images;

/// <summary>What the stages are built from.</summary>
internal static partial class BaseImages
{
    public static IEnumerable<string> Problems(Dockerfile dockerfile)
    {
        var arguments = dockerfile.Of("ARG").Where(a => a.Stage < 0).ToDictionary(a => a.Text.Split('=')[0], a => a);
        foreach (var from in dockerfile.Of("FROM"))
        {
            var image = from.Words[0];
            if (Pinned().Match(image) is not { Success: true } pinned)
                yield return $"line {from.Line}: {image} must be an image by digest, such as NAME@${{RUNTIME_DIGEST}}";
            else if (!arguments.TryGetValue(pinned.Groups["argument"].Value, out var argument))
                yield return $"line {from.Line}: there is no ARG {pinned.Groups["argument"].Value} before the first FROM";
            else if (argument.Text.Contains('=', StringComparison.Ordinal))
                yield return $"line {argument.Line}: ARG {argument.Text} has a default; whoever builds must say what from";
            else if (argument.Comment?.StartsWith(pinned.Groups["name"].Value + ":", StringComparison.Ordinal) != true)
                yield return $"line {argument.Line}: the comment above ARG {argument.Text} must name the tag of {pinned.Groups["name"].Value} that the digest is of";
        }
        if (!dockerfile.Of("FROM").Skip(1).Any())
            yield return "there must be a stage that builds and one that runs";
    }

    [GeneratedRegex(@"^(?<name>[^@:$]+)@\$\{(?<argument>[A-Z_]+)\}$")]
    private static partial Regex Pinned();
}
