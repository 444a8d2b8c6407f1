using System.ComponentModel;
using System.Globalization;
using System.Text;
using LibGit2Sharp;
using Navi.Agent.Effects;

namespace Navi.Agent.Tools.Git;

internal sealed class GitShowTool : Tool<GitShowTool.Arguments>
{
    public override string Name => "git_show";

    public override string Description => "Shows a commit with its diff, or a file as it was in that commit.";

    public override EffectClass Effect => EffectClass.Pure;

    public override ToolPhase? Phase => ToolPhase.Explore;

    public override int OutputLimit => 32_000;

    protected override Task<ToolResult> RunAsync(ToolContext context, Arguments arguments, CancellationToken cancellationToken)
    {
        if (context.History.Resolve(arguments.Revision) is not { } sha)
            return Task.FromResult(GitErrors.NoCommit("revision", arguments.Revision));
        using var repository = context.History.Store.Open(context.TaskId);
        var commit = repository.Lookup<Commit>(sha);
        return Task.FromResult(arguments.Path is null ? Show(context, commit) : ShowFile(context, commit, arguments.Path));
    }

    private static ToolResult Show(ToolContext context, Commit commit)
    {
        var header = string.Create(CultureInfo.InvariantCulture, $"commit {commit.Sha}\nAuthor: {commit.Author.Name}\nDate: {commit.Author.When:O}\n\n{commit.Message}\n");
        return commit.Parents.FirstOrDefault() is { } parent
            ? ToolResult.Ok(header + Encoding.UTF8.GetString(context.History.Store.Diff(context.TaskId, parent.Sha, commit.Sha)))
            : ToolResult.Ok(header + "(the first commit)");
    }

    private static ToolResult ShowFile(ToolContext context, Commit commit, string path)
    {
        var relative = context.Paths.Relative(path);
        if (commit[relative]?.Target is not Blob blob)
            return ToolResult.Error($"path: '{BoundedText.Brief(path)}' is not a file of commit {commit.Sha[..12]}.");
        if (blob.Size > ToolText.MaxBytes)
            return ToolResult.Error($"path: '{BoundedText.Brief(path)}' has {blob.Size} bytes; at most {ToolText.MaxBytes} can be read.");
        using var content = new MemoryStream();
        using (var stream = blob.GetContentStream())
            stream.CopyTo(content);
        return TextFile.Of(content.ToArray()) is { } text ? ToolResult.Ok(text.Text) : ToolResult.Error($"path: '{BoundedText.Brief(path)}' is binary.");
    }

    internal sealed record Arguments(
        [Description("Commit id, base or head, also with ~n.")] string Revision = "head",
        [Description("A file to show as it was then.")] string? Path = null);
}
