using System.ComponentModel;
using System.Text.RegularExpressions;
using Navi.Agent.Effects;

namespace Navi.Agent.Tools.Refactor;

internal sealed class ReplaceTextTool : Tool<ReplaceTextTool.Arguments>
{
    public override string Name => "replace_text";

    public override string Description => "Replaces a text in all files that a pattern matches, literally or by a regular expression with $1 groups. For names of variables, functions and types use rename_identifier.";

    public override EffectClass Effect => EffectClass.Workspace;

    public override ToolPhase? Phase => ToolPhase.Edit;

    public override TimeSpan Timeout => TimeSpan.FromMinutes(5);

    protected override Task<ToolResult> RunAsync(ToolContext context, Arguments arguments, CancellationToken cancellationToken)
    {
        if (arguments.Find.Length == 0)
            return Error("find: got an empty text; expected the text to replace.");
        if (!arguments.Regex && arguments.Find == arguments.Replace)
            return Error("replace: is the same as find; nothing would change.");
        Regex regex;
        try
        {
            regex = new Regex(arguments.Regex ? arguments.Find : Regex.Escape(arguments.Find), RegexOptions.CultureInvariant | RegexOptions.Multiline, TimeSpan.FromSeconds(5));
        }
        catch (ArgumentException e)
        {
            return Error($"find: got '{BoundedText.Brief(arguments.Find)}'; expected a valid regular expression: {e.Message}");
        }

        var candidates = context.Files(arguments.Glob);
        if (candidates.Count == 0)
            return Error($"glob: no file matches '{BoundedText.Brief(arguments.Glob)}'.");
        var writes = new List<(string Path, int Count, byte[] Content)>();
        foreach (var (path, stat) in candidates)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (context.TryReadText(path, stat.Size) is not { } file)
                continue;
            try
            {
                var count = regex.Count(file.Text);
                if (count == 0)
                    continue;
                var replaced = arguments.Regex ? regex.Replace(file.Text, arguments.Replace) : file.Text.Replace(arguments.Find, arguments.Replace, StringComparison.Ordinal);
                if (file.Encode(replaced) is not { } bytes)
                    return Error($"replace: '{path}' can't hold it in its encoding ({file.Encoding.WebName}); nothing was changed.");
                if (replaced != file.Text)
                    writes.Add((path, count, bytes));
            }
            catch (RegexMatchTimeoutException)
            {
                return Error($"find: the expression takes too long in {path}; write a simpler one. Nothing was changed.");
            }
        }

        if (writes.Count == 0)
            return Error($"'{BoundedText.Brief(arguments.Find)}' does not occur in the {candidates.Count} file{(candidates.Count == 1 ? "" : "s")} that match '{BoundedText.Brief(arguments.Glob)}'.");
        foreach (var (path, _, content) in writes)
            context.Paths.Write(path, content);
        var total = writes.Sum(w => w.Count);
        return Task.FromResult(ToolResult.Ok(
            $"Replaced {total} occurrence{(total == 1 ? "" : "s")} in {writes.Count} file{(writes.Count == 1 ? "" : "s")}:\n" + string.Join('\n', writes.Select(w => $"{w.Path}: {w.Count}")),
            ToolText.Json(new { total, files = writes.Select(w => new { path = w.Path, count = w.Count }) })));
    }

    private static Task<ToolResult> Error(string text) => Task.FromResult(ToolResult.Error(text));

    internal sealed record Arguments(
        [Description("Which files, such as *.md or docs/**.")] string Glob,
        [Description("The text to find.")] string Find,
        [Description("What comes in its place.")] string Replace,
        [Description("find is a regular expression (.NET).")] bool Regex = false);
}
