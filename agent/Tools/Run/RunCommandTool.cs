using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Navi.Agent.Effects;
using Navi.Agent.Sandbox;
using Navi.Agent.Workspace;

namespace Navi.Agent.Tools.Run;

/// <summary>Workspace as its effect because the sandbox has no network; a policy that opens the network has to treat the call as irreversible.</summary>
internal sealed class RunCommandTool : Tool<RunCommandTool.Arguments>
{
    public override string Name => "run_command";

    public override string Description => "Runs a shell command in the workspace, sandboxed: no network, nothing outside the workspace is writable. What it changes becomes a step.";

    public override EffectClass Effect => EffectClass.Workspace;

    public override ToolRisk Risk => ToolRisk.Medium;

    public override ToolPhase? Phase => ToolPhase.Verify;

    public override TimeSpan Timeout => TimeSpan.FromSeconds(1860);

    protected override async Task<ToolResult> RunAsync(ToolContext context, Arguments arguments, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(arguments.Command) || arguments.Command.Contains('\0', StringComparison.Ordinal))
            return ToolResult.Error("command: got nothing that can be run; expected a shell line.");
        var directory = context.Paths.Relative(arguments.WorkingDirectory);
        if (context.Paths.Resolve(arguments.WorkingDirectory).Stat.Kind != FileKind.Directory)
            return ToolResult.Error($"working_directory: '{BoundedText.Brief(arguments.WorkingDirectory)}' is not a directory of the workspace.");
        var request = CommandRequest.Shell(arguments.Command, context.Root, TimeSpan.FromSeconds(arguments.TimeoutSeconds)) with
        {
            WorkingDirectory = directory.Length == 0 ? null : directory,
        };
        var outcome = await context.Commands.RunAsync(request, cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        if (outcome.Refused is { } refusal)
            return ToolResult.Error(refusal);
        var ending = outcome.TimedOut ? $"[stopped after {arguments.TimeoutSeconds} s]" : $"[exit code {outcome.ExitCode}]";
        var text = outcome.Output.Length == 0 ? ending : $"{outcome.Output.TrimEnd('\n')}\n{ending}";
        var data = ToolText.Json(new { exit_code = outcome.ExitCode, timed_out = outcome.TimedOut, sandbox = outcome.Sandbox, seconds = Math.Round(outcome.Duration.TotalSeconds, 3), output = outcome.Output });
        return new ToolResult(text, IsError: !outcome.Succeeded, data);
    }

    internal sealed record Arguments(
        [Description("Line for /bin/sh.")] string Command,
        [Description("Directory to run in, relative to the workspace.")] string WorkingDirectory = "",
        [Description("Seconds until it is killed."), Range(1, 1800)] int TimeoutSeconds = 120);
}
