using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Text;
using LibGit2Sharp;
using Navi.Agent.Effects;

namespace Navi.Agent.Tools.Git;

internal sealed class GitBlameTool : Tool<GitBlameTool.Arguments>
{
    public override string Name => "git_blame";

    public override string Description => "Shows which commit last changed each line of a file, with author and date.";

    public override EffectClass Effect => EffectClass.Pure;

    public override ToolPhase? Phase => ToolPhase.Explore;

    protected override Task<ToolResult> RunAsync(ToolContext context, Arguments arguments, CancellationToken cancellationToken)
    {
        if (context.History.Resolve(arguments.Revision) is not { } sha)
            return Task.FromResult(GitErrors.NoCommit("revision", arguments.Revision));
        var path = context.Paths.Relative(arguments.Path);
        using var repository = context.History.Store.Open(context.TaskId);
        if (repository.Lookup<Commit>(sha)[path]?.Target is not Blob blob)
            return Error($"path: '{BoundedText.Brief(path)}' is not a file of commit {sha[..12]}.");
        if (blob.IsBinary || blob.Size > ToolText.MaxBytes)
            return Error($"path: '{BoundedText.Brief(path)}' is {(blob.IsBinary ? "binary" : $"larger than {ToolText.MaxBytes} bytes")}.");
        var lines = TextFile.Lines(blob.GetContentText());
        var start = arguments.StartLine;
        if (start > lines.Length)
            return Error($"start_line: got {start}; '{BoundedText.Brief(path)}' has {lines.Length} lines.");
        var end = (int)Math.Min(lines.Length, (long)start + arguments.LineCount - 1);
        var text = new StringBuilder();
        foreach (var hunk in repository.Blame(path, new BlameOptions { StartingAt = sha, MinLine = start, MaxLine = end }))
            for (var line = Math.Max(start, hunk.FinalStartLineNumber + 1); line <= Math.Min(end, hunk.FinalStartLineNumber + hunk.LineCount); line++)
                text.AppendLine(CultureInfo.InvariantCulture, $"{line} {hunk.FinalCommit.Sha[..12]} {hunk.FinalCommit.Author.When:yyyy-MM-dd} {hunk.FinalCommit.Author.Name}: {lines[line - 1]}");
        return Task.FromResult(ToolResult.Ok(text.ToString()));
    }

    private static Task<ToolResult> Error(string text) => Task.FromResult(ToolResult.Error(text));

    internal sealed record Arguments(
        [Description("File, relative to the workspace.")] string Path,
        [Description("First line, from 1."), Range(1, int.MaxValue)] int StartLine = 1,
        [Description("How many lines."), Range(1, 2000)] int LineCount = 200,
        [Description("Commit id, base or head, also with ~n.")] string Revision = "head");
}
