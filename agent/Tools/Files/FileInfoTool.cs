using System.ComponentModel;
using System.Security.Cryptography;
using Navi.Agent.Effects;
using Navi.Agent.Workspace;

namespace Navi.Agent.Tools.Files;

internal sealed class FileInfoTool : Tool<FileInfoTool.Arguments>
{
    public override string Name => "file_info";

    public override string Description => "Tells what a path is: size, lines, encoding, line ends, run bit, digest, whether it is tracked or ignored.";

    public override EffectClass Effect => EffectClass.Pure;

    public override ToolPhase? Phase => ToolPhase.Explore;

    protected override Task<ToolResult> RunAsync(ToolContext context, Arguments arguments, CancellationToken cancellationToken)
    {
        var relative = context.Paths.Relative(arguments.Path);
        var (_, stat) = context.Paths.Resolve(arguments.Path);
        if (stat.Kind == FileKind.Missing)
            return Task.FromResult(ToolResult.Error($"'{relative}' does not exist."));
        if (stat.Kind == FileKind.Directory)
            return Task.FromResult(ToolResult.Ok($"'{relative}' is a directory.", ToolText.Json(new { path = relative, kind = "directory" })));
        var content = context.Paths.Read(arguments.Path, 200L * 1024 * 1024);
        var text = TextFile.Of(content);
        var tracked = context.History.TrackedFiles().Contains(relative);
        var info = new
        {
            path = relative,
            kind = text is null ? "binary" : "text",
            size = stat.Size,
            lines = text is null ? (int?)null : TextFile.Lines(text.Text).Length,
            encoding = text is null ? null : text.Encoding.WebName + (text.HasMark ? " with byte order mark" : ""),
            line_ends = text is null ? null : LineEnds(text.Text),
            executable = stat.Executable,
            tracked,
            ignored = !tracked && context.Ignores.IsIgnored(relative),
            sha256 = Convert.ToHexStringLower(SHA256.HashData(content)),
        };
        var json = ToolText.Json(info);
        return Task.FromResult(ToolResult.Ok(json, json));
    }

    private static string LineEnds(string text)
    {
        var all = text.Count(c => c == '\n');
        var windows = text.Split("\r\n").Length - 1;
        return all == 0 ? "none" : windows == 0 ? "lf" : windows == all ? "crlf" : "mixed";
    }

    internal sealed record Arguments([Description("File or directory, relative to the workspace.")] string Path);
}
