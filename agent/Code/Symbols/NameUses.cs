using Navi.Agent.Projects;
using Navi.Agent.Tools;
using Navi.Agent.Tools.Refactor;

namespace Navi.Agent.Code;

/// <summary>Where a name stands in code, told by the text alone: comments and strings are left out where the language's are known, equal names are not told apart.</summary>
internal static class NameUses
{
    /// <summary>Path, line from 1 and the line's text, of every line that has the name as a whole word.</summary>
    public static IEnumerable<(string Path, int Line, string Text)> Of(ToolContext context, string name, string? glob, CancellationToken cancellationToken)
    {
        foreach (var (path, stat) in context.Files(glob))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (SymbolReader.IsCSharp(path) || !LanguageTable.IsCode(LanguageTable.Of(path)) || context.TryReadText(path, stat.Size) is not { } file
                || !file.Text.Contains(name, StringComparison.Ordinal))
                continue;
            var rules = LanguageRules.Of(path, file.Text);
            var skeleton = CodeSkeleton.Of(path, file.Text);
            var lines = new LineStarts(file.Text);
            var last = 0;
            for (var at = skeleton.IndexOf(name, StringComparison.Ordinal); at >= 0; at = skeleton.IndexOf(name, at + name.Length, StringComparison.Ordinal))
            {
                var whole = (at == 0 || !rules.IsIdentifier(skeleton[at - 1])) && (at + name.Length == skeleton.Length || !rules.IsIdentifier(skeleton[at + name.Length]));
                var line = lines.Of(at);
                if (!whole || line == last)
                    continue;
                last = line;
                var start = lines.StartOf(line);
                var end = file.Text.IndexOf('\n', start) is >= 0 and var newline ? newline : file.Text.Length;
                yield return (path, line, SymbolText.Head(file.Text.AsSpan(start, end - start)));
            }
        }
    }
}
