using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Text;
using Navi.Agent.Code;
using Navi.Agent.Effects;
using Navi.Agent.Projects;

namespace Navi.Agent.Tools.Code;

/// <summary>C# names are bound by the compiler, so that equal names are told apart; in other languages every whole word in code counts.</summary>
internal sealed class FindReferencesTool : Tool<FindReferencesTool.Arguments>
{
    public override string Name => "find_references";

    public override string Description =>
        "Finds where a name is used in code. C# uses are grouped by the definition they really mean; in other languages they are found by the name alone. Give path and line of a C# definition to see only its uses.";

    public override EffectClass Effect => EffectClass.Pure;

    public override ToolPhase? Phase => ToolPhase.Explore;

    public override TimeSpan Timeout => TimeSpan.FromMinutes(5);

    protected override async Task<ToolResult> RunAsync(ToolContext context, Arguments arguments, CancellationToken cancellationToken)
    {
        var name = arguments.Name.Trim();
        if (name.Length == 0 || name.Any(c => !char.IsLetterOrDigit(c) && c is not ('_' or '$' or '?' or '!')))
            return ToolResult.Error($"name: got '{BoundedText.Brief(arguments.Name)}'; expected a simple name, without its type or arguments. path and line say which one is meant.");
        if (arguments.Path is null != arguments.Line is null)
            return ToolResult.Error("path and line belong together: give both, or neither.");
        var path = arguments.Path is null ? null : context.Paths.Relative(arguments.Path);
        if (path is not null && !SymbolReader.IsCSharp(path))
            return ToolResult.Error($"path: '{BoundedText.Brief(path)}' is not C#; in other languages definitions of one name are not told apart. Leave path and line out.");

        List<CSharpUse> csharp;
        IReadOnlyList<string> unread;
        try
        {
            (csharp, unread) = await DeepStack.RunAsync(() => CSharp(context, name, cancellationToken), cancellationToken);
        }
        catch (UnreadableCodeException e)
        {
            return ToolResult.Error($"find_references was not run: {e.Message}. search_text finds the name.");
        }

        // Before some of them are left out.
        var capped = csharp.Count >= CSharpCode.MostUses;
        if (path is not null)
        {
            var there = csharp.Where(u => u.Path == path && u.Line == arguments.Line).ToList();
            var chosen = (there.Find(u => u.IsDefinition) ?? there.Find(u => u.Target is not null))?.Target;
            if (chosen is null)
                return ToolResult.Error($"line: '{name}' does not stand at {path}:{arguments.Line}, or its meaning can't be told there. find_definition gives lines.");
            csharp.RemoveAll(u => u.Target?.Key != chosen.Key);
        }

        if (arguments.Glob is not null)
        {
            var glob = new Glob(arguments.Glob);
            csharp.RemoveAll(u => !glob.Matches(u.Path));
        }

        var named = path is null ? NameUses.Of(context, name, arguments.Glob, cancellationToken).ToList() : [];
        return Report(name, csharp, named, unread, capped, arguments.MaxResults);
    }

    private static (List<CSharpUse>, IReadOnlyList<string>) CSharp(ToolContext context, string name, CancellationToken cancellationToken)
    {
        var tree = ProjectTree.Of(context);
        if (!tree.Paths.Any(SymbolReader.IsCSharp))
            return ([], []);
        var code = CSharpCode.Load(tree, cancellationToken);
        return ([.. code.Uses(name, cancellationToken)], code.Unread);
    }

    private static ToolResult Report(string name, List<CSharpUse> csharp, List<(string Path, int Line, string Text)> named, IReadOnlyList<string> unread, bool capped, int most)
    {
        var total = csharp.Count + named.Count;
        if (total == 0)
            return ToolResult.Ok($"'{name}' is used nowhere in code.{Note(unread)}", ToolText.Json(new { total, uses = Array.Empty<object>() }));
        var text = new StringBuilder();
        var left = most;
        foreach (var group in csharp.Where(u => u.Target is not null).GroupBy(u => u.Target!.Key).OrderBy(g => g.First().Target!.Path, StringComparer.Ordinal).ThenBy(g => g.First().Target!.Line))
            Section(Title((group.FirstOrDefault(u => u.IsDefinition) ?? group.First()).Target!), group.Select(u => (u.Path, u.Line, u.IsDefinition ? u.Text + "   [definition]" : u.Text)));
        Section($"{name} in C#, meaning not known (a package is not here, or the code has errors)", csharp.Where(u => u.Target is null).Select(u => (u.Path, u.Line, u.Text)));
        Section($"{name} by its name alone", named);
        if (capped)
            text.AppendLine(CultureInfo.InvariantCulture, $"[only the first {CSharpCode.MostUses} uses in C# were looked up]");
        if (left < 0)
            text.AppendLine(CultureInfo.InvariantCulture, $"[{-left} more; narrow the search]");
        var uses = csharp.Select(u => new { path = u.Path, line = u.Line, definition = u.IsDefinition, target = u.Target?.Display })
            .Concat(named.Select(n => new { path = n.Path, line = n.Line, definition = false, target = (string?)null }));
        return ToolResult.Ok(text.Append(Note(unread)).ToString(), ToolText.Json(new { total, uses = uses.Take(most) }));

        void Section(string title, IEnumerable<(string Path, int Line, string Text)> uses)
        {
            var list = uses.ToList();
            if (list.Count == 0)
                return;
            text.AppendLine(CultureInfo.InvariantCulture, $"{title}: {list.Count}");
            foreach (var use in list)
                if (--left >= 0)
                    text.AppendLine(CultureInfo.InvariantCulture, $"  {use.Path}:{use.Line}: {use.Text}");
        }
    }

    private static string Title(CSharpTarget target) => target.Path.Length == 0 ? $"{target.Display} (a library or a namespace)" : $"{target.Display} ({target.Path}:{target.Line})";

    private static string Note(IReadOnlyList<string> unread) =>
        unread.Count == 0 ? "" : $"\n[not read, being too long or nested too deeply: {string.Join(", ", unread.Take(10))}{(unread.Count > 10 ? $" and {unread.Count - 10} more" : "")}]";

    internal sealed record Arguments(
        [Description("Simple name, such as Total.")] string Name,
        [Description("C# file in which the meant one is defined or used.")] string? Path = null,
        [Description("Line in that file."), Range(1, int.MaxValue)] int? Line = null,
        [Description("Only uses in files that this pattern matches.")] string? Glob = null,
        [Description("The most uses to list."), Range(1, 2000)] int MaxResults = 200);
}
