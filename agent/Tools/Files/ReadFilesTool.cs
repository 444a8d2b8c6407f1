using System.ComponentModel;
using System.Text;
using Navi.Agent.Effects;

namespace Navi.Agent.Tools.Files;

internal sealed class ReadFilesTool : Tool<ReadFilesTool.Arguments>
{
    private const int MaxFiles = 50;

    public override string Name => "read_files";

    public override string Description => "Reads several text files at once. A file that can't be read is reported in its place.";

    public override EffectClass Effect => EffectClass.Pure;

    public override ToolPhase? Phase => ToolPhase.Explore;

    public override int OutputLimit => 48_000;

    protected override Task<ToolResult> RunAsync(ToolContext context, Arguments arguments, CancellationToken cancellationToken)
    {
        if (arguments.Paths.Count is 0 or > MaxFiles)
            return Task.FromResult(ToolResult.Error($"paths: got {arguments.Paths.Count} files; expected 1 to {MaxFiles}."));
        var text = new StringBuilder();
        var failed = 0;
        foreach (var path in arguments.Paths)
        {
            text.Append("=== ").Append(path).AppendLine(" ===");
            try
            {
                text.AppendLine(context.ReadText(path).Text);
            }
            catch (PathRefusedException refused)
            {
                failed++;
                text.AppendLine(refused.Message);
            }
        }

        return Task.FromResult(new ToolResult(text.ToString(), IsError: failed == arguments.Paths.Count));
    }

    internal sealed record Arguments([Description("Files, relative to the workspace.")] IReadOnlyList<string> Paths);
}
