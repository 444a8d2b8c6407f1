using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Navi.Agent.Effects;
using Navi.Agent.Projects;
using Navi.Agent.Quality;

namespace Navi.Agent.Tools.Quality;

internal sealed class CheckLinksTool : Tool<CheckLinksTool.Arguments>
{
    public override string Name => "check_links";

    public override string Description => "Checks the links of Markdown files to other files of the repository and to headings. Links to the web are counted, not followed.";

    public override EffectClass Effect => EffectClass.Pure;

    public override ToolPhase? Phase => ToolPhase.Verify;

    protected override Task<ToolResult> RunAsync(ToolContext context, Arguments arguments, CancellationToken cancellationToken)
    {
        // Links and submodules are no files to read, but they are there to be linked to.
        var readable = context.Files().ToDictionary(f => f.Path, f => f.Stat.Size, StringComparer.Ordinal);
        var known = readable.Keys.Concat(context.History.TrackedFiles()).ToList();
        var paths = known.ToHashSet(StringComparer.Ordinal);
        foreach (var path in known)
            for (var parent = ProjectTree.Parent(path); parent.Length > 0 && paths.Add(parent); parent = ProjectTree.Parent(parent))
            {
            }

        var anchors = new Dictionary<string, IReadOnlySet<string>?>(StringComparer.Ordinal);
        var broken = new List<string>();
        var (checkedLinks, web, files) = (0, 0, 0);
        foreach (var (path, stat) in context.Files(arguments.Glob).Where(f => Path.GetExtension(f.Path) is ".md" or ".markdown"))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (context.TryReadText(path, stat.Size) is not { } file)
                continue;
            files++;
            foreach (var link in MarkdownText.Links(file.Text))
            {
                if (Uri.TryCreate(link.Target, UriKind.Absolute, out var uri) && uri.Scheme.Length > 1 && !link.Target.StartsWith('/') || link.Target.StartsWith("//", StringComparison.Ordinal))
                {
                    web++;
                    continue;
                }

                checkedLinks++;
                if (Fault(path, link.Target) is { } fault)
                    broken.Add(string.Create(CultureInfo.InvariantCulture, $"{path}:{link.Line}: {BoundedText.Brief(link.Target)}: {fault}"));
            }
        }

        var text = $"{files} Markdown files, {checkedLinks} links checked, {broken.Count} broken, {web} to the web not followed."
            + string.Concat(broken.Take(arguments.MaxResults).Select(b => "\n" + b)) + (broken.Count > arguments.MaxResults ? $"\n[{broken.Count - arguments.MaxResults} more]" : "");
        return Task.FromResult(ToolResult.Ok(text, ToolText.Json(new { files, links = checkedLinks, web, broken = broken.Take(arguments.MaxResults) })));

        string? Fault(string from, string target)
        {
            var hash = target.IndexOf('#', StringComparison.Ordinal);
            var (file, anchor) = hash < 0 ? (target, null) : (target[..hash], target[(hash + 1)..]);
            file = Uri.UnescapeDataString(file.Split('?')[0]);
            var named = file.Length == 0 ? from
                : file.StartsWith('/') ? RelativePath.Combine("", file.TrimStart('/'))
                : RelativePath.Combine(ProjectTree.Parent(from), file);
            if (named is null)
                return "leads out of the repository";
            if (named.Length > 0 && !paths.Contains(named))
                return $"there is no '{BoundedText.Brief(named)}'";
            if (string.IsNullOrEmpty(anchor) || Path.GetExtension(named) is not (".md" or ".markdown"))
                return null;
            if (!anchors.TryGetValue(named, out var headings))
                anchors[named] = headings = readable.TryGetValue(named, out var size) && context.TryReadText(named, size) is { } other ? MarkdownText.Anchors(other.Text) : null;
            // Behind a symbolic link, or in a file that can't be read, nobody looks for a heading.
            if (headings is null)
                return null;
            var wanted = Uri.UnescapeDataString(anchor);
            return headings.Contains(wanted) || headings.Contains(wanted.ToLowerInvariant()) ? null : $"'{BoundedText.Brief(named)}' has no heading for #{BoundedText.Brief(anchor)}";
        }
    }

    internal sealed record Arguments(
        [Description("Only files that this pattern matches.")] string? Glob = null,
        [Description("The most broken links to list."), Range(1, 1000)] int MaxResults = 100);
}
