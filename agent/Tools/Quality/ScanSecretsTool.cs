using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Navi.Agent.Code;
using Navi.Agent.Effects;
using Navi.Platform.Security.Redaction;

namespace Navi.Agent.Tools.Quality;

/// <summary>What it finds never leaves it whole: results are kept and sent to models.</summary>
internal sealed class ScanSecretsTool : Tool<ScanSecretsTool.Arguments>
{
    private const int MaxFileBytes = 1024 * 1024;
    private const int Shown = 4;

    public override string Name => "scan_secrets";

    public override string Description => "Looks for keys, tokens and passwords in the files of the repository. Shows where each stands and of which kind it is, not the secret.";

    public override EffectClass Effect => EffectClass.Pure;

    public override ToolPhase? Phase => ToolPhase.Verify;

    public override TimeSpan Timeout => TimeSpan.FromMinutes(5);

    protected override Task<ToolResult> RunAsync(ToolContext context, Arguments arguments, CancellationToken cancellationToken)
    {
        var lines = new List<string>();
        var data = new List<object>();
        var files = 0;
        var skipped = 0;
        var all = context.Files(arguments.Glob);
        foreach (var (path, stat) in all)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (stat.Size > MaxFileBytes)
                skipped++;
            if (stat.Size > MaxFileBytes || context.TryReadText(path, stat.Size) is not { } file)
                continue;
            files++;
            var starts = new LineStarts(file.Text);
            foreach (var secret in SecretFinder.Find(file.Text))
            {
                var line = starts.Of(secret.Start);
                var beginning = secret.Kind != SecretFinder.IssuedKey ? "" : $", begins with {file.Text.Substring(secret.Start, Math.Min(Shown, secret.Length / 3))}";
                lines.Add(string.Create(CultureInfo.InvariantCulture, $"{path}:{line}: {secret.Kind} ({secret.Length} characters{beginning})"));
                data.Add(new { path, line, kind = secret.Kind, length = secret.Length });
            }
        }

        var text = lines.Count == 0 ? $"Nothing that looks like a secret was found in {files} files." : string.Join('\n', lines.Take(arguments.MaxResults));
        if (lines.Count > arguments.MaxResults)
            text += $"\n[{lines.Count - arguments.MaxResults} more]";
        if (skipped > 0)
            text += $"\n[{skipped} files over {MaxFileBytes} bytes were not read]";
        return Task.FromResult(ToolResult.Ok(text, ToolText.Json(new { total = lines.Count, files, skipped, found = data.Take(arguments.MaxResults) })));
    }

    internal sealed record Arguments(
        [Description("Only files that this pattern matches.")] string? Glob = null,
        [Description("The most findings to list."), Range(1, 1000)] int MaxResults = 100);
}
