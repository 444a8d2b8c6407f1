using System.ComponentModel;
using System.Globalization;
using Navi.Agent.Effects;

namespace Navi.Agent.Tools.Data;

internal sealed class ValidateYamlTool : Tool<ValidateYamlTool.Arguments>
{
    private const int MostProblems = 50;

    public override string Name => "validate_yaml";

    public override string Description => "Checks the syntax of YAML files: errors, keys that stand twice in one mapping, unknown anchors, with line and column.";

    public override EffectClass Effect => EffectClass.Pure;

    public override ToolPhase? Phase => ToolPhase.Verify;

    protected override Task<ToolResult> RunAsync(ToolContext context, Arguments arguments, CancellationToken cancellationToken)
    {
        var paths = context.Files(arguments.Glob);
        if (paths.Count == 0)
            return Task.FromResult(ToolResult.Error($"glob: '{BoundedText.Brief(arguments.Glob)}' matches no file."));
        var problems = new List<string>();
        var documents = 0;
        foreach (var (path, stat) in paths)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (context.TryReadText(path, stat.Size) is not { } file)
            {
                problems.Add($"{path}: is binary or larger than {ToolText.MaxBytes} bytes, and was not checked");
                continue;
            }

            var check = YamlCheck.Of(file.Text, cancellationToken);
            documents += check.Documents;
            problems.AddRange(check.Problems.Select(p => string.Create(CultureInfo.InvariantCulture, $"{path}:{p.Line}:{p.Column}: {p.Text}")));
        }

        var text = problems.Count == 0
            ? $"{paths.Count} file{(paths.Count == 1 ? "" : "s")} with {documents} document{(documents == 1 ? "" : "s")}: no problem found."
            : string.Join('\n', problems.Take(MostProblems)) + (problems.Count > MostProblems ? $"\n[{problems.Count - MostProblems} more]" : "");
        return Task.FromResult(ToolResult.Ok(text, ToolText.Json(new { valid = problems.Count == 0, files = paths.Count, documents, problems = problems.Take(MostProblems) })));
    }

    internal sealed record Arguments([Description("Files to check.")] string Glob = "**/*.{yaml,yml}");
}
